"""Dates as public files write them.

`03/04/2026` says nothing about its order, and regulators have published both. The order is
decided once for a whole column: by the dates that can be read in one way only, by majority; when
there is none, by weekdays (ratings are published on working days); else day first, as in Britain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from enum import Enum

_NUMERIC = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?:[ T].*)?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?")
_NAMED = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3})[A-Za-z]*[ ,-]+(\d{4}|\d{2})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class DateOrder(Enum):
    """Which number of a numeric date comes first."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


class DateError(ValueError):
    """A cell that is no date; its message ends a sentence: `'soon' is not a date (day first).`"""

    def __init__(self, text: str, order: DateOrder) -> None:
        super().__init__(f"{text!r} is not a date ({order.value}).")


def decide_order(texts: Iterable[str]) -> DateOrder:
    """The order in which a column writes its dates; texts that are none do not count."""
    day_first = month_first = day_weekends = month_weekends = 0
    for text in texts:
        match = _NUMERIC.fullmatch(text.strip())
        if match is None:
            continue
        first, second = int(match[1]), int(match[2])
        if first > 12 >= second:
            day_first += 1
        elif second > 12 >= first:
            month_first += 1
        elif first != second:
            year = _year(match[3])
            day_weekends += _weekend(year, second, first)
            month_weekends += _weekend(year, first, second)
    if day_first != month_first:
        return DateOrder.DAY_FIRST if day_first > month_first else DateOrder.MONTH_FIRST
    return DateOrder.MONTH_FIRST if month_weekends < day_weekends else DateOrder.DAY_FIRST


def read_date(text: str, order: DateOrder) -> date | None:
    """The date of a cell; None when it is blank or a dash. Raises DateError."""
    text = text.strip()
    if text in ("", "-"):
        return None
    try:
        return date(*_numbers(text, order))
    except ValueError:
        raise DateError(text, order) from None


def _numbers(text: str, order: DateOrder) -> tuple[int, int, int]:
    """Year, month and day. Raises ValueError when the text is laid out as no date."""
    if match := _ISO.fullmatch(text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _NUMERIC.fullmatch(text):
        first, second = int(match[1]), int(match[2])
        day, month = (first, second) if order is DateOrder.DAY_FIRST else (second, first)
        return _year(match[3]), month, day
    if match := _NAMED.fullmatch(text):
        return _year(match[3]), _MONTHS.index(match[2].lower()) + 1, int(match[1])
    raise ValueError(text)


def _year(text: str) -> int:
    return int(text) + (2000 if len(text) == 2 else 0)


def _weekend(year: int, month: int, day: int) -> bool:
    try:
        return date(year, month, day).weekday() >= 5
    except ValueError:
        return True
