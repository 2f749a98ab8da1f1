"""What a significant event says, and how it changes a rating."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from visitapp.rules.choices import RatingState
from visitapp.rules.events import Event, event_fault
from visitapp.rules.policy.read import shipped_policy
from visitapp.rules.ratings import at_event, event_refusal

RULES = shipped_policy().placements
TODAY = date(2026, 11, 22)
STANDS, PROPOSED = RatingState.STANDS, RatingState.PROPOSED
GOOD = Event(
    happened_on=TODAY,
    text="A death that nobody expected",
    rag="red",
    before="green",
    reason="Two staff on nights, no plan",
    review_on=TODAY + timedelta(days=28),
)


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (GOOD, ""),
        (replace(GOOD, rag=None, before=None, reason="", review_on=None), ""),
        (replace(GOOD, text=" "), "what happened"),
        (replace(GOOD, happened_on=TODAY + timedelta(days=1)), "before its date"),
        (replace(GOOD, rag="unrated"), "Red, Amber or Green"),
        (replace(GOOD, before=None), "Red, Amber or Green"),
        (replace(GOOD, reason=" "), "reason"),
        (replace(GOOD, review_on=None), "28 days"),
        (replace(GOOD, review_on=TODAY + timedelta(days=29)), "28 days"),
        (replace(GOOD, review_on=TODAY - timedelta(days=1)), "28 days"),
    ],
)
def test_what_an_event_says(event: Event, said: str) -> None:
    fault = event_fault(event, TODAY, RULES)
    assert (fault is None) if not said else said in str(fault)


@pytest.mark.parametrize(
    ("before", "rag", "officer", "lead"),
    [
        ("green", "amber", STANDS, STANDS),
        ("amber", "red", STANDS, STANDS),
        ("red", "amber", PROPOSED, STANDS),
        ("red", "red", None, STANDS),
        (None, "red", STANDS, STANDS),
        (None, "amber", STANDS, STANDS),
        (None, "green", PROPOSED, STANDS),
    ],
)
def test_worse_at_once_and_better_by_a_lead(
    before: str | None, rag: str, officer: RatingState | None, lead: RatingState | None
) -> None:
    assert at_event(rag, current=before, reviewer=False) == officer
    assert at_event(rag, current=before, reviewer=True) == lead
    refused = event_refusal("officer", rag, before or "unrated")
    assert (refused is None) is (officer == STANDS)
    assert event_refusal("lead", rag, before or "unrated") is None
