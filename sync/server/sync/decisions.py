"""What the server checks of a decision on placements or a significant event, beside access: who may
decide so by the policy in force, and that it says what it must."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from sync.server.authority.campaigns import require_campaign
from sync.server.authority.concerns import require_repeat
from sync.server.authority.interventions import require_measurable
from sync.server.authority.overrides import require_overridable
from sync.server.authority.plans import require_plan_days
from sync.server.records.workspace import Row, Workspace
from sync.server.retention.hold_checks import require_hold
from visitapp.errors import Code, NotAllowed, Refused
from visitapp.language import message
from visitapp.records import (
    FROZEN,
    Campaign,
    Concern,
    CriterionReading,
    ExitCriterion,
    ImprovementPlan,
    LegalHold,
    OutcomeOverride,
    PlacementPosition,
    SignificantEvent,
    Synced,
)
from visitapp.rules.access import Actor
from visitapp.rules.choices import PositionSource
from visitapp.rules.days import future_fault
from visitapp.rules.events import Event, event_fault
from visitapp.rules.personal_text import personal_fault
from visitapp.rules.placement import PositionRow, before
from visitapp.rules.placement_decisions import Decision, decider_refusal, decision_fault
from visitapp.rules.policy.model import Policy
from visitapp.rules.ratings import event_refusal
from visitapp.standing.facts import people_around
from visitapp.standing.placements import position_rows

JUDGED_SINGLY: frozenset[type[Synced]] = frozenset(
    {
        *(Campaign, Concern, CriterionReading, ExitCriterion, ImprovementPlan, LegalHold),
        *(OutcomeOverride, PlacementPosition, SignificantEvent),
    }
)
"""Kinds of which every new record is checked for itself, and never in a group."""

_NOT_DECIDED = frozenset({PositionSource.CARRIED_OVER, PositionSource.HOLD_LAPSED})


class DecisionChecks:
    """The checks for one actor in one transaction."""

    def __init__(
        self,
        connection: Connection,
        workspace: Workspace,
        actor: Actor,
        policy: Policy,
        clock: Callable[[], datetime],
    ) -> None:
        self._connection = connection
        self._workspace = workspace
        self._actor = actor
        self._policy = policy
        self._clock = clock

    def require(self, kind: type[Synced], id_: str, values: Mapping[str, Any]) -> None:
        """Raise Refused or NotAllowed unless the actor may decide this."""
        if kind is PlacementPosition:
            self._position(id_, values)
        if kind is OutcomeOverride:
            require_overridable(self._workspace.get("visit", values["visit_id"]), values)
        if kind is SignificantEvent:
            self._event(values)
        if kind is LegalHold:
            require_hold(self._connection, self._workspace, self._actor, id_, values)
        require_measurable(self._workspace, kind, values)
        require_plan_days(kind, values)
        if kind is Concern:
            fault = future_fault(values["received_at"].date(), self._latest_day())
            if fault:
                raise Refused(Code.BAD_VALUE, fault)
        require_repeat(self._workspace, kind, values)
        require_campaign(self._workspace, kind, id_, values)

    def change(self, row: Row, values: Mapping[str, Any]) -> None:
        """Raise Refused unless the record can be given these new values."""
        after = {**row.values, **values}
        require_plan_days(row.kind, after)
        if "repeat_of_id" in values:
            require_repeat(self._workspace, row.kind, after)

    def _position(self, id_: str, values: Mapping[str, Any]) -> None:
        decision = _decision(values)
        fault = decision_fault(decision, self._latest_day(), self._policy.placements)
        if fault is None and decision.condition:
            self._workspace.flush()
            names = people_around(self._connection, values["setting_id"])
            fault = personal_fault(decision.condition, names)
        if fault or values["source"] in _NOT_DECIDED or values["interim"] != decision.hold:
            raise Refused(Code.BAD_VALUE, fault or _NO_PERSONS)
        replaced = self._replaced(id_, values)
        why = decider_refusal(self._actor.role, decision, replaced, self._policy.placements)
        if why:
            raise NotAllowed(why)

    def _event(self, values: Mapping[str, Any]) -> None:
        names = ("happened_on", "text", "rag", "reason", "review_on")
        event = Event(**{name: values[name] for name in names}, before=values["rag_before"])
        fault = event_fault(event, self._latest_day(), self._policy.placements)
        if fault:
            raise Refused(Code.BAD_VALUE, fault)
        if event.rag is not None and event.before is not None:
            why = event_refusal(self._actor.role, event.rag, event.before)
            if why:
                raise NotAllowed(why)
        if event.rag is not None and values["visit_id"] is not None:
            self._audit(values)

    def _audit(self, values: Mapping[str, Any]) -> None:
        """A themed audit changes the rating to what it found, once it is signed off."""
        visit = self._workspace.get("visit", values["visit_id"])
        outcome = visit.values["outcome"] if visit else None
        if visit is None or visit.values["status"] not in FROZEN or not outcome:
            raise Refused(Code.BAD_VALUE, message("The audit of this event is not signed off."))
        if values["rag"] != outcome["overall"]:
            raise Refused(
                Code.BAD_VALUE, message("The audit of this event came to another rating.")
            )

    def _replaced(self, id_: str, values: Mapping[str, Any]) -> list[PositionRow | None]:
        """The decisions that this one replaces; None for one that the server does not have."""
        named = [values[name] for name in ("replaces_id", "settles_id") if values[name]]
        if not named:
            return []
        if id_ in named:
            raise Refused(Code.BAD_VALUE, message("A decision cannot replace itself."))
        for name in named:
            row = self._workspace.get("placement_position", name)
            if row is not None and row.setting_id != values["setting_id"]:
                raise Refused(
                    Code.BAD_VALUE, message("A decision can only replace one on the same setting.")
                )
        self._workspace.flush()
        rows = position_rows(self._connection, values["setting_id"])
        known = {row.id: row for row in rows}
        if known.keys() & set(named) - {row.id for row in before(rows, id_)}:
            raise Refused(
                Code.BAD_VALUE, message("A decision cannot replace one that rests on it.")
            )
        return [known.get(name) for name in named]

    def _latest_day(self) -> date:
        return self._policy.ratings.latest_day(self._clock().date())


def _decision(values: Mapping[str, Any]) -> Decision:
    names = ("position", "condition", "reason", "from_on", "review_on", "lapses_on")
    return Decision(
        **{name: values[name] for name in names}, settles=values["settles_id"] is not None
    )


_NO_PERSONS = message("A person cannot make such a decision: the server makes it.")
