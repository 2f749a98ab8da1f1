"""Days on which something took place: never ahead of the clock that judges them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from visitapp.dates import short_day
from visitapp.language import Message, message


def earliest_day(moment: datetime) -> date:
    """The first day that a laptop may have called the day of a moment: its day may be another than
    the server's."""
    return (moment - timedelta(days=1)).date()


def future_fault(day: date | None, latest: date) -> Message | None:
    """Why nothing took place on this day yet; None when it can have. `latest`: today, or as far
    ahead as the clock of a laptop may be."""
    if day is None or day <= latest:
        return None
    return message("{day} is in the future.", day=short_day(day))
