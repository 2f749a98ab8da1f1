"""The days of a campaign's visits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from visitapp.rules.visiting.working_days import Calendar


def spread(count: int, first: date, last: date, calendar: Calendar) -> Sequence[date]:
    """So many working days from `first` to `last`, evenly apart, the earliest first; one day comes
    more than once where there are fewer days than visits. Without a working day, `last`."""
    length = (last - first).days + 1
    days = [first + timedelta(days=n) for n in range(max(0, length))]
    working = [one for one in days if calendar.is_working(one)] or [last]
    return [working[at * len(working) // count] for at in range(count)]
