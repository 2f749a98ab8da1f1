"""Policies that differ from the one that ships by their version, their day and a few values."""

from __future__ import annotations

from datetime import date

from visitapp.rules.policy.model import Policy
from visitapp.rules.policy.read import shipped_text

FIRST_VISIT = "label: First visit, purpose: annual, within: {days}"


def red_within(months: int) -> tuple[str, str]:
    """The change by which Red settings have their next quality visit after so many months."""
    red = "intervention: none, within: {months}"
    return red.format(months=3), red.format(months=months)


def first_visit_within(days: int) -> tuple[str, str]:
    """The change by which settings have their first visit after so many days."""
    return FIRST_VISIT.format(days=28), FIRST_VISIT.format(days=days)


def months_of_red(policy: Policy) -> int:
    """The months after which a Red setting has its next quality visit."""
    return next(rule.within for rule in policy.visits.rules if rule.id == "red")


def policy_text(version: str, begins: date, *changes: tuple[str, str]) -> str:
    """The text of the policy that ships as another version, with each text replaced."""
    text = shipped_text()
    head = (('version: "2026.1"', f'version: "{version}"'), ("2026-01-01", begins.isoformat()))
    for old, new in (*head, *changes):
        assert old in text, old
        text = text.replace(old, new, 1)
    return text
