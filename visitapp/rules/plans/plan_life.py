"""The life of an improvement plan.

draft ──agree──> agreed ──> met         agree again: the next version, as it stands now
  │                │  └───> not met     met, not met ──reopen──> agreed, by a team lead
  └──> withdrawn <─┘

Each agreement brings the whole plan as it was agreed, so that a version is never lost, whatever is
edited afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from visitapp.dates import short_day
from visitapp.language import Message, message
from visitapp.rules.access import REVIEWERS, WRITERS
from visitapp.rules.action_life import due_date_fault
from visitapp.rules.choices import ActionStatus
from visitapp.rules.lifecycle import Derivation, Lifecycle, Need, Stale, StepRule, Taken, Values
from visitapp.rules.plans.agreed import is_agreed_plan
from visitapp.rules.plans.states import OPEN_PLAN_STATUSES, PlanStatus
from visitapp.rules.text import text_fault

LONGEST_WITH = 200
"""Characters of with whom a plan was agreed."""

FINISHED = frozenset({ActionStatus.VERIFIED, ActionStatus.WITHDRAWN})
"""Actions that a plan need not wait for."""


def _rules() -> tuple[StepRule, ...]:
    draft, agreed, met, not_met, withdrawn = PlanStatus
    agreement = frozenset({Need.DAY, Need.AGREED, Need.AGREED_WITH})
    day, ending = frozenset({Need.DAY}), frozenset({Need.DAY, Need.REASON})
    return (
        StepRule(draft, agreed, WRITERS, agreement),
        # To stay is the step that agrees the next version.
        StepRule(agreed, agreed, WRITERS, agreement),
        StepRule(agreed, met, WRITERS, day),
        StepRule(agreed, not_met, WRITERS, ending),
        StepRule(draft, withdrawn, WRITERS, ending),
        StepRule(agreed, withdrawn, REVIEWERS, ending),
        StepRule(met, agreed, REVIEWERS, ending),
        StepRule(not_met, agreed, REVIEWERS, ending),
    )


def _begin(values: Values) -> dict[str, Any]:
    return {"status": PlanStatus.DRAFT.value, "version": 0, **dict.fromkeys(_LATER)}


_LATER = ("agreed", "agreed_on", "agreed_with", "agreed_by", "ended_on")


def _apply(values: Values, step: Taken) -> dict[str, Any]:
    changed: dict[str, Any] = {**values, "status": step.after, "ended_on": None}
    if step.after != PlanStatus.AGREED:
        return {**changed, "ended_on": step.day}
    if "agreed" not in step.fields:
        return changed
    return {
        **changed,
        "version": values["version"] + 1,
        "agreed": step.fields["agreed"],
        "agreed_on": step.day,
        "agreed_with": step.fields["agreed_with"],
        "agreed_by": step.by,
    }


def goal_fault(goal: str) -> Message | None:
    """A sentence for a goal without words, else None."""
    return None if goal.strip() else message("Say what the plan is for.")


def dates_fault(starts_on: date, ends_on: date) -> Message | None:
    """Why a plan cannot run between these days; None when it can."""
    fault = due_date_fault(starts_on) or due_date_fault(ends_on)
    if fault:
        return message("The dates of a plan must be between 2000 and 2099.")
    if ends_on < starts_on:
        return message("The plan would end before it starts.")
    return None


def end_day_fault(agreed_on: date | None, day: date) -> Message | None:
    """Why a plan that was agreed on a day cannot have ended on another; None when it can."""
    if agreed_on is None or day >= agreed_on:
        return None
    return message(
        "This plan was agreed on {day}. Give that day or a later one.", day=short_day(agreed_on)
    )


def unfinished_fault(statuses: Iterable[str]) -> Message | None:
    """Why a plan whose actions have these statuses is not met; None when it is."""
    if all(status in FINISHED for status in statuses):
        return None
    return message("A plan is met when each of its actions is verified or withdrawn.")


PLAN = Lifecycle(
    states=PlanStatus,
    starts=frozenset({PlanStatus.DRAFT}),
    rules=_rules(),
    derived=Derivation(
        fields=frozenset(_begin({})),
        begin=_begin,
        apply=_apply,
        sets={
            "agreed": is_agreed_plan,
            "agreed_with": lambda value: (
                isinstance(value, str) and text_fault(value, LONGEST_WITH) is None
            ),
        },
    ),
    stale=Stale.REFUSED,
    ends=frozenset(PlanStatus) - OPEN_PLAN_STATUSES,
)
