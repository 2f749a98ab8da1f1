"""The days of a campaign's visits: working days, evenly apart."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from visitapp.rules.policy.read import shipped_policy
from visitapp.services.campaigns.spread import spread

CALENDAR = shipped_policy().working_days.days()
FIRST, LAST = date(2026, 12, 21), date(2027, 1, 8)


@pytest.mark.parametrize("count", [1, 2, 7, 12, 40])
def test_working_days_in_order_and_evenly(count: int) -> None:
    days = spread(count, FIRST, LAST, CALENDAR)
    assert len(days) == count
    assert all(FIRST <= day <= LAST and CALENDAR.is_working(day) for day in days)
    assert all(before <= after for before, after in pairwise(days))
    times = [list(days).count(day) for day in set(days)]
    assert max(times) - min(times) <= 1


def test_without_a_working_day_the_last_one_is_taken() -> None:
    weekend = date(2026, 12, 5), date(2026, 12, 6)
    assert spread(2, *weekend, CALENDAR) == [weekend[1]] * 2
    assert spread(0, FIRST, LAST, CALENDAR) == []
