"""When the next visits of settings are due, by their records."""

from __future__ import annotations

from datetime import UTC, date, datetime

from visitapp.records import Purpose, Rag
from visitapp.rules.due import first_visit_due, purpose_due, quality_visit_due
from visitapp.rules.policy.read import shipped_policy
from visitapp.standing.due import next_visit_due, purpose_clocks

RULES = shipped_policy().visits
JOINED = datetime(2026, 3, 2, 12, tzinfo=UTC)
LAST = date(2026, 11, 20)


def test_a_setting_without_a_quality_visit_is_due_by_the_day_it_joined() -> None:
    assert next_visit_due(RULES, "green", None, JOINED) == first_visit_due(RULES, date(2026, 3, 2))


def test_afterwards_the_last_quality_visit_and_the_rating_say_when() -> None:
    for rag in Rag:
        assert next_visit_due(RULES, rag, LAST, JOINED) == quality_visit_due(RULES, rag, LAST)
    unrated = next_visit_due(RULES, None, LAST, JOINED)
    assert unrated == quality_visit_due(RULES, Rag.UNRATED, LAST)


def test_each_purpose_with_a_clock_counts_from_its_last_visit() -> None:
    visits = [(purpose, day) for purpose in Purpose for day in (LAST, date(2026, 1, 5))]
    clocks = purpose_clocks(RULES, visits, Rag.AMBER)
    assert clocks == {
        purpose: (LAST, due)
        for purpose in sorted(Purpose)
        if (due := purpose_due(RULES, purpose, LAST)) is not None
    }
    assert Purpose.INTERVENTION in clocks


def test_the_clock_of_an_intervention_ends_when_the_setting_is_green() -> None:
    visits = [(Purpose.INTERVENTION, LAST)]
    assert purpose_clocks(RULES, visits, Rag.RED).keys() == {Purpose.INTERVENTION}
    assert purpose_clocks(RULES, visits, Rag.GREEN) == {}
