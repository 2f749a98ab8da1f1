"""When exit criteria hold, by the figures of a whole intervention."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from visitapp.rules.interventions.criteria import (
    Measured,
    Needed,
    all_hold_since,
    criterion_fault,
    fits,
    months_between,
    percent,
    reading_fault,
    state_of,
    state_of_time,
)

START = date(2026, 1, 5)
GAPS = Needed(measure="reading", bound="at_most", unit="percent", value=5, times=2)
FALLS = Needed(measure="reading", bound="at_most", unit="number", value=1, times=3)
TRAINED = Needed(measure="reading", bound="at_least", unit="percent", value=90)
QUIET = Needed(measure="concerns", bound="at_least", unit="days", value=90)
MANAGER = Needed(measure="manager", bound="at_least", unit="months", value=3)


def found(*readings: tuple[int, int, int, int | None]) -> list[Measured]:
    return [Measured(on=date(2026, m, d), value=v, of=of) for m, d, v, of in readings]


MEDICINES = found(
    *((1, 6, 9, 20), (2, 3, 6, 20), (3, 3, 4, 20)),
    *((3, 31, 3, 20), (4, 28, 1, 20), (5, 12, 1, 20)),
)
FALLEN = [
    Measured(on=date(2026, month, 28), value=value)
    for month, value in enumerate((3, 2, 2, 1, 0, 1), 1)
]


def test_each_criterion_holds_from_the_day_on_which_it_was_met() -> None:
    medicines = state_of(GAPS, MEDICINES)
    assert medicines.since == date(2026, 5, 12)
    assert medicines.first is not None
    assert medicines.now is not None
    assert (percent(medicines.first), percent(medicines.now)) == (45, 5)
    falls = state_of(FALLS, FALLEN)
    assert falls.since == date(2026, 6, 28)
    training = state_of(TRAINED, found((1, 6, 33, 44), (5, 12, 40, 44)))
    assert training.since == date(2026, 5, 12)
    today = date(2026, 6, 30)
    manager = state_of_time(MANAGER, date(2026, 2, 16), START, today)
    assert manager.since == date(2026, 5, 16)
    quiet = state_of_time(QUIET, date(2025, 11, 24), START, today)
    assert quiet.since == date(2026, 2, 22)
    assert all_hold_since([medicines, falls, training, manager, quiet]) == date(2026, 6, 28)


def test_one_that_falls_starts_again() -> None:
    later = [*MEDICINES, *found((6, 9, 4, 20))]
    assert state_of(GAPS, later).since is None
    again = [*later, *found((7, 7, 0, 20), (8, 4, 1, 20))]
    assert state_of(GAPS, again).since == date(2026, 8, 4)
    assert state_of(GAPS, []).since is None
    assert all_hold_since([state_of(TRAINED, []), state_of(GAPS, MEDICINES)]) is None
    assert all_hold_since([]) is None


def test_percentages_are_compared_unrounded_and_shown_rounded_down() -> None:
    nearly = Measured(on=START, value=899, of=999)
    assert percent(nearly) == 89
    assert not fits(TRAINED, nearly)
    assert fits(TRAINED, Measured(on=START, value=9, of=10))
    assert not fits(GAPS, Measured(on=START, value=51, of=1000))


@pytest.mark.parametrize(
    ("start", "today", "since"),
    [
        (None, date(2026, 6, 30), None),
        (date(2026, 4, 1), date(2026, 6, 29), None),
        (date(2026, 4, 1), date(2026, 6, 30), date(2026, 6, 30)),
    ],
)
def test_time_counts_from_the_day_itself(
    start: date | None, today: date, since: date | None
) -> None:
    assert state_of_time(QUIET, start, START, today).since == since


def test_months_are_whole() -> None:
    assert months_between(date(2026, 1, 31), date(2026, 2, 27)) == 0
    assert months_between(date(2026, 1, 31), date(2026, 2, 28)) == 1
    assert months_between(date(2026, 2, 16), date(2026, 5, 15)) == 2
    assert months_between(date(2026, 2, 16), date(2026, 1, 1)) == 0


@pytest.mark.parametrize(
    ("change", "question", "good"),
    [
        ({}, "", True),
        ({"unit": "days"}, "", False),
        ({"measure": "plan", "bound": "at_most"}, "", False),
        ({"value": 101}, "", False),
        ({"value": -1}, "", False),
        ({"times": 0}, "", False),
        ({"measure": "answer"}, "", False),
        ({"measure": "answer"}, "mar_charts", True),
        ({}, "mar_charts", False),
    ],
)
def test_a_criterion_can_be_measured(change: dict[str, Any], question: str, good: bool) -> None:
    values = {"measure": "reading", "bound": "at_most", "unit": "percent", "value": 5, "times": 2}
    assert (criterion_fault(Needed(**{**values, **change}), question) is None) is good


@pytest.mark.parametrize(
    ("value", "of", "unit", "good"),
    [
        (1, 20, "percent", True),
        (21, 20, "percent", False),
        (0, 0, "percent", False),
        (3, None, "percent", False),
        (3, None, "number", True),
        (-1, None, "number", False),
    ],
)
def test_a_reading_counts_some_of_what_was_looked_at(
    value: int, of: int | None, unit: str, good: bool
) -> None:
    assert (reading_fault("reading", unit, value, of, START, None) is None) is good
    assert reading_fault("answer", unit, value, of, START, None) is not None


def test_nothing_is_counted_after_the_end() -> None:
    assert reading_fault("reading", "number", 3, None, START, START) is None
    fault = reading_fault("reading", "number", 3, None, START + timedelta(days=1), START)
    assert fault is not None
    assert "ended on" in str(fault)
