"""What the server checks before an improvement plan is agreed or ends as met."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from forms.model import Form
from sync.server.records.workspace import Row, Workspace
from sync.server.sync.rerate import SignOffCheck
from sync.tables import table_of
from visitapp.errors import Code, NotFound, Refused
from visitapp.language import message
from visitapp.records import Action, ImprovementPlan, PlanStatus, Synced, Visit
from visitapp.rules.days import earliest_day
from visitapp.rules.lifecycle import Taken
from visitapp.rules.plans.agreed import agreed_plan, agreement_fault, last_agreement
from visitapp.rules.plans.plan_life import dates_fault, end_day_fault, unfinished_fault
from visitapp.standing.plans.findings import findings_fault, findings_without_action


class PlanChecks:
    """The checks of one batch."""

    def __init__(
        self, connection: Connection, workspace: Workspace, sign_offs: SignOffCheck
    ) -> None:
        self._connection, self._workspace, self._sign_offs = connection, workspace, sign_offs

    def require(self, plan: Row, step: Taken) -> None:
        """Raise Refused when the records that the server has do not bear the step."""
        if step.after == PlanStatus.AGREED and "agreed" in step.fields:
            self._require_answered(plan, step)
            _require_agreement(plan, step)
        if step.after != PlanStatus.AGREED and step.day is not None:
            fault = end_day_fault(plan.values["agreed_on"], step.day)
            if fault:
                raise Refused(Code.STEP_REFUSED, fault)
        if step.after == PlanStatus.MET:
            actions = [action.values for action in self._of(Action, plan)]
            fault = unfinished_fault(a["status"] for a in actions if a["plan_id"] == plan.id)
            if fault:
                raise Refused(Code.STEP_REFUSED, fault)

    def _require_answered(self, plan: Row, step: Taken) -> None:
        """Each finding has its action, and each action that is agreed belongs to the plan."""
        actions = self._of(Action, plan)
        mine = {action.id for action in actions if action.values["plan_id"] == plan.id}
        if not {action.id for action in agreed_plan(step.fields["agreed"]).actions} <= mine:
            raise Refused(
                Code.STEP_REFUSED,
                message("The plan that is agreed has an action that does not belong to it."),
            )
        found = findings_without_action(
            [{**visit.values, "id": visit.id} for visit in self._of(Visit, plan)],
            self._sign_offs.answers,
            self._form_of,
            [action.values for action in actions],
        )
        fault = findings_fault(found)
        if fault:
            raise Refused(
                Code.STEP_REFUSED,
                fault,
                message("Sync, add an action for each of them, and agree the plan again."),
            )

    def _form_of(self, visit: Mapping[str, Any]) -> Form | None:
        try:
            return self._sign_offs.form_of(visit)
        except NotFound:
            return None

    def _of(self, kind: type[Synced], plan: Row) -> list[Row]:
        """The records of the plan's setting, as this batch leaves them so far."""
        self._workspace.flush()
        table = table_of(kind)
        there = select(table.c.id).where(table.c.setting_id == plan.setting_id).order_by(table.c.id)
        ids, name = list(self._connection.execute(there).scalars()), str(kind.__tablename__)
        self._workspace.load(name, ids)
        rows = (self._workspace.get(name, id_) for id_ in ids)
        return [row for row in rows if row is not None and not row.values["deleted"]]


def require_plan_days(kind: type[Synced], values: Mapping[str, Any]) -> None:
    """Raise Refused for a plan between days that cannot be."""
    fault = dates_fault(values["starts_on"], values["ends_on"]) if kind is ImprovementPlan else None
    if fault:
        raise Refused(Code.BAD_VALUE, fault)


def _require_agreement(plan: Row, step: Taken) -> None:
    """The day of an agreement can be, and something has changed since the last one."""
    if step.day is None:
        return
    drafted_on = earliest_day(plan.values["created_at"])
    agreed, last = agreed_plan(step.fields["agreed"]), last_agreement(plan.values)
    fault = agreement_fault(agreed, step.day, drafted_on, last)
    if fault:
        raise Refused(Code.STEP_REFUSED, fault)
