"""Who may decide a placement position, and what a decision must say."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from tests.rules.test_placement import decided
from visitapp.rules.placement import PositionRow
from visitapp.rules.placement_decisions import (
    Decision,
    decider_refusal,
    decision_fault,
    hold_ends,
)
from visitapp.rules.policy.read import shipped_policy

RULES = shipped_policy().placements
TODAY = date(2026, 11, 20)
"""A Friday."""
OPEN, CONDITIONAL, CLOSED = (
    decided("1", "open"),
    decided("2", "conditional"),
    decided("3", "closed"),
)
INTERIM = decided("4", "closed", interim=True)


def deciding(position: str, **other: object) -> Decision:
    decision = Decision(
        position=position,
        condition="No one who needs two carers at night" if position == "conditional" else "",
        reason="Seen today",
        from_on=TODAY,
        review_on=None if position == "open" else TODAY + timedelta(days=28),
    )
    return replace(decision, **other)


HOLD = deciding("closed", lapses_on=TODAY)


@pytest.mark.parametrize(
    ("decision", "replaced", "roles"),
    [
        (deciding("open"), [], "lead manager"),
        (deciding("conditional"), [], "lead manager"),
        (deciding("closed"), [], "manager"),
        (deciding("conditional"), [OPEN], "lead manager"),
        (deciding("open"), [CONDITIONAL], "lead manager"),
        (deciding("closed"), [OPEN], "manager"),
        (HOLD, [OPEN], "lead manager"),
        (deciding("closed"), [INTERIM], "manager"),
        (deciding("conditional"), [INTERIM], "manager"),
        (deciding("open"), [CLOSED], "manager"),
        (deciding("open"), [None], "manager"),
        (deciding("closed", settles=True), [CLOSED, OPEN], "lead manager"),
        (deciding("closed", settles=True), [INTERIM, OPEN], "manager"),
        (deciding("open", settles=True), [OPEN, CLOSED], "manager"),
        (deciding("conditional", settles=True), [CONDITIONAL, OPEN], "lead manager"),
    ],
)
def test_who_decides(decision: Decision, replaced: list[PositionRow | None], roles: str) -> None:
    for role in ("lead", "manager"):
        why = decider_refusal(role, decision, replaced, RULES)
        assert (why is None) is (role in roles), (role, why)


def test_a_council_may_let_leads_decide_or_nobody_but_managers() -> None:
    leads = replace(RULES, close_by="lead", reopen_by="lead")
    assert decider_refusal("lead", deciding("open"), [CLOSED], leads) is None
    assert decider_refusal("lead", deciding("closed"), [OPEN], leads) is None
    managers = replace(RULES, condition_by="manager")
    assert decider_refusal("lead", deciding("conditional"), [OPEN], managers)


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        (deciding("open"), ""),
        (deciding("conditional"), ""),
        (HOLD, ""),
        (deciding("not_assessed"), "Decide"),
        (deciding("open", reason=" "), "reason"),
        (deciding("conditional", condition=" "), "condition"),
        (deciding("closed", condition="None at night"), "condition"),
        (deciding("open", from_on=TODAY + timedelta(days=1)), "after today"),
        (deciding("conditional", review_on=None), "reviewed"),
        (deciding("closed", review_on=TODAY + timedelta(days=29)), "28 days"),
        (deciding("closed", review_on=TODAY - timedelta(days=1)), "28 days"),
        (deciding("open", review_on=TODAY), "no review"),
        (deciding("open", lapses_on=TODAY), "hold"),
        (replace(HOLD, lapses_on=TODAY + timedelta(days=6)), "3 working days"),
    ],
)
def test_what_a_decision_says(decision: Decision, said: str) -> None:
    fault = decision_fault(decision, TODAY, RULES)
    assert (fault is None) if not said else said in str(fault)


def test_a_hold_ends_after_working_days() -> None:
    assert hold_ends(RULES, TODAY) == date(2026, 11, 25)
    assert hold_ends(RULES, date(2026, 11, 23)) == date(2026, 11, 26)
