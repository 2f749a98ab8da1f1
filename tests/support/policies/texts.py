"""Policies that differ from the one that ships by their version, their day and a few values."""

from __future__ import annotations

from datetime import UTC, date, datetime

from forms.catalogue.read import digest
from visitapp.records import PublishedPolicy, new_id
from visitapp.records.ids import published_policy_id
from visitapp.rules.policy.model import Policy
from visitapp.rules.policy.read import read_policy, shipped_text
from visitapp.storage.database import Database

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


def publish_here(database: Database, text: str) -> None:
    """Put a policy on a device, as a sync brings it."""
    policy = read_policy(text, "ours.yaml")
    record = PublishedPolicy(
        id=published_policy_id(policy.version),
        version=policy.version,
        in_force_from=policy.in_force_from,
        digest=digest(text),
        text=text,
        created_at=datetime.now(UTC),
        created_by=new_id(),
        revision=1,
    )
    with database.applying() as session:
        session.add(record)
