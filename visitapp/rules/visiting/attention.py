"""Which settings an officer should look at first."""

from __future__ import annotations

from datetime import date, timedelta


def needs_attention(rag: str, next_due: date | None, overdue_actions: int, today: date) -> bool:
    """Red, or a visit past its date, or an action past its date."""
    late = next_due is not None and is_overdue(next_due, today)
    return rag == "red" or late or overdue_actions > 0


def is_due_soon(next_due: date, today: date, soon_days: int) -> bool:
    """Due within `soon_days`; what is already overdue counts too."""
    return next_due <= today + timedelta(days=soon_days)


def is_overdue(due: date, today: date) -> bool:
    """Past its date. What is due today is not."""
    return due < today
