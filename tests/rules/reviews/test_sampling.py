"""Which visits are reviewed, as a table; and the draw."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.rules.choices import (
    Rag,
)
from visitapp.rules.policy.visiting import ReviewRules, ReviewShare
from visitapp.rules.reviews.sampling import SignedOff, place_in_draw, review_reasons
from visitapp.rules.reviews.states import (
    ReviewReason,
)

RULES = ReviewRules(
    first_visits=5, share_percent=ReviewShare(amber=50, green=20), due_working_days=5
)


def visit(**changes: Any) -> SignedOff:
    """A Green visit by an officer of long standing, to a setting that was Green."""
    usual: dict[str, Any] = {
        "rag": "green",
        "provisional": False,
        "current": "green",
        "latest": "green",
        "sets_rating": True,
        "overridden": False,
        "returned": False,
        "officers_visits": 5,
    }
    return SignedOff(**{**usual, **changes})


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({"rag": "red", "current": "red", "latest": "red"}, ["red"]),
        ({"rag": "red"}, ["red", "worse"]),
        ({"rag": "amber"}, ["worse"]),
        ({"current": "amber", "latest": "amber"}, ["better"]),
        ({"current": "amber"}, ["better"]),
        ({"current": None, "latest": None}, ["first_rating"]),
        ({"provisional": True}, ["provisional"]),
        ({"rag": "unrated"}, ["unrated"]),
        ({"overridden": True}, ["overridden"]),
        ({"returned": True}, ["returned"]),
        ({"officers_visits": 4}, ["new_officer"]),
        # An older visit that comes late: worse than what stands, though not than on its day.
        ({"rag": "amber", "current": "amber"}, ["worse"]),
        # A themed audit may be worse, but improves nothing and is no first rating.
        ({"sets_rating": False, "rag": "amber"}, ["worse"]),
        ({"sets_rating": False, "current": "amber", "latest": "amber"}, []),
        ({"sets_rating": False, "current": None, "latest": None}, []),
        ({}, []),
    ],
)
def test_what_is_always_reviewed_whatever_the_draw(
    changes: dict[str, Any], reasons: list[str]
) -> None:
    assert list(review_reasons(visit(**changes), RULES, lot=99)) == reasons


@pytest.mark.parametrize(("rag", "share"), [("green", 20), ("amber", 50)])
def test_of_the_rest_the_share_of_the_policy_is_drawn(rag: str, share: int) -> None:
    same = visit(rag=rag, current=rag, latest=rag)
    drawn = [lot for lot in range(100) if review_reasons(same, RULES, lot)]
    assert drawn == list(range(share))
    assert review_reasons(same, RULES, 0) == (ReviewReason.DRAWN,)


@given(
    st.builds(
        SignedOff,
        rag=st.sampled_from(Rag),
        provisional=st.booleans(),
        current=st.sampled_from(["red", "amber", "green", None]),
        latest=st.sampled_from(["red", "amber", "green", None]),
        sets_rating=st.booleans(),
        overridden=st.booleans(),
        returned=st.booleans(),
        officers_visits=st.integers(0, 9),
    ),
    st.integers(0, 99),
)
def test_no_danger_and_no_improvement_goes_without_review(one: SignedOff, lot: int) -> None:
    if not review_reasons(one, RULES, lot):
        assert one.rag in ("amber", "green")
        assert not one.provisional
        if one.sets_rating:
            assert one.rag == one.current


def test_the_draw_is_even_repeatable_and_unknown_without_the_key() -> None:
    visits = [f"visit-{number}" for number in range(2000)]
    lots = [place_in_draw(b"k" * 32, visit, "2026.1") for visit in visits]
    assert set(lots) == set(range(100))
    assert 300 < sum(lot < 20 for lot in lots) < 500
    assert lots == [place_in_draw(b"k" * 32, visit, "2026.1") for visit in visits]
    for other in ((b"x" * 32, "2026.1"), (b"k" * 32, "2027.1")):
        again = [place_in_draw(other[0], visit, other[1]) for visit in visits]
        assert sum(a == b for a, b in zip(lots, again, strict=True)) < 60
