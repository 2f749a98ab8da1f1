"""The management level of a contract, as a table."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from visitapp.language import message
from visitapp.rules.choices import ServiceType
from visitapp.rules.market.management import LevelFacts, management_level, override_fault
from visitapp.rules.policy.market import ManagementRules
from visitapp.rules.policy.read import shipped_policy

TODAY = date(2026, 11, 30)


@pytest.fixture(scope="module")
def rules() -> ManagementRules:
    return shipped_policy().management


def facts(**other: Any) -> LevelFacts:
    """Of a contract that certifies itself, but for what is given."""
    small: dict[str, Any] = {
        "risks": {"Sedgebrook Hall": "green"},
        "key_supplier": False,
        "yearly_cost": 99_999,
        "services": {ServiceType.DAY: message("day service")},
        "hard_to_replace": False,
        "registered": False,
        "people": 5,
    }
    return LevelFacts(**{**small, **other})


@pytest.mark.parametrize(
    ("other", "level", "reason"),
    [
        ({}, "self_certification", "Everything that the rules ask of self-certification is so."),
        (
            {"risks": {"Sedgebrook Hall": "red"}},
            "proactive",
            "The risk of Sedgebrook Hall is high.",
        ),
        ({"key_supplier": True}, "proactive", "It is with a key supplier."),
        ({"yearly_cost": 1_000_001}, "proactive", "It costs more than £1,000,000 a year."),
        ({"hard_to_replace": True}, "proactive", "It is marked as hard to replace."),
        (
            {"services": {ServiceType.HOME_CARE: message("home care")}},
            "proactive",
            "It includes home care, which counts as hard to replace.",
        ),
        (
            {"risks": {"Sedgebrook Hall": "amber"}},
            "oversight",
            "The risk of Sedgebrook Hall is medium.",
        ),
        (
            {"risks": {"Sedgebrook Hall": ""}},
            "oversight",
            "The risk of Sedgebrook Hall is not known.",
        ),
        ({"risks": {}}, "oversight", "No setting is under it."),
        ({"registered": True}, "oversight", "A setting under it is registered with a regulator."),
        ({"yearly_cost": None}, "oversight", "Its annual cost is not known."),
        ({"yearly_cost": 100_000}, "oversight", "It costs £100,000 a year or more."),
        ({"people": None}, "oversight", "How many people it serves is not known."),
        ({"people": 6}, "oversight", "It serves 6 people or more."),
    ],
)
def test_levels(rules: ManagementRules, other: dict[str, Any], level: str, reason: str) -> None:
    found = management_level(rules, facts(**other))
    assert (found.level, [str(one) for one in found.reasons]) == (level, [reason])


def test_every_reason_is_given(rules: ManagementRules) -> None:
    found = management_level(rules, facts(key_supplier=True, hard_to_replace=True, people=None))
    assert len(found.reasons) == 2
    found = management_level(rules, facts(people=None, yearly_cost=None))
    assert len(found.reasons) == 2


@pytest.mark.parametrize(
    ("reason", "review_on", "allowed"),
    [
        ("Small and steady", date(2027, 5, 30), True),
        ("Small and steady", date(2027, 5, 31), False),
        ("Small and steady", TODAY, False),
        ("Small and steady", None, False),
        (" ", date(2027, 5, 30), False),
    ],
)
def test_an_override_needs_a_reason_and_a_review(
    rules: ManagementRules, reason: str, review_on: date | None, allowed: bool
) -> None:
    assert (override_fault(rules, reason, review_on, TODAY) is None) is allowed
