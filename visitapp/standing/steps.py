"""Taking a step with a record: its state is derived here as the server derives it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from visitapp.errors import Code, Refused
from visitapp.records import (
    AccuracyPoint,
    Action,
    Concern,
    Conflict,
    Contract,
    Escalation,
    ImprovementPlan,
    Intervention,
    OutcomeOverride,
    PlacementException,
    PlannedVisit,
    SecondReview,
    Setting,
    Step,
    SupportReferral,
    Visit,
)
from visitapp.records.changes.steps import derived_after, taken
from visitapp.records.codec import field_to_wire
from visitapp.records.declared import derived_fields, trail_of
from visitapp.rules.access import Actor
from visitapp.rules.text import REASON, text_fault
from visitapp.vocabulary import require_unlimited, step_refused

Steppable = (
    AccuracyPoint
    | Action
    | Concern
    | Conflict
    | Contract
    | Escalation
    | ImprovementPlan
    | Intervention
    | OutcomeOverride
    | PlacementException
    | PlannedVisit
    | SecondReview
    | Setting
    | SupportReferral
    | Visit
)
"""The kinds of record that have steps."""


def new_step(
    record: Steppable,
    after: str,
    actor: Actor,
    at: datetime,
    *,
    day: date | None = None,
    reason: str = "",
    evidence_id: str | None = None,
    fields: Mapping[str, Any] | None = None,
) -> Step:
    """Bring a record to the state `after`; the step to be kept with it. `fields`: the values that
    go with it.

    Raises Refused STEP_REFUSED when there is no such step, the actor may not take it or something
    that it needs is missing, and BAD_VALUE for a reason that cannot be kept. The record is then as
    it was.
    """
    unfit = text_fault(reason, called=REASON)
    if unfit:
        raise Refused(Code.BAD_VALUE, unfit, field="reason")
    kind = type(record)
    before = {name: getattr(record, name) for name in derived_fields(kind)}
    given = _wire(kind, fields or {})
    values: dict[str, Any] = {
        "before": record.status,
        "after": after,
        "created_by": actor.id,
        "created_at": at,
        "day": day,
        "reason": reason.strip(),
        "evidence_id": evidence_id,
        "fields": given,
        "was": _wire(kind, {name: before[name] for name in given if name in before}),
    }
    step = taken(kind, values)
    life = kind.__kind__.lifecycle
    fault = life.fault(step, actor.role) if life else None
    if fault:
        raise step_refused(kind, step, fault)
    require_unlimited(kind, step, actor)
    derived = derived_after(kind, before, step)
    changed = {name: before[name] for name, value in derived.items() if value != before[name]}
    values["was"] |= _wire(kind, changed)
    for name, value in derived.items():
        setattr(record, name, value)
    scope = trail_of(kind, partial(getattr, record))
    return Step(**scope, kind=kind.__tablename__, record_id=record.id, **values)


def _wire(kind: type[Steppable], values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: field_to_wire(kind, name, value) for name, value in values.items()}
