"""Working days: neither a weekend, nor a bank holiday of the calendar, nor a closure day.

Bank holidays follow from rules (Banking and Financial Dealings Act 1971, and the yearly
proclamations that https://www.gov.uk/bank-holidays lists), but for those made or moved once.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from typing import Literal

from msgspec import Struct

Nation = Literal["england-and-wales", "scotland", "northern-ireland"]

_MONDAY, _SATURDAY = 0, 5
_DAY = timedelta(days=1)

_EXTRA: dict[date, frozenset[str]] = {
    date(2022, 6, 3): frozenset({"england-and-wales", "scotland", "northern-ireland"}),
    date(2022, 9, 19): frozenset({"england-and-wales", "scotland", "northern-ireland"}),
    date(2023, 5, 8): frozenset({"england-and-wales", "scotland", "northern-ireland"}),
    date(2026, 6, 15): frozenset({"scotland"}),
}
"""Made once: two jubilee and mourning days, a coronation, a World Cup."""

_MOVED = {
    date(2020, 5, 4): date(2020, 5, 8),
    date(2022, 5, 30): date(2022, 6, 2),
}
"""Held on another day in one year."""


class Calendar(Struct, frozen=True):
    """The bank holidays of a nation, and the days on which the council itself is closed."""

    nation: Nation = "england-and-wales"
    closed: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        """Whether the council works on a day."""
        if is_weekend(day) or day in self.closed:
            return False
        return day not in bank_holidays(self.nation, day.year)

    def working_day(self, day: date) -> date:
        """The day itself, or the next working day after it."""
        while not self.is_working(day):
            day += _DAY
        return day

    def last_working_day(self, day: date) -> date:
        """The day itself, or the last working day before it."""
        while not self.is_working(day):
            day -= _DAY
        return day

    def add(self, day: date, days: int) -> date:
        """The working day that is `days` working days after a day. Day one is the day after it;
        with 0, the day itself or the next working day."""
        if days == 0:
            return self.working_day(day)
        while days:
            day += _DAY
            days -= self.is_working(day)
        return day

    def between(self, first: date, last: date) -> int:
        """How many working days lie after `first`, up to and with `last`."""
        span = max(0, (last - first).days)
        return sum(self.is_working(first + timedelta(days=n)) for n in range(1, span + 1))


def is_weekend(day: date) -> bool:
    """Saturday or Sunday."""
    return day.weekday() >= _SATURDAY


@cache
def bank_holidays(nation: Nation, year: int) -> frozenset[date]:
    """The bank holidays of a nation in a year."""
    fixed, easter = [date(year, 12, 25), date(year, 12, 26)], _easter_sunday(year)
    scots, irish = nation == "scotland", nation == "northern-ireland"
    new_year = [date(year, 1, 1), *([date(year, 1, 2)] if scots else [])]
    own = [date(year, 11, 30)] if scots else [date(year, 3, 17), date(year, 7, 12)] if irish else []
    summer = _first_monday(year, 8) if scots else _last_monday(year, 8)
    moving = {easter - 2 * _DAY, _first_monday(year, 5), _last_monday(year, 5), summer}
    if not scots:
        moving.add(easter + _DAY)
    made = {day for day, nations in _EXTRA.items() if day.year == year and nation in nations}
    days = {_MOVED.get(day, day) for day in moving} | made
    for group in (new_year, fixed, *([day] for day in own)):
        days |= _with_substitutes(group)
    return frozenset(days)


def _with_substitutes(days: Iterable[date]) -> set[date]:
    """Holidays of one season; those at a weekend are held on the next weekdays that are free."""
    held = {day for day in days if not is_weekend(day)}
    for day in sorted(set(days) - held):
        while is_weekend(day) or day in held:
            day += _DAY
        held.add(day)
    return held


def _first_monday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(_MONDAY - first.weekday()) % 7)


def _last_monday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=last.weekday())


def _easter_sunday(year: int) -> date:
    """By the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, chapter 8)."""
    golden, century, rest = year % 19, year // 100, year % 100
    leap, left = divmod(century, 4)
    shift = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leap - shift + 15) % 30
    leaps, over = divmod(rest, 4)
    weekday = (32 + 2 * left + 2 * leaps - moon - over) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
