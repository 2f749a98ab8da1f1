"""Days of a contract and of a setting under it that cannot be, on values.

The desk checks them before anything is written, and the server before it takes them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from visitapp.dates import short_day
from visitapp.language import Message, message


class Term(Struct, frozen=True):
    """The days of a contract: its start, the end that was agreed first, the end as it was extended
    last, and the last day where it has ended or will end by notice."""

    starts_on: date | None = None
    ends_on: date | None = None
    extended_to: date | None = None
    ended_on: date | None = None

    @property
    def last_day(self) -> date | None:
        """Its last day as things stand; None when it has no end."""
        return self.ended_on or self.extended_to or self.ends_on


DAYS = frozenset(Term.__struct_fields__)
"""The fields of a contract that are days of its term."""


def order_fault(starts_on: date | None, ends_on: date | None) -> Message | None:
    """Why something cannot run from one day to another; None when it can."""
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        return message("The end date is before the start date.")
    return None


def term_fault(term: Term) -> Message | None:
    """Why a contract cannot have these days; None when it can."""
    fault = order_fault(term.starts_on, term.ends_on)
    if fault is None and term.ends_on and term.extended_to and term.extended_to <= term.ends_on:
        return message(
            "The contract was extended to {day}, so its first end date must be earlier.",
            day=short_day(term.extended_to),
        )
    return fault


def extension_day_fault(term: Term, until: date) -> Message | None:
    """Why a contract cannot be extended to a day; None when it can."""
    end = term.extended_to or term.ends_on
    if end is not None and until <= end:
        return message("The contract already runs until {day}.", day=short_day(end))
    return _before_start(term, until)


def last_day_fault(term: Term, last_day: date) -> Message | None:
    """Why a contract cannot end on a day; None when it can."""
    return _before_start(term, last_day)


def notice_fault(term: Term, last_day: date) -> Message | None:
    """Why notice cannot be given of a contract for a day; None when it can. One that runs past its
    end without notice can still be ended on a later day."""
    end = term.extended_to or term.ends_on
    if end is not None and last_day > end:
        return message(
            "The contract ends on {day}, so its last day by notice cannot be later.",
            day=short_day(end),
        )
    return _before_start(term, last_day)


def place_fault(term: Term, days: Iterable[date | None], number: str) -> Message | None:
    """Why a setting cannot be under a contract on these days, its first or last; None when it can.
    `number` names the contract."""
    given = [day for day in days if day is not None]
    first, last = term.starts_on, term.last_day
    if first is not None and any(day < first for day in given):
        return message(
            "Contract {number} starts on {day}, and no setting is under it before that.",
            number=number,
            day=short_day(first),
        )
    if last is not None and any(day > last for day in given):
        return message(
            "Contract {number} ends on {day}, and no setting is under it after that.",
            number=number,
            day=short_day(last),
        )
    return None


def _before_start(term: Term, day: date) -> Message | None:
    if term.starts_on is not None and day < term.starts_on:
        return message(
            "The contract starts on {day}. Give that day or a later one.",
            day=short_day(term.starts_on),
        )
    return None
