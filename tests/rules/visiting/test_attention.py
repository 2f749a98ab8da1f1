"""Which settings need attention."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from visitapp.rules.visiting.attention import is_due_soon, is_overdue, needs_attention

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("rag", "next_due", "overdue_actions", "wanted"),
    [
        ("green", TODAY, 0, False),
        ("red", TODAY + 90 * DAY, 0, True),
        ("green", TODAY - DAY, 0, True),
        ("green", TODAY + 90 * DAY, 1, True),
        ("amber", TODAY + 90 * DAY, 0, False),
    ],
)
def test_red_late_visits_and_late_actions_need_attention(
    rag: str, next_due: date, overdue_actions: int, wanted: bool
) -> None:
    assert needs_attention(rag, next_due, overdue_actions, TODAY) is wanted


def test_what_is_due_today_is_not_overdue() -> None:
    assert not is_overdue(TODAY, TODAY)
    assert is_overdue(TODAY - DAY, TODAY)


def test_due_soon_reaches_28_days_ahead_and_takes_in_what_is_overdue() -> None:
    assert is_due_soon(TODAY + 28 * DAY, TODAY, 28)
    assert not is_due_soon(TODAY + 29 * DAY, TODAY, 28)
    assert is_due_soon(TODAY - 100 * DAY, TODAY, 28)
