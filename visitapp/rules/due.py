"""When things are due: the next visit of a setting, and an action by its priority.

Every figure comes from the council's policy (`visitapp.rules.policy`).
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from visitapp.rules.policy.visiting import ActionRules, VisitRules

SHORTEST_MONTH = 28
SATURDAY = 5


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    if day.day <= SHORTEST_MONTH:
        return date(year, month, day.day)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def quality_visit_due(rules: VisitRules, rag: str, last_visit: date) -> date:
    """The annual date: when a setting rated `rag` is due after its last quality visit.

    Raises AttributeError for a rating that is not green, amber, red or unrated.
    """
    months: int = getattr(rules.quality_months, rag)
    return add_months(last_visit, months)


def first_visit_due(rules: VisitRules, joined: date) -> date:
    """When a setting that never had a quality visit is due, by the day it joined the portfolio."""
    return joined + timedelta(days=rules.first_visit_days)


def purpose_due(rules: VisitRules, purpose: str, last_visit: date) -> date | None:
    """When the next visit of a purpose is due after the last one of that purpose.

    None when the policy gives the purpose no clock of its own.
    """
    for clocked, months in rules.purpose_months.items():
        if clocked == purpose:
            return add_months(last_visit, months)
    return None


def action_due(
    rules: ActionRules, raised_on: date, priority: str, due_days: int | None = None
) -> date:
    """When an action must be done. `due_days` (the form's rule) goes before the priority's days.

    One that falls on a weekend is due on the Monday after it; an immediate one is not put off.
    Raises AttributeError for a priority that does not exist.
    """
    if due_days is None:
        due_days = int(getattr(rules.days, priority))
    due = raised_on + timedelta(days=due_days)
    return due if priority == "immediate" or due_days == 0 else working_day(due)


def working_day(day: date) -> date:
    """The day itself, or the Monday after a weekend. Bank holidays are not known here."""
    return day + timedelta(days=7 - day.weekday()) if is_weekend(day) else day


def is_weekend(day: date) -> bool:
    """Saturday or Sunday."""
    return day.weekday() >= SATURDAY
