"""Signatures as they are kept: by party, bounded, and nothing that cannot be read."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from visitapp.rules.visiting.signatures import (
    MOST_POINTS,
    Party,
    Signature,
    from_marks,
    points,
    thinned,
    to_marks,
)

SIGNED = Signature(
    party=Party.PROVIDER,
    name="Jonet Sallow",
    at=datetime(2026, 11, 22, 15, 14, tzinfo=UTC),
    of="0123456789abcdef",
    strokes=[[(0, 0), (1000, 300)]],
)


def test_they_come_back_as_they_were_the_councils_first() -> None:
    council = Signature(party=Party.COUNCIL, name="Asha Verrin", at=SIGNED.at, of="")
    assert from_marks(to_marks([SIGNED, council])) == [council, SIGNED]
    assert to_marks([]) is None


@pytest.mark.parametrize(
    "change",
    [
        {"strokes": [[[0, 5000]]]},
        {"strokes": [[[0]]]},
        {"strokes": [[[n % 1000, 0] for n in range(MOST_POINTS + 1)]]},
        {"name": ""},
        {"name": "n" * 200},
        {"party": "council"},
        {"at": "yesterday"},
    ],
)
def test_one_that_cannot_be_meant_is_left_out(change: dict[str, Any]) -> None:
    marks = to_marks([SIGNED])
    assert marks is not None
    assert from_marks({"provider": {**marks["provider"], **change}}) == []


@pytest.mark.parametrize("marks", [None, [], "signed", {"provider": 3}, {"nobody": {}}])
def test_what_another_program_made_raises_nothing(marks: object) -> None:
    assert from_marks(marks) == []


def test_a_long_drawing_is_thinned_and_keeps_its_ends() -> None:
    drawing = [[(n % 1000, n % 300) for n in range(20_000)], [(7, 7)]]
    found = thinned(drawing)
    assert points(found) <= MOST_POINTS
    assert (found[0][0], found[0][-1], found[1]) == (drawing[0][0], drawing[0][-1], [(7, 7)])
