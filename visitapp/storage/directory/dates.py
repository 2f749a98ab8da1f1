"""Dates as public files write them.

`03/04/2026` says nothing about its order, and regulators have published both. The order is
decided once for a whole column: by the dates that can be read in one way only, by majority; when
there is none, by weekdays (ratings are published on working days); else day first, as in Britain.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from enum import Enum
from pathlib import Path

from visitapp.errors import BadFile, Code
from visitapp.language import message, translate

_NUMERIC = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?:[ T].*)?")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T].*)?")
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[., ]+)?"
_TIME = r"(?:,? \d{1,2}:\d{2}.*)?"
_DAY_NAMED = re.compile(
    _WEEKDAY + r"(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})\.?[ ,-]+(\d{4}|\d{2})" + _TIME, re.I
)
_MONTH_NAMED = re.compile(
    _WEEKDAY + r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})" + _TIME, re.I
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
"""Days since the end of 1899, as Excel keeps a date whose cell is not formatted as one."""
_SERIALS_FROM = date(1899, 12, 30)
_EARLIEST = date(1990, 1, 1)
"""No regulator published before; an earlier serial number is something else."""
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


class DateOrder(Enum):
    """Which number of a numeric date comes first."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


_ORDERS = {DateOrder.DAY_FIRST: message("day first"), DateOrder.MONTH_FIRST: message("month first")}


class DateError(ValueError):
    """A cell that is no date of a publication; its message ends a sentence: `'soon' is not …`."""


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


def order_of(path: Path, dates: Counter[str]) -> DateOrder:
    """The order in which a column writes its dates, given how often each stands there.

    Raises BadFile when some were turned round."""
    if turned_by_excel(dates.elements()):
        raise BadFile(
            Code.FILE_UNREADABLE,
            message(
                "Excel has swapped the day and the month of some publication dates in this file: "
                "some are stored as dates and others as text. Nothing was imported."
            ),
            message("Download the file again and import it without opening it in Excel."),
            file=str(path),
        )
    return decide_order(dates.elements())


def latest_day(dates: Iterable[str], order: DateOrder, today: date) -> date | None:
    """The latest date of a column; None when it has none."""
    latest: date | None = None
    for text in set(dates):
        try:
            found = read_date(text, order, today)
        except DateError:
            continue
        if found is not None and (latest is None or found > latest):
            latest = found
    return latest


def turned_by_excel(texts: Iterable[str]) -> bool:
    """Whether a program has turned some dates of a column round while reading the others as text.

    Excel with British settings makes a real date of `03/04/2026`, the 3rd of April, and leaves
    `05/29/2026` as text. In a file that writes the month first, the first was the 4th of March. So
    month-first texts beside real dates are the sign; with the day first, texts that all have a day
    above 12 beside real dates that all have one of 12 or below.
    """
    real: list[date] = []
    day_first = month_first = unclear = 0
    for text in texts:
        found = _real_date(text.strip())
        if found is not None:
            real.append(found)
        elif match := _NUMERIC.fullmatch(text.strip()):
            first, second = int(match[1]), int(match[2])
            day_first += first > 12 >= second
            month_first += second > 12 >= first
            unclear += first <= 12 and second <= 12
    if not real:
        return False
    if month_first > day_first:
        return True
    return day_first > 0 == unclear and all(one.day <= 12 for one in real)


def _real_date(text: str) -> date | None:
    """The date of a cell that a spreadsheet holds as one: ISO here, or its serial number."""
    if not (_ISO.fullmatch(text) or _SERIAL.fullmatch(text)):
        return None
    try:
        return _date(text, DateOrder.DAY_FIRST)
    except ValueError:
        return None


def read_date(text: str, order: DateOrder, today: date) -> date | None:
    """The date of a cell; None when it is blank or a dash.

    Raises DateError when it is no date, or one after `today`: nothing is published before its day.
    """
    text = " ".join(text.split())
    if text in ("", "-"):
        return None
    try:
        found = _date(text, order)
    except ValueError:
        raise DateError(
            translate("{value} is not a date ({order}).", value=repr(text), order=_ORDERS[order])
        ) from None
    if found > today:
        raise DateError(translate("{value} is after today.", value=repr(text)))
    return found


def _date(text: str, order: DateOrder) -> date:
    """Raises ValueError when the text is laid out as no date."""
    if match := _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMERIC.fullmatch(text):
        first, second = int(match[1]), int(match[2])
        day, month = (first, second) if order is DateOrder.DAY_FIRST else (second, first)
        return date(_year(match[3]), month, day)
    if match := _DAY_NAMED.fullmatch(text):
        return date(_year(match[3]), _month(match[2]), int(match[1]))
    if match := _MONTH_NAMED.fullmatch(text):
        return date(_year(match[3]), _month(match[1]), int(match[2]))
    if match := _SERIAL.fullmatch(text):
        found = _SERIALS_FROM + timedelta(days=int(match[1]))
        if found >= _EARLIEST:
            return found
    raise ValueError(text)


def _month(name: str) -> int:
    """The month of a name or its beginning, from 1. Raises ValueError."""
    name = name.lower()
    found = [n for n, month in enumerate(_MONTHS, 1) if month.startswith(name)]
    if name == "sept":
        return 9
    if len(name) < 3 or len(found) != 1:
        raise ValueError(name)
    return found[0]


def _year(text: str) -> int:
    return int(text) + (2000 if len(text) == 2 else 0)


def _weekend(year: int, month: int, day: int) -> bool:
    try:
        return date(year, month, day).weekday() >= 5
    except ValueError:
        return True
