"""Days as people read them, in the language of the program and not of the system."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from visitapp.language import Message, message, translate

_MONTHS = (
    message("January"),
    message("February"),
    message("March"),
    message("April"),
    message("May"),
    message("June"),
    message("July"),
    message("August"),
    message("September"),
    message("October"),
    message("November"),
    message("December"),
)
_SHORT_MONTHS = (
    message("Jan"),
    message("Feb"),
    message("Mar"),
    message("Apr"),
    message("May"),
    message("Jun"),
    message("Jul"),
    message("Aug"),
    message("Sep"),
    message("Oct"),
    message("Nov"),
    message("Dec"),
)
_WEEKDAYS = (
    message("Monday"),
    message("Tuesday"),
    message("Wednesday"),
    message("Thursday"),
    message("Friday"),
    message("Saturday"),
    message("Sunday"),
)
_SHORT_WEEKDAYS = (
    message("Mon"),
    message("Tue"),
    message("Wed"),
    message("Thu"),
    message("Fri"),
    message("Sat"),
    message("Sun"),
)


def short_day(day: date) -> str:
    """`4 Nov 2026`."""
    return translate(
        "{day} {month} {year}", day=day.day, month=_SHORT_MONTHS[day.month - 1], year=day.year
    )


def long_day(day: date) -> str:
    """`4 November 2026`."""
    return translate(
        "{day} {month} {year}", day=day.day, month=_MONTHS[day.month - 1], year=day.year
    )


def typed_day(day: date) -> str:
    """`4 Nov 2026`, as a field shows it, to be read back by way of `in_english`."""
    return f"{day.day} {_SHORT_MONTHS[day.month - 1]} {day.year}"


def in_english(text: str) -> str:
    """A typed day in lower case, its months and weekdays in English whatever the language is.

    A weekday stands at the beginning only: in Welsh, Mawrth is March and Tuesday.
    """
    text = text.lower()
    weekdays, months = _by_length(_WEEKDAYS + _SHORT_WEEKDAYS), _by_length(_MONTHS + _SHORT_MONTHS)
    for word, english in weekdays:
        if text.startswith(word):
            text = english + text[len(word) :]
            break
    for word, english in months:
        text = text.replace(word, english)
    return text


def _by_length(names: Sequence[Message]) -> list[tuple[str, str]]:
    """Each name in lower case with its English, the longest first, and then the short English."""
    pairs = {(str(name).lower(), name.english().lower()) for name in names}
    return sorted(pairs, key=lambda pair: (-len(pair[0]), len(pair[1])))


def day_of_month(day: date) -> str:
    """`4 Nov`."""
    return translate("{day} {month}", day=day.day, month=_SHORT_MONTHS[day.month - 1])


def month_of_year(day: date) -> str:
    """`Nov 26`."""
    return translate("{month} {year}", month=_SHORT_MONTHS[day.month - 1], year=f"{day:%y}")


def weekday(day: date) -> str:
    """`Wednesday`."""
    return str(_WEEKDAYS[day.weekday()])


def short_weekday(day: date) -> str:
    """`Wed`."""
    return str(_SHORT_WEEKDAYS[day.weekday()])
