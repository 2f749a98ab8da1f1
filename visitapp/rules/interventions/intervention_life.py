"""The life of an intervention.

referred ──accept──> active ──> sustaining ──> stepped down ──> closed
   ├──> refused       ^  │  <───────┘ │  <──────────┘ │            ^
   └──> withdrawn     │  └────────────┴───────────────┴────────────┘

An officer refers a setting; a team lead accepts or refuses, and closes. While it is open, the
intervention officer says when all criteria hold (sustaining), that one of them fell (active again)
and when the visits become fewer (stepped down).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from visitapp.dates import short_day
from visitapp.language import Message, message
from visitapp.rules.access import REVIEWERS, WRITERS
from visitapp.rules.action_life import due_date_fault
from visitapp.rules.interventions.states import (
    UNFINISHED_INTERVENTIONS,
    InterventionResult,
    InterventionStatus,
)
from visitapp.rules.lifecycle import Derivation, Lifecycle, Need, Stale, StepRule, Taken, Values
from visitapp.rules.text import text_fault
from visitapp.rules.visiting.due import add_months

MOST_MONTHS = 36
"""Months for which an intervention is planned, or its results are to be held, at most."""


def _rules() -> tuple[StepRule, ...]:
    referred, refused, withdrawn, active, sustaining, stepped_down, closed = InterventionStatus
    day, reasoned = frozenset({Need.DAY}), frozenset({Need.DAY, Need.REASON})
    accepting = frozenset({Need.DAY, Need.OFFICER, Need.STARTS, Need.PLANNED_TO})
    closing = frozenset({Need.DAY, Need.RESULT, Need.SUMMARY})
    return (
        StepRule(referred, active, REVIEWERS, accepting),
        StepRule(referred, refused, REVIEWERS, reasoned),
        StepRule(referred, withdrawn, WRITERS, reasoned),
        # To stay is the step that gives it another officer or end.
        *(StepRule(state, state, REVIEWERS, reasoned) for state in (active, sustaining)),
        StepRule(sustaining, active, WRITERS, reasoned),
        StepRule(sustaining, stepped_down, WRITERS, day),
        StepRule(stepped_down, active, WRITERS, reasoned),
        StepRule(active, closed, REVIEWERS, closing | reasoned),
        StepRule(active, sustaining, WRITERS, day),
        StepRule(sustaining, closed, REVIEWERS, closing),
        StepRule(stepped_down, closed, REVIEWERS, closing),
    )


_ACCEPTED = ("officer_id", "starts_on", "planned_to", "sustain_months")
_LATER = (
    *("decided_by", "decided_on", *_ACCEPTED),
    *("sustained_from", "stepped_down_on", "ended_on", "result", "summary"),
)


def _begin(values: Values) -> dict[str, Any]:
    return {"status": InterventionStatus.REFERRED.value, **dict.fromkeys(_LATER)}


def _apply(values: Values, step: Taken) -> dict[str, Any]:
    changed: dict[str, Any] = {**values, "status": step.after}
    if step.before == InterventionStatus.REFERRED:
        changed |= {"decided_by": step.by, "decided_on": step.day}
    match step.after:
        case InterventionStatus.ACTIVE:
            given = {name: step.fields[name] for name in _ACCEPTED if name in step.fields}
            held = dict.fromkeys(("sustained_from", "stepped_down_on"))
            return {**changed, **given, **held}
        case InterventionStatus.SUSTAINING:
            given = {name: step.fields[name] for name in _ACCEPTED if name in step.fields}
            if step.before == step.after:
                return {**changed, **given}
            return {**changed, **given, "sustained_from": step.day}
        case InterventionStatus.STEPPED_DOWN:
            return {**changed, "stepped_down_on": step.day}
        case InterventionStatus.CLOSED:
            result, summary = step.fields["result"], step.fields["summary"]
            return {**changed, "ended_on": step.day, "result": result, "summary": summary}
    return {**changed, "ended_on": step.day}


def dates_fault(starts_on: date, planned_to: date) -> Message | None:
    """Why an intervention cannot run between these days; None when it can."""
    if due_date_fault(starts_on) or due_date_fault(planned_to):
        return message("The dates of an intervention must be between 2000 and 2099.")
    if planned_to < starts_on:
        return message("The intervention would end before it starts.")
    return None


def step_day_fault(values: Values, step: Taken) -> Message | None:
    """Why a step cannot be taken on its day; None when it can. `values`: of the intervention."""
    day = step.day
    if day is None:
        return None
    if step.before == InterventionStatus.REFERRED:
        if day < values["referred_on"]:
            return message(
                "The setting was referred on {day}. Give that day or a later one.",
                day=short_day(values["referred_on"]),
            )
        starts_on, planned_to = step.fields.get("starts_on"), step.fields.get("planned_to")
        return dates_fault(starts_on, planned_to) if starts_on and planned_to else None
    first = values["sustained_from"] or values["decided_on"]
    if step.after != InterventionStatus.ACTIVE and step.before != step.after and day < first:
        return message("That is before {day}. Give that day or a later one.", day=short_day(first))
    planned_to = step.fields.get("planned_to")
    return dates_fault(values["starts_on"], planned_to) if planned_to else None


def held_until(values: Values) -> date | None:
    """The day until which what was reached is to be held; None before that."""
    first = values["sustained_from"]
    return add_months(first, values["sustain_months"] or 0) if first else None


def early_fault(values: Values, step: Taken) -> Message | None:
    """Why the visits do not become fewer yet, nor the intervention end; None when they may. A
    reason allows it earlier."""
    ends = step.after in (InterventionStatus.STEPPED_DOWN, InterventionStatus.CLOSED)
    last = held_until(values)
    if not ends or last is None or step.day is None or step.reason.strip() or step.day >= last:
        return None
    return message(
        "What was reached is to be held until {day}. Give the reason for an earlier day.",
        day=short_day(last),
    )


def _is_months(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_MONTHS


INTERVENTION = Lifecycle(
    states=InterventionStatus,
    starts=frozenset({InterventionStatus.REFERRED}),
    rules=_rules(),
    derived=Derivation(
        fields=frozenset(_begin({})),
        begin=_begin,
        apply=_apply,
        sets={
            "officer_id": lambda value: isinstance(value, str) and 0 < len(value) <= 36,
            "starts_on": lambda value: isinstance(value, date),
            "planned_to": lambda value: isinstance(value, date),
            "sustain_months": _is_months,
            "result": lambda value: value in set(InterventionResult),
            "summary": lambda value: isinstance(value, str) and text_fault(value) is None,
        },
    ),
    stale=Stale.REFUSED,
    ends=frozenset(InterventionStatus) - frozenset(UNFINISHED_INTERVENTIONS),
)
