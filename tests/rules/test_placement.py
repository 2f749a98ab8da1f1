"""Which decision on placements stands, when a Red closes, and what waits for a decision."""

from __future__ import annotations

from datetime import UTC, date, datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from visitapp.rules.choices import Position, PositionSource, Rag, RatingState
from visitapp.rules.placement import (
    RESTRICTION,
    PositionRow,
    Standing,
    before,
    closes_at_once,
    standing_position,
    waits_for,
)
from visitapp.rules.ratings import RatingRow

TODAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def decided(id_: str, position: str, replaces: str | None = None, **other: object) -> PositionRow:
    row = PositionRow(
        id=id_,
        replaces_id=replaces,
        settles_id=None,
        position=position,
        source=PositionSource.RATING,
        interim=False,
        review_on=None,
        lapses_on=None,
        rag=Rag.GREEN,
        order=int(id_),
        since=NOON,
    )
    return replace(row, **other)


def test_a_setting_without_a_decision_is_not_assessed() -> None:
    assert standing_position([]) == Standing(None)
    assert standing_position([]).position == Position.NOT_ASSESSED


def test_a_decision_stands_until_another_replaces_it() -> None:
    rows = [decided("1", "closed"), decided("2", "open", "1")]
    assert standing_position(rows) == Standing(rows[1])


def test_of_two_that_met_the_more_restrictive_stands_until_settled() -> None:
    rows = [decided("1", "open"), decided("2", "closed", "1"), decided("3", "conditional", "1")]
    met = standing_position(rows)
    assert met.position == Position.CLOSED
    assert met.others == (rows[2],)
    later = decided("4", "conditional", "2")
    assert standing_position([*rows, later]).others, "whoever decided it did not know of the other"
    settled = replace(later, settles_id="3")
    assert standing_position([*rows, settled]) == Standing(settled)


def test_what_rests_on_a_decision_goes_with_it() -> None:
    rows = [
        decided("1", "open"),
        decided("2", "closed", "1"),
        decided("3", "conditional", "2"),
        decided("4", "open", "3"),
        decided("5", "closed", "1", settles_id="4"),
    ]
    assert before(rows, "2") == rows[:1]
    assert before(rows, "5") == rows[:4]
    assert before(rows, "unknown") == rows


CHAINS = st.lists(
    st.tuples(st.integers(0, 5), st.none() | st.integers(0, 5), st.sampled_from(Position)),
    max_size=6,
)


@given(CHAINS, st.randoms())
def test_nothing_opens_a_closed_setting_but_a_decision_that_names_the_closing(
    chain: list[tuple[int, int | None, Position]], random: Random
) -> None:
    rows = [
        decided(
            str(number),
            position,
            str(replaced) if replaced < number else None,
            settles_id=str(settled) if settled is not None and settled < number else None,
        )
        for number, (replaced, settled, position) in enumerate(chain)
    ]
    stands = standing_position(rows)
    named = {row.replaces_id for row in rows} | {row.settles_id for row in rows}
    unnamed = [row for row in rows if row.id not in named]
    assert RESTRICTION[stands.position] == max(
        (RESTRICTION[Position(row.position)] for row in unnamed), default=0
    )
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert standing_position(shuffled).row == stands.row


def rated(rag: str, visit: str = "v") -> RatingRow:
    return RatingRow(
        id=f"{visit}-{rag}",
        cause_id=visit,
        visited_on=TODAY,
        order=1,
        since=NOON,
        rag=rag,
        state=RatingState.STANDS,
    )


@pytest.mark.parametrize(
    ("before", "after", "position", "closes"),
    [
        (None, rated("red"), "not_assessed", True),
        (rated("green", "old"), rated("red"), "open", True),
        (rated("amber", "old"), rated("red"), "conditional", True),
        (rated("red", "old"), rated("red"), "conditional", True),
        (rated("red"), rated("red"), "conditional", False),
        (rated("green", "old"), rated("red"), "closed", False),
        (rated("green", "old"), rated("amber"), "open", False),
        (rated("red", "old"), rated("green"), "closed", False),
        (rated("red", "old"), None, "open", False),
    ],
)
def test_a_red_that_stands_closes_at_once(
    before: RatingRow | None, after: RatingRow | None, position: str, closes: bool
) -> None:
    assert closes_at_once(before, after, position) is closes


OPEN = decided("1", "open")
OVERDUE = decided("1", "closed", review_on=date(2026, 11, 21), rag=Rag.RED)
WAITING = [
    (Standing(None), None, False, []),
    (Standing(None), "unrated", False, []),
    (Standing(None), "green", False, ["nobody has decided"]),
    (Standing(OPEN), "green", False, []),
    (Standing(OPEN), "amber", False, ["changed"]),
    (Standing(OPEN), "green", True, ["regulator"]),
    (Standing(replace(OPEN, rag=Rag.AMBER)), "amber", False, []),
    (Standing(replace(OPEN, rag=Rag.AMBER)), "green", False, []),
    (Standing(replace(OPEN, source="carried_over")), "green", False, ["Carried over"]),
    (Standing(OVERDUE), "red", True, ["overdue"]),
    (Standing(replace(OVERDUE, review_on=TODAY)), "red", False, []),
    (Standing(OVERDUE), "green", False, ["changed", "overdue"]),
    (Standing(replace(OPEN, position="closed", interim=True)), "red", False, ["Red"]),
    (Standing(OPEN, (OPEN,)), "green", False, ["met"]),
]


@pytest.mark.parametrize(("standing", "rag", "banned", "why"), WAITING)
def test_what_waits_for_a_decision(
    standing: Standing, rag: str | None, banned: bool, why: list[str]
) -> None:
    found = [str(one) for one in waits_for(standing, rag, banned=banned, today=TODAY)]
    assert len(found) == len(why), found
    assert all(word in sentence for word, sentence in zip(why, found, strict=True))
