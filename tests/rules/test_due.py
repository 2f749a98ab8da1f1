"""When visits and actions are due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.rules.due import (
    action_due,
    add_months,
    first_visit_due,
    is_weekend,
    purpose_due,
    quality_visit_due,
)
from visitapp.rules.policy.read import shipped_policy
from visitapp.rules.policy.visiting import ActionDays, ActionRules

VISITED = date(2026, 11, 4)
RULES = shipped_policy().visits
ACTIONS = shipped_policy().actions


@pytest.mark.parametrize(
    ("rag", "due"),
    [
        ("red", date(2027, 2, 4)),
        ("amber", date(2027, 5, 4)),
        ("green", date(2027, 11, 4)),
        ("unrated", date(2027, 11, 4)),
    ],
)
def test_a_worse_rating_brings_the_next_visit_nearer(rag: str, due: date) -> None:
    assert quality_visit_due(RULES, rag, VISITED) == due


def test_a_setting_never_visited_is_due_28_days_after_it_joined() -> None:
    assert first_visit_due(RULES, date(2026, 1, 15)) == date(2026, 2, 12)


def test_a_short_month_ends_on_its_last_day() -> None:
    assert add_months(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert add_months(date(2027, 8, 31), 6) == date(2028, 2, 29)


@given(
    day=st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 1, 1)),
    months=st.integers(0, 60),
)
def test_months_move_the_month_and_never_past_the_day(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("priority", "days"), [("immediate", 1), ("high", 7), ("medium", 28), ("low", 84)]
)
def test_an_action_is_due_by_its_priority(priority: str, days: int) -> None:
    assert action_due(ACTIONS, VISITED, priority) == VISITED + timedelta(days=days)


def test_the_days_of_the_form_go_before_those_of_the_priority() -> None:
    assert action_due(ACTIONS, VISITED, "low", due_days=5) == date(2026, 11, 9)
    assert action_due(ACTIONS, VISITED, "low", due_days=0) == VISITED


def test_the_days_of_an_action_are_those_of_the_policy_in_force() -> None:
    rules = ActionRules(days=ActionDays(immediate=2, high=3, medium=4, low=5))
    assert action_due(rules, VISITED, "immediate") == date(2026, 11, 6)
    assert action_due(rules, VISITED, "low", due_days=9) == date(2026, 11, 13)


@pytest.mark.parametrize(
    ("purpose", "due"),
    [
        ("contract_review", date(2027, 11, 4)),  # paper 002, paragraph 19: yearly
        ("intervention", date(2026, 12, 4)),  # paper 000, paragraph 7.2: monthly
        ("themed", None),  # by programme: no clock
        ("annual", None),  # the annual date is the clock of quality visits
    ],
)
def test_each_purpose_has_a_clock_of_its_own_or_none(purpose: str, due: date | None) -> None:
    assert purpose_due(RULES, purpose, VISITED) == due


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.integers(1, 200))
def test_an_action_is_due_on_a_working_day_and_at_most_two_days_later(
    raised: date, days: int
) -> None:
    due = action_due(ACTIONS, raised, "high", due_days=days)
    assert not is_weekend(due)
    assert 0 <= (due - raised).days - days <= 2


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)))
def test_an_immediate_action_is_never_put_off(raised: date) -> None:
    assert action_due(ACTIONS, raised, "immediate", due_days=1) == raised + timedelta(days=1)
