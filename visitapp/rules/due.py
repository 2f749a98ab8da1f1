"""When things are due: the next visit of a setting, and an action by its priority."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

MONTHS_BETWEEN_VISITS = {"red": 3, "amber": 6}
"""Months from one visit to the next, by the rating that stands. Ours, to be confirmed by councils."""

MONTHS_BETWEEN_OTHER_VISITS = 12
DAYS_TO_FIRST_VISIT = 28
DAYS_BY_PRIORITY = {"immediate": 1, "high": 7, "medium": 28, "low": 84}
"""Days to do an action in (domain.md, action priorities)."""


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def next_visit_due(rag: str, last_visit: date | None, joined: date) -> date:
    """When a setting must be visited next.

    `rag` is the rating that stands, `last_visit` the day of its last signed-off visit and `joined`
    the day it joined the portfolio, which counts while it was never visited.
    """
    if last_visit is None:
        return joined + timedelta(days=DAYS_TO_FIRST_VISIT)
    return add_months(last_visit, MONTHS_BETWEEN_VISITS.get(rag, MONTHS_BETWEEN_OTHER_VISITS))


def action_due(raised_on: date, priority: str, due_days: int | None = None) -> date:
    """When an action must be done. `due_days` (the form's rule) goes before the priority's days.

    Raises KeyError on a priority that does not exist.
    """
    days = DAYS_BY_PRIORITY[priority] if due_days is None else due_days
    return raised_on + timedelta(days=days)
