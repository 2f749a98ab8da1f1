"""Days on which something is said to have happened."""

from __future__ import annotations

from datetime import date

from visitapp.language import Message, message

FIRST_DAY = date(2000, 1, 1)
"""No day before this can be meant."""


def reported_fault(day: date, latest: date) -> Message | None:
    """Why nothing can have happened on this day; None when it can. `latest`: today, or for the
    server the latest day that a laptop may have by now."""
    if day > latest:
        return message("This date is in the future.")
    if day < FIRST_DAY:
        return message("This date is before 2000.")
    return None
