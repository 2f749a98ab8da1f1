"""What was agreed: one version of an improvement plan, kept as it was."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from visitapp.dates import short_day
from visitapp.language import Message, message
from visitapp.rules.lifecycle import Values
from visitapp.rules.plans.states import OwnerSide
from visitapp.rules.text import text_fault

MOST_ACTIONS = 200
"""Actions in one plan. The longest in the council's papers has 18."""

_Short = Annotated[str, Meta(max_length=400)]


class AgreedAction(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One action as it was agreed. `target`: of how many the progress is counted."""

    id: Annotated[str, Meta(max_length=36)]
    number: Annotated[int, Meta(ge=1, le=MOST_ACTIONS)]
    title: _Short
    success_measure: str
    owner_side: OwnerSide
    owner: _Short
    due_on: date
    target: int | None


class AgreedPlan(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A plan as it was agreed."""

    goal: str
    starts_on: date
    ends_on: date
    provider_people: str
    actions: Annotated[list[AgreedAction], Meta(max_length=MOST_ACTIONS)]

    def numbers(self) -> dict[str, int]:
        """The number of each action, by its id."""
        return {action.id: action.number for action in self.actions}


class Agreement(Struct, frozen=True, kw_only=True):
    """The last agreement of a plan: its version, its day, and what was agreed."""

    version: int
    day: date
    plan: AgreedPlan


def agreement_fault(
    plan: AgreedPlan, day: date, drafted_on: date, last: Agreement | None
) -> Message | None:
    """Why a plan cannot be agreed so, on a day; None when it can. It is often agreed before it
    starts, or drafted here afterwards, but never before both, nor before its last version."""
    if last is not None and plan == last.plan:
        return message("Nothing has changed since version {n} was agreed.", n=last.version)
    if last is not None and day < last.day:
        return message(
            "Version {n} was agreed on {day}. Give that day or a later one.",
            n=last.version,
            day=short_day(last.day),
        )
    first = min(drafted_on, plan.starts_on)
    if day < first:
        return message(
            "This plan was neither drafted nor begun before {day}. Give that day or a later one.",
            day=short_day(first),
        )
    return None


def last_agreement(values: Values) -> Agreement | None:
    """The last agreement of a plan, from its values; None for one that was never agreed."""
    if not values["agreed"]:
        return None
    return Agreement(
        version=values["version"], day=values["agreed_on"], plan=agreed_plan(values["agreed"])
    )


def agreed_plan(value: Any) -> AgreedPlan:
    """A version as it is kept. Raises msgspec.ValidationError for anything else."""
    return msgspec.convert(value, AgreedPlan)


def is_agreed_plan(value: Any) -> bool:
    """Whether a value may be kept as the agreed version of a plan."""
    try:
        plan = agreed_plan(value)
    except (msgspec.ValidationError, TypeError):
        return False
    texts = [plan.goal, plan.provider_people]
    for action in plan.actions:
        texts += [action.title, action.success_measure, action.owner]
    numbers = {action.number for action in plan.actions}
    ids = {action.id for action in plan.actions}
    whole = len(numbers) == len(ids) == len(plan.actions)
    return whole and not any(text_fault(text) for text in texts)
