"""A day is read as people write it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.ui.widgets.fields import read_day

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("28/11/2026", date(2026, 11, 28)),
        ("28/11", date(2026, 11, 28)),
        ("28.11.", date(2026, 11, 28)),
        ("28 Nov", date(2026, 11, 28)),
        ("28nov", None),
        ("2/1", date(2027, 1, 2)),
        ("20/11", date(2026, 11, 20)),
        ("+14", date(2026, 12, 6)),
        ("+ 0", TODAY),
        ("today", TODAY),
        ("Tomorrow", date(2026, 11, 23)),
        ("Mon 7 Dec 2026", date(2026, 12, 7)),
        ("29/2", None),
        ("31/11", None),
        ("soon", None),
        ("", None),
        ("+99999", None),
    ],
)
def test_what_is_typed_is_read(text: str, expected: date | None) -> None:
    assert read_day(text, TODAY) == expected


@given(st.integers(0, 9999), st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_days_ahead_are_counted_from_today(days: int, today: date) -> None:
    found = read_day(f"+{days}", today)
    assert found is not None
    assert (found - today).days == days


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(-150, 150))
def test_a_day_without_a_year_is_the_nearest(today: date, away: int) -> None:
    day = date.fromordinal(today.toordinal() + away)
    if (day.month, day.day) != (2, 29):
        assert read_day(f"{day.day}/{day.month}", today) == day
