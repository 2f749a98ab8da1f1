"""What an action may become."""

from __future__ import annotations

from datetime import date

import pytest

from visitapp.rules.action_life import due_date_fault, marks, overdue_days

DUE = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("status", "done", "verified"),
    [
        ("open", False, False),
        ("in_progress", False, False),
        ("done", True, False),
        ("verified", True, True),
        ("cancelled", False, False),
    ],
)
def test_a_status_carries_its_marks(status: str, done: bool, verified: bool) -> None:
    assert marks(status) == (done, verified)


def test_only_what_is_left_to_do_can_be_overdue() -> None:
    today = date(2026, 11, 22)
    assert overdue_days("open", DUE, today) == 2
    assert overdue_days("done", DUE, today) == 0
    assert overdue_days("open", today, today) == 0


@pytest.mark.parametrize("day", [date(1999, 12, 31), date(2100, 1, 1), date(226, 1, 1)])
def test_a_due_date_that_cannot_be_meant_is_a_fault(day: date) -> None:
    assert str(day.year) in (due_date_fault(day) or "")
    assert due_date_fault(DUE) is None
