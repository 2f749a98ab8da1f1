"""When visits and actions are due."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.rules.policy.read import shipped_policy
from visitapp.rules.policy.visiting import ActionDays, ActionRules
from visitapp.rules.visiting.due import (
    Due,
    DueFacts,
    action_due,
    add_months,
    by_purpose,
    visits_due,
)

VISITED = date(2026, 11, 4)
JOINED = date(2025, 6, 2)
POLICY = shipped_policy()
ACTIONS = POLICY.actions
DAYS = POLICY.working_days.days()


def due(**facts: Any) -> list[Due]:
    return visits_due(POLICY.visits.rules, DAYS, DueFacts(**{"joined": JOINED, **facts}))


def rules_of(dues: list[Due]) -> dict[str, date]:
    return {one.rule: one.due_on for one in dues}


def visited(**last: date) -> dict[str, Any]:
    """Facts of a setting with these last visits."""
    return {"last": last, "last_on_site": max(last.values())}


@pytest.mark.parametrize(
    ("facts", "rule", "day"),
    [
        ({"rag": "green"}, "yearly", date(2027, 11, 4)),
        ({"rag": "unrated"}, "yearly", date(2027, 11, 4)),
        ({"rag": "amber"}, "amber", date(2027, 5, 4)),
        ({"rag": "red"}, "red", date(2027, 2, 4)),
        ({"rag": "green", "risk": "high", "contracted": True}, "high_risk", date(2025, 9, 2)),
        ({"rag": "green", "key_supplier": True, "contracted": True}, "key_supplier",
         date(2025, 9, 2)),
        ({"rag": "green", "out_of_county": True}, "out_of_county", date(2026, 6, 2)),
        ({"rag": "amber", "intervention": True}, "intervention", date(2025, 7, 2)),
    ],
)  # fmt: skip
def test_the_earliest_rule_that_applies_comes_first(
    facts: dict[str, Any], rule: str, day: date
) -> None:
    found = due(**visited(annual=VISITED), **facts)
    assert (found[0].rule, found[0].due_on) == (rule, day)
    assert "yearly" in rules_of(found), "every other rule that applies is there too"


def test_an_open_intervention_has_its_own_visits_and_puts_off_the_rating_visit() -> None:
    facts = visited(annual=VISITED, intervention=VISITED)
    assert rules_of(due(rag="red", intervention=True, **facts)) == {
        "intervention": date(2026, 12, 4),
        "red_intervention": date(2027, 5, 5),
        "yearly": date(2027, 11, 4),
    }


def test_a_setting_never_visited_is_due_28_days_after_it_joined() -> None:
    found = due(joined=date(2026, 1, 15))
    assert [(one.rule, one.due_on) for one in found] == [("first", date(2026, 2, 12))]


def test_each_purpose_has_a_clock_of_its_own() -> None:
    facts = visited(annual=VISITED, contract_review=date(2026, 3, 9), themed=date(2026, 10, 1))
    clocks = by_purpose(due(rag="green", **facts))
    assert {purpose: one.due_on for purpose, one in clocks.items()} == {
        "contract_review": date(2027, 3, 9),
        "annual": date(2027, 11, 4),
    }, "a themed audit is by programme, and moves no date"


EVENTS = {
    "regulator_report": ("inadequate", {"regulator": "inadequate"}, date(2026, 11, 25)),
    "enforcement": ("enforcement", {}, date(2026, 11, 25)),
    "serious_concern": ("serious_concern", {}, date(2026, 11, 20)),
    "cluster": ("cluster", {}, date(2026, 12, 2)),
    "new_manager": ("new_manager", {}, date(2027, 1, 13)),
    "new_owner": ("new_owner", {}, date(2027, 1, 13)),
    "intervention_ended": ("after_intervention", {}, date(2027, 1, 18)),
}
EVENT_DAY = date(2026, 11, 18)


@pytest.mark.parametrize("event", EVENTS)
def test_an_event_asks_for_a_visit_until_there_was_one_on_site(event: str) -> None:
    rule, facts, day = EVENTS[event]
    asked = {**facts, "events": {event: EVENT_DAY}, "last": {"annual": VISITED}}
    found = rules_of(due(last_on_site=VISITED, **asked))
    assert found[rule] == day
    assert rule not in rules_of(due(last_on_site=EVENT_DAY, **asked))


def test_a_regulators_rating_that_is_good_asks_for_nothing() -> None:
    facts = {"regulator": "good", "events": {"regulator_report": EVENT_DAY}}
    assert rules_of(due(**visited(annual=VISITED), **facts)).keys() == {"yearly"}


def test_red_is_followed_up_by_another_visit_than_the_one_that_gave_it() -> None:
    facts = {"rag": "red", "events": {"rating": VISITED}, "last": {"annual": VISITED}}
    assert rules_of(due(last_on_site=VISITED, **facts))["red_follow_up"] == date(2026, 11, 18)
    later = due(last_on_site=VISITED + timedelta(days=1), **facts)
    assert "red_follow_up" not in rules_of(later)


def test_the_second_visit_after_an_intervention_is_not_the_first() -> None:
    facts = {"events": {"intervention_ended": VISITED}, "last": {"annual": VISITED}}
    after_two = rules_of(due(last_on_site=date(2027, 1, 4), **facts))
    assert "after_intervention" not in after_two
    assert after_two["after_intervention_again"] == date(2027, 3, 4)
    assert "after_intervention_again" not in rules_of(due(last_on_site=date(2027, 2, 4), **facts))


def test_an_event_before_the_setting_joined_counts_from_that_day() -> None:
    (found,) = [
        one
        for one in due(regulator="inadequate", events={"regulator_report": date(2023, 3, 1)})
        if one.rule == "inadequate"
    ]
    assert (found.of, found.since, found.due_on) == ("taken_on", JOINED, date(2025, 6, 9))


def test_ten_working_days_pass_over_christmas() -> None:
    facts = {"rag": "red", "events": {"rating": date(2026, 12, 21)}, "last": {"annual": VISITED}}
    found = rules_of(due(last_on_site=date(2026, 12, 21), **facts))
    assert found["red_follow_up"] == date(2027, 1, 7)


def test_a_contract_review_needs_a_contract() -> None:
    reviewed = rules_of(due(contracted=True, **visited(annual=VISITED)))
    assert reviewed["contract_review"] == date(2026, 6, 2)
    assert "contract_review" not in rules_of(due(**visited(annual=VISITED)))


@given(
    rag=st.sampled_from(["red", "amber", "green", "unrated"]),
    risk=st.sampled_from(["high", "medium", "low", ""]),
    level=st.sampled_from(["proactive", "oversight", "self_certification", ""]),
    intervention=st.booleans(),
    last=st.dictionaries(
        st.sampled_from(["annual", "themed", "contract_review", "intervention"]),
        st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    ),
)
def test_no_setting_is_ever_without_a_quality_visit(last: dict[str, date], **facts: Any) -> None:
    found = due(last=last, last_on_site=max(last.values(), default=None), **facts)
    assert any(one.purpose == "annual" for one in found)
    assert [one.due_on for one in found] == sorted(one.due_on for one in found)


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
    assert action_due(ACTIONS, DAYS, VISITED, priority) == VISITED + timedelta(days=days)


def test_the_days_of_the_form_go_before_those_of_the_priority() -> None:
    assert action_due(ACTIONS, DAYS, VISITED, "low", due_days=5) == date(2026, 11, 9)
    assert action_due(ACTIONS, DAYS, VISITED, "low", due_days=0) == VISITED


def test_the_days_of_an_action_are_those_of_the_policy_in_force() -> None:
    rules = ActionRules(days=ActionDays(immediate=2, high=3, medium=4, low=5))
    assert action_due(rules, DAYS, VISITED, "immediate") == date(2026, 11, 6)
    assert action_due(rules, DAYS, VISITED, "low", due_days=9) == date(2026, 11, 13)


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.integers(1, 200))
def test_an_action_is_due_on_a_working_day_and_at_most_five_days_later(
    raised: date, days: int
) -> None:
    day = action_due(ACTIONS, DAYS, raised, "high", due_days=days)
    assert DAYS.is_working(day)
    assert 0 <= (day - raised).days - days <= 5


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)))
def test_an_immediate_action_is_never_put_off(raised: date) -> None:
    assert action_due(ACTIONS, DAYS, raised, "immediate", due_days=1) == raised + timedelta(days=1)
