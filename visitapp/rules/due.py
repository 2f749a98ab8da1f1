"""When things are due: the next visit of a setting, and an action by its priority."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

MONTHS_BETWEEN_VISITS = {"red": 3, "amber": 6}
"""Months from one visit to the next, by the rating that stands. Ours, for councils to confirm."""

MONTHS_BETWEEN_OTHER_VISITS = 12
DAYS_TO_FIRST_VISIT = 28
SHORTEST_MONTH = 28
SATURDAY = 5
DAYS_BY_PRIORITY = {"immediate": 1, "high": 7, "medium": 28, "low": 84}
"""Days to do an action in (domain.md, action priorities)."""


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    if day.day <= SHORTEST_MONTH:
        return date(year, month, day.day)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def next_visit_due(rag: str, last_visit: date) -> date:
    """When a setting is due again, by the rating that stands and its last signed-off visit."""
    return add_months(last_visit, MONTHS_BETWEEN_VISITS.get(rag, MONTHS_BETWEEN_OTHER_VISITS))


def first_visit_due(joined: date) -> date:
    """When a setting that was never visited must be, by the day it joined the portfolio."""
    return joined + timedelta(days=DAYS_TO_FIRST_VISIT)


def action_due(raised_on: date, priority: str, due_days: int | None = None) -> date:
    """When an action must be done. `due_days` (the form's rule) goes before the priority's days.

    One that falls on a weekend is due on the Monday after it; an immediate one is not put off.
    Raises KeyError on a priority that does not exist.
    """
    days = DAYS_BY_PRIORITY[priority] if due_days is None else due_days
    due = raised_on + timedelta(days=days)
    return due if priority == "immediate" or days == 0 else working_day(due)


def working_day(day: date) -> date:
    """The day itself, or the Monday after a weekend. Bank holidays are not known here."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if is_weekend(day) else 0)


def is_weekend(day: date) -> bool:
    """Saturday or Sunday."""
    return day.weekday() >= SATURDAY
