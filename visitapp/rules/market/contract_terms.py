"""The terms of a contract, on values: where it is in its life, its end, its extension options."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from visitapp.language import Message, message
from visitapp.rules.choices import ServiceType
from visitapp.rules.market_choices import ContractStatus
from visitapp.rules.visiting.due import add_months

NEAR_MONTHS = 12
"""A contract is near its end within so many months of the day on which something is decided."""

_LONGEST_OPTION = 120
_REMINDED_FOR = timedelta(days=14)


class Phase(StrEnum):
    """Where a contract is: its state, or mobilising before it starts."""

    MOBILISING = "mobilising"
    LIVE = "live"
    EXTENDED = "extended"
    ENDING = "ending"
    ENDED = "ended"


def phase(status: str, starts_on: date | None, today: date) -> Phase:
    """Where a contract is on a day."""
    if status == ContractStatus.LIVE and starts_on is not None and today < starts_on:
        return Phase.MOBILISING
    return Phase(status)


def extension_options(months: str) -> tuple[int, ...]:
    """The months of each option to extend, from `12+12`; what is no such text has none."""
    found = months.replace(" ", "").split("+") if months.strip() else []
    usable = all(part.isascii() and part.isdigit() for part in found)
    options = tuple(int(part) for part in found) if usable else ()
    return options if all(0 < option <= _LONGEST_OPTION for option in options) else ()


def extension_fault(months: str) -> Message | None:
    """A sentence when a text names no options to extend, else None."""
    if not months.strip() or extension_options(months):
        return None
    return message("Give the options to extend in months, such as 12+12.")


def possible_ends(ends_on: date | None, months: str) -> list[date]:
    """The end date if the first option is taken, if the second is taken too, and so on."""
    ends: list[date] = []
    for option in extension_options(months):
        end = _shifted(ends[-1] if ends else ends_on, option)
        if end is None:
            break
        ends.append(end)
    return ends


def open_options(ends_on: date | None, extended_to: date | None, months: str) -> list[date]:
    """The ends that options not yet taken would give; those up to `extended_to` are taken."""
    ends = possible_ends(ends_on, months)
    return [end for end in ends if extended_to is None or end > extended_to]


def decide_by(end: date | None, decide_months: int | None, options: Iterable[date]) -> date | None:
    """The last day to decide on the next option to extend; None where there is none left, or
    nobody said how long before the end."""
    if decide_months is None or not any(options):
        return None
    return _shifted(end, -decide_months)


def _shifted(day: date | None, months: int) -> date | None:
    """So many months later; None for a day that is outside the calendar, as a record may say."""
    try:
        return add_months(day, months) if day else None
    except (ValueError, OverflowError):
        return None


def is_near(days: Iterable[date | None], today: date) -> bool:
    """Whether one of the days is within a year from today, or past."""
    return any(day <= add_months(today, NEAR_MONTHS) for day in days if day is not None)


def is_reminded(day: date, today: date, months: Iterable[int]) -> bool:
    """Whether something due on `day` is said today: for two weeks from so many months before it,
    and from the last of these on always."""
    begins = sorted(start for one in months if (start := _shifted(day, -one)) is not None)
    if begins and today >= begins[-1]:
        return True
    return any(start <= today < start + _REMINDED_FOR for start in begins)


_SERVICES = {service.value: service for service in ServiceType}


@lru_cache(256)  # thousands of contracts have the same few
def service_types(text: str) -> tuple[ServiceType, ...]:
    """The services of a contract, from `residential,nursing`; words that are none are left out."""
    return tuple(_SERVICES[word] for word in text.replace(" ", "").split(",") if word in _SERVICES)
