"""The placement position that follows from a rating."""

from __future__ import annotations

import pytest

from visitapp.rules.placement import placements


@pytest.mark.parametrize(
    ("rag", "position"),
    [
        ("green", "Open"),
        ("unrated", "Not yet assessed"),
        ("amber", "Open, with a condition"),
        ("red", "Closed to new"),
    ],
)
def test_the_traffic_light_decides_placements(rag: str, position: str) -> None:
    assert str(placements(rag).position) == position


def test_only_a_restriction_carries_a_note() -> None:
    assert str(placements("green").note) == ""
    assert "senior manager" in str(placements("red").note)
    assert str(placements("amber").note)
