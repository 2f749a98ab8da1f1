"""What may happen to a planned visit, and what each step needs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from visitapp.rules.access import WRITERS
from visitapp.rules.choices import PlannedStatus, Role
from visitapp.rules.lifecycle import Need, Problem, Taken
from visitapp.rules.visiting.planned_visit_life import PLANNED_VISIT

FIRST, LATER, EARLIER = date(2026, 12, 8), date(2026, 12, 15), date(2026, 12, 1)
PLANNED, CONFIRMED, CANCELLED = PlannedStatus
NEW = PLANNED_VISIT.derived.begin({"first_planned_on": FIRST})


def step(before: str, after: str, reason: str = "", **fields: Any) -> Taken:
    return Taken(
        before=before,
        after=after,
        by="ann",
        at=datetime(2026, 12, 1, tzinfo=UTC),
        reason=reason,
        fields=fields,
        was={"planned_on": FIRST} if fields else {},
    )


def fault(taken: Taken, role: str = Role.OFFICER) -> str:
    found = PLANNED_VISIT.fault(taken, role)
    return found.problem if found else ""


@pytest.mark.parametrize(
    ("taken", "problem"),
    [
        (step(PLANNED, CONFIRMED, planned_on=FIRST), ""),
        (step(PLANNED, CONFIRMED), Need.PLANNED_ON),
        (step(PLANNED, CONFIRMED, planned_on=LATER), Need.REASON_FOR_MOVE),
        (step(PLANNED, PLANNED, planned_on=LATER), Need.REASON),
        (step(PLANNED, PLANNED, planned_on=EARLIER), Need.REASON),
        (step(PLANNED, PLANNED, "On leave", planned_on=EARLIER), ""),
        (step(CONFIRMED, PLANNED, "On leave", planned_on=LATER), ""),
        (step(CONFIRMED, CONFIRMED, "On leave", planned_on=LATER), Problem.NO_STEP),
        (step(PLANNED, CANCELLED), Need.REASON),
        (step(CONFIRMED, CANCELLED, "Closed"), ""),
        (step(CANCELLED, CONFIRMED, "Again"), Problem.NO_STEP),
        (step(CANCELLED, PLANNED, "By mistake"), ""),
        (step(PLANNED, PLANNED, "Soon", planned_on="soon"), Problem.FIELD),
        (step(PLANNED, PLANNED, "Far", planned_on=date(2150, 1, 1)), Problem.FIELD),
        (step(PLANNED, PLANNED, "Why", moved_count=0), Problem.FIELD),
    ],
)
def test_each_step_and_what_it_needs(taken: Taken, problem: str) -> None:
    assert fault(taken) == problem


@pytest.mark.parametrize("role", sorted(set(Role) - WRITERS))
def test_who_reads_takes_no_step(role: str) -> None:
    assert fault(step(PLANNED, CONFIRMED, planned_on=FIRST), role) == Problem.ROLE


def test_moving_counts_and_keeps_the_first_day_in_view() -> None:
    values: dict[str, Any] = {**NEW, "first_planned_on": FIRST}
    for day in (LATER, EARLIER):
        moved = step(PLANNED, PLANNED, "On leave", planned_on=day)
        values |= PLANNED_VISIT.derived.apply(values, moved)
    assert (values["planned_on"], values["moved_count"]) == (EARLIER, 2)
    assert values["first_planned_on"] == FIRST
    values |= PLANNED_VISIT.derived.apply(values, step(PLANNED, CONFIRMED, planned_on=EARLIER))
    assert (values["status"], values["moved_count"]) == (CONFIRMED, 2)
