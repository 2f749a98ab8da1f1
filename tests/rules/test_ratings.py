"""From outcome to rating: down at once, up on agreement, by the day of the visit."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from visitapp.rules.policy.visiting import RatingRules
from visitapp.rules.ratings import (
    SEVERITY,
    UNSENT,
    RatingBasis,
    RatingRow,
    at_approval,
    at_return,
    at_sign_off,
    rating_state,
    standing,
)

AGREED = RatingRules(better_at="approval", first_green_at="approval", days_ahead=1)
TRUSTED = RatingRules(better_at="sign_off", first_green_at="sign_off", days_ahead=1)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def row(visit: str, day: int, order: int, rag: str, state: str = "stands") -> RatingRow:
    return RatingRow(
        id=f"{visit}-{order}",
        cause_id=visit,
        visited_on=date(2026, 11, day),
        order=order,
        since=NOON + timedelta(hours=order % 100),
        rag=rag,
        state=state,
    )


@pytest.mark.parametrize(
    ("current", "rag", "provisional", "sets", "expected"),
    [
        (None, "green", False, True, "proposed"),
        (None, "amber", False, True, "stands"),
        (None, "red", True, True, "stands"),
        (None, "green", True, True, "noted"),
        ("green", "red", False, True, "stands"),
        ("amber", "red", True, True, "stands"),
        ("red", "red", False, True, "stands"),
        ("red", "amber", False, True, "proposed"),
        ("red", "green", True, True, "noted"),
        ("red", "green", False, False, None),
        ("green", "green", False, False, None),
        ("green", "red", False, False, "proposed"),
        (None, "red", False, False, None),
    ],
)
def test_at_sign_off(
    current: str | None, rag: str, provisional: bool, sets: bool, expected: str | None
) -> None:
    found = at_sign_off(
        rag, provisional=provisional, sets_rating=sets, current=current, rules=AGREED
    )
    assert found == expected


def test_a_council_may_choose_sign_off() -> None:
    def now(rag: str, *, provisional: bool, current: str | None) -> str | None:
        return at_sign_off(
            rag, provisional=provisional, sets_rating=True, current=current, rules=TRUSTED
        )

    assert now("green", provisional=False, current="red") == "stands"
    assert now("green", provisional=False, current=None) == "stands"
    assert now("green", provisional=True, current="red") == "noted", "whatever the policy"


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("proposed", "stands"),
        ("under_review", "stands"),
        ("stands", None),
        ("noted", None),
        ("withdrawn", None),
        (None, None),
    ],
)
def test_at_approval(state: str | None, expected: str | None) -> None:
    assert at_approval(state) == expected


@pytest.mark.parametrize(
    ("state", "rag", "without", "expected"),
    [
        ("stands", "red", "green", "under_review"),
        ("stands", "amber", None, "under_review"),
        ("under_review", "red", "amber", "under_review"),
        ("stands", "green", "red", "withdrawn"),
        ("stands", "red", "red", "withdrawn"),
        ("stands", "green", None, "withdrawn"),
        ("proposed", "green", "red", "withdrawn"),
        ("proposed", "red", "green", "withdrawn"),
        ("noted", "green", "red", "withdrawn"),
        (None, "red", "green", None),
        ("withdrawn", "red", "green", None),
    ],
)
def test_at_return(state: str | None, rag: str, without: str | None, expected: str | None) -> None:
    assert at_return(state, rag, without=without) == expected


def test_the_day_of_the_visit_decides_and_not_when_it_was_signed_off() -> None:
    new, old = row("new", 10, order=5, rag="red"), row("old", 3, order=9, rag="green")
    assert standing([new, old]) == new


def test_a_proposed_or_noted_rating_changes_nothing() -> None:
    red = row("a", 10, 5, "red")
    assert standing([red, row("b", 12, 6, "green", "proposed")]) == red
    assert standing([red, row("b", 12, 6, "green", "noted")]) == red


def test_a_withdrawn_rating_gives_way_to_the_one_before() -> None:
    red = row("a", 10, 5, "red")
    assert standing([red, row("b", 12, 6, "green"), row("b", 12, 7, "green", "withdrawn")]) == red


def test_a_red_under_review_stands_while_a_correction_waits() -> None:
    rows = [
        row("a", 10, 5, "green"),
        row("b", 12, 6, "red"),
        row("b", 12, 7, "red", "under_review"),
        row("b", 12, 8, "green", "proposed"),
    ]
    found = standing(rows)
    assert found is not None
    assert (found.rag, found.state) == ("red", "under_review")


def test_an_unsent_row_is_the_newest_of_its_day_but_of_no_later_one() -> None:
    sent, unsent = row("a", 10, 5, "amber"), row("b", 10, UNSENT, "red")
    assert standing([sent, unsent]) == unsent
    assert standing([sent, replace(unsent, visited_on=date(2026, 11, 9))]) == sent


RAGS = st.sampled_from(["green", "amber", "red"])


@given(RAGS, RAGS, st.booleans())
def test_no_officer_alone_improves_a_rating(rag: str, current: str, provisional: bool) -> None:
    for sets in (True, False):
        state = at_sign_off(
            rag, provisional=provisional, sets_rating=sets, current=current, rules=AGREED
        )
        if SEVERITY[rag] < SEVERITY[current]:  # type: ignore[index] # values of the enum
            assert state != "stands"


@given(st.permutations(range(1, 8)), st.data())
def test_the_order_of_arrival_within_one_visit_is_all_that_matters(
    arrival: list[int], data: st.DataObject
) -> None:
    states = st.sampled_from(["stands", "proposed", "noted", "under_review", "withdrawn"])
    rows = [
        row(
            data.draw(st.sampled_from("abc")),
            data.draw(st.integers(1, 9)),
            n,
            data.draw(RAGS),
            data.draw(states),
        )
        for n in range(1, 8)
    ]
    assert standing(rows) == standing([rows[n - 1] for n in arrival])


@pytest.mark.parametrize(
    ("state", "current", "rag", "provisional", "expected"),
    [
        ("", None, "green", False, "proposed"),
        ("", "green", "green", False, "stands"),
        ("", "red", "green", True, "noted"),
        ("", None, "unrated", False, ""),
        ("stands", None, "green", False, "stands"),
    ],
)
def test_the_state_of_a_rating_is_the_one_of_its_row_or_of_a_sign_off_now(
    state: str, current: str | None, rag: str, provisional: bool, expected: str
) -> None:
    basis = RatingBasis(current=current, rules=AGREED, state=state)
    assert rating_state(basis, rag, provisional=provisional) == expected
