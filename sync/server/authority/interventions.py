"""What the server checks of an intervention, its exit criteria and its readings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from sync.server.records.workspace import Row, Workspace
from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import (
    CriterionReading,
    ExitCriterion,
    Intervention,
    InterventionStatus,
    Synced,
)
from visitapp.rules.holders.holding import can_hold
from visitapp.rules.interventions.criteria import criterion_fault, needed_of, reading_fault
from visitapp.rules.interventions.intervention_life import early_fault, step_day_fault
from visitapp.rules.interventions.states import OPEN_INTERVENTIONS
from visitapp.rules.lifecycle import Taken
from visitapp.standing.interventions.criteria import criteria_fault


class InterventionChecks:
    """The checks of one batch."""

    def __init__(self, connection: Connection, workspace: Workspace) -> None:
        self._connection, self._workspace = connection, workspace

    def step(self, target: Row, step: Taken, today: date) -> None:
        """Raise Refused when the records that the server has do not bear the step."""
        fault = step_day_fault(target.values, step) or early_fault(target.values, step)
        if fault:
            raise Refused(Code.STEP_REFUSED, fault)
        officer_id = step.fields.get("officer_id")
        if officer_id is not None:
            self._require_officer(officer_id)
        if step.before == InterventionStatus.REFERRED and step.after == InterventionStatus.ACTIVE:
            self._require_first(target)
        if (step.before, step.after) == (InterventionStatus.ACTIVE, InterventionStatus.SUSTAINING):
            self._workspace.flush()
            with Session(bind=self._connection) as session:
                record = session.get_one(Intervention, target.id)
                fault = criteria_fault(session, record, step.day or today)
            if fault:
                raise Refused(Code.STEP_REFUSED, fault)

    def _require_officer(self, user_id: str) -> None:
        user = self._workspace.get("user_account", user_id)
        if user is None or not can_hold(user.values["role"], active=user.values["active"]):
            raise Refused(
                Code.BAD_VALUE,
                message("This person cannot be given settings."),
                message("Choose an officer or a team lead who can sign in."),
            )

    def _require_first(self, target: Row) -> None:
        """No other intervention is open there."""
        others = select(Intervention.id).where(
            Intervention.setting_id == target.setting_id,
            Intervention.id != target.id,
            Intervention.deleted.is_(False),
            Intervention.status.in_(OPEN_INTERVENTIONS),
        )
        if self._workspace.query(others, {}):
            raise Refused(
                Code.STEP_REFUSED, message("An intervention is already open at this setting.")
            )


def require_measurable(workspace: Workspace, kind: type[Synced], values: Mapping[str, Any]) -> None:
    """Raise Refused for a criterion or a reading that cannot be."""
    fault = None
    if kind is ExitCriterion:
        fault = criterion_fault(needed_of(values), values["question"])
    if kind is CriterionReading:
        criterion = workspace.get("exit_criterion", values["criterion_id"])
        if criterion is not None:  # else its parent is missing, which is refused as that
            asked = criterion.values["measure"], criterion.values["unit"]
            counted = values["counted"], values["counted_of"], values["counted_on"]
            ended = workspace.get("intervention", criterion.values["intervention_id"])
            ended_on = ended.values["ended_on"] if ended is not None else None
            fault = reading_fault(*asked, *counted, ended_on)
    if fault:
        raise Refused(Code.BAD_VALUE, fault)
