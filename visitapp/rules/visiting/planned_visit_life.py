"""The life of a planned visit.

planned ──confirm──> confirmed      moved: a step to planned with another day and a reason
   ^  │                 │  │        cancelled: with a reason; planned again when it was a mistake
   │  └──── cancel ─────┼──┘
   └── plan again ── cancelled

Made and missed are no steps: one follows from a signed-off visit, the other from the calendar, and
both hold on every device without anybody's doing (`visitapp.standing.planned`).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from visitapp.dates import short_day
from visitapp.language import Message, message
from visitapp.rules.access import WRITERS
from visitapp.rules.choices import PlannedStatus
from visitapp.rules.lifecycle import Derivation, Lifecycle, Need, Stale, StepRule, Taken, Values

EARLIEST_DAY = date(2000, 1, 1)
LATEST_DAY = date(2099, 12, 31)

OPEN_PLANS = frozenset({PlannedStatus.PLANNED, PlannedStatus.CONFIRMED})
"""Somebody still means to visit."""


def day_fault(day: date) -> Message | None:
    """A sentence when a day cannot be meant, else None."""
    if EARLIEST_DAY <= day <= LATEST_DAY:
        return None
    return message("The day {day} is not between 2000 and 2099.", day=short_day(day))


def _rules() -> tuple[StepRule, ...]:
    planned, confirmed, cancelled = PlannedStatus
    move, reason = frozenset({Need.REASON_FOR_MOVE}), frozenset({Need.REASON})
    pairs = [
        (planned, planned, reason | move),
        (confirmed, planned, reason | move),
        (planned, confirmed, move | {Need.PLANNED_ON}),
        (planned, cancelled, reason | move),
        (confirmed, cancelled, reason | move),
        (cancelled, planned, reason | move),
    ]
    return tuple(StepRule(before, after, WRITERS, needs) for before, after, needs in pairs)


def _begin(values: Values) -> dict[str, Any]:
    """The derived fields of a new plan; `values` has its `first_planned_on`."""
    return {
        "status": PlannedStatus.PLANNED.value,
        "planned_on": values["first_planned_on"],
        "moved_count": 0,
    }


def _apply(values: Values, step: Taken) -> dict[str, Any]:
    planned_on = step.fields.get("planned_on", values["planned_on"])
    moved = planned_on != values["planned_on"]
    return {
        "status": step.after,
        "planned_on": planned_on,
        "moved_count": values["moved_count"] + moved,
    }


PLANNED_VISIT = Lifecycle(
    states=PlannedStatus,
    starts=frozenset({PlannedStatus.PLANNED}),
    rules=_rules(),
    derived=Derivation(
        fields=frozenset(_begin({"first_planned_on": None})),
        begin=_begin,
        apply=_apply,
        sets={"planned_on": lambda value: isinstance(value, date) and day_fault(value) is None},
    ),
    stale=Stale.CONFLICT,
)
