"""When an exit criterion holds, and since when. Pure: readings in, a state out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from msgspec import Struct

from visitapp.dates import short_day
from visitapp.language import Message, message
from visitapp.rules.interventions.states import BOUNDS, UNITS, Bound, Measure, Unit
from visitapp.rules.visiting.due import add_months

MOST_TIMES = 24
MOST_NEEDED = 100_000


class Needed(Struct, frozen=True, kw_only=True):
    """What a criterion asks for. `times`: so many readings running."""

    measure: str
    bound: str
    unit: str
    value: int
    times: int = 1


def needed_of(values: Mapping[str, Any]) -> Needed:
    """What a criterion with these values asks for."""
    return Needed(
        measure=values["measure"],
        bound=values["bound"],
        unit=values["unit"],
        value=values["needed"],
        times=values["times"],
    )


class Measured(Struct, frozen=True, kw_only=True):
    """What was found on one day: `value`, of so many where there is an `of`."""

    on: date
    value: int
    of: int | None = None


class CriterionState(Struct, frozen=True, kw_only=True):
    """Where a criterion stands. `since`: the day from which it holds, None while it does not."""

    first: Measured | None
    now: Measured | None
    since: date | None


def criterion_fault(needed: Needed, question: str) -> Message | None:
    """Why a criterion cannot be measured so; None when it can."""
    measure = Measure(needed.measure)
    if needed.unit not in UNITS[measure] or needed.bound not in BOUNDS[measure]:
        return message("A criterion that is measured in this way has another unit or bound.")
    if not 0 <= needed.value <= MOST_NEEDED:
        return message("The needed value must be between 0 and {most}.", most=MOST_NEEDED)
    if needed.unit == Unit.PERCENT and needed.value > 100:
        return message("A percentage is at most 100.")
    if not 1 <= needed.times <= MOST_TIMES:
        return message("A criterion holds after 1 to {most} readings running.", most=MOST_TIMES)
    if (measure is Measure.ANSWER) != bool(question):
        return message("Name the question whose answers are measured, and only for that measure.")
    return None


def reading_fault(
    measure: str, unit: str, value: int, of: int | None, on: date, ended_on: date | None
) -> Message | None:
    """Why this cannot be what was counted for a criterion on a day; None when it can. `ended_on`:
    the end of its intervention."""
    if ended_on is not None and on > ended_on:
        return message(
            "The intervention ended on {day}. Nothing is counted for it afterwards.",
            day=short_day(ended_on),
        )
    if measure != Measure.READING:
        return message("This criterion is measured from records, so nothing is counted.")
    if value < 0 or (of is not None and (of < 1 or value > of)):
        return message("Count from 0 to the number that was looked at.")
    if unit == Unit.PERCENT and of is None:
        return message("Say of how many, as a percentage is needed.")
    return None


def fits(needed: Needed, one: Measured) -> bool:
    """Whether a reading is what the criterion asks for. Percentages are compared unrounded."""
    value, limit = one.value, needed.value
    if needed.unit == Unit.PERCENT and one.of is not None:
        value, limit = 100 * one.value, needed.value * one.of
    return value >= limit if needed.bound == Bound.AT_LEAST else value <= limit


def percent(one: Measured) -> int | None:
    """A reading in per cent, rounded down; None for one that is no part of anything."""
    return 100 * one.value // one.of if one.of else None


def state_of(needed: Needed, readings: Iterable[Measured]) -> CriterionState:
    """Where a criterion stands by its readings. It holds from the reading that is the last of
    `times` running, until one does not fit."""
    found = sorted(readings, key=lambda one: one.on)
    running, since = 0, None
    for one in found:
        running = running + 1 if fits(needed, one) else 0
        if running == needed.times:
            since = one.on
        if running == 0:
            since = None
    return CriterionState(
        first=found[0] if found else None, now=found[-1] if found else None, since=since
    )


def state_of_time(needed: Needed, start: date | None, from_: date, today: date) -> CriterionState:
    """Where a criterion stands that counts the time since a day: days, or whole months. `start`:
    None where nothing was found to count from, `from_`: the first day that is looked at."""
    if start is None:
        return CriterionState(first=None, now=None, since=None)
    by_month = needed.unit == Unit.MONTHS
    due = add_months(start, needed.value) if by_month else start + timedelta(days=needed.value)
    count = months_between if by_month else _days_between
    return CriterionState(
        first=Measured(on=from_, value=count(start, from_)),
        now=Measured(on=today, value=count(start, today)),
        since=due if due <= today else None,
    )


def months_between(first: date, last: date) -> int:
    """Whole months from one day to another; 0 for an earlier one."""
    months = 12 * (last.year - first.year) + last.month - first.month
    return max(0, months if add_months(first, months) <= last else months - 1)


def _days_between(first: date, last: date) -> int:
    return max(0, (last - first).days)


def all_hold_since(states: Sequence[CriterionState]) -> date | None:
    """The day from which all of them hold; None while one does not, or there is none."""
    days = [state.since for state in states]
    return max(day for day in days if day) if days and all(days) else None
