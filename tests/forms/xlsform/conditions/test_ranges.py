"""Comparisons with constants that no value can meet together."""

from __future__ import annotations

import pytest

from forms.xlsform.conditions.ranges import can_hold


@pytest.mark.parametrize(
    "comparisons",
    [
        [(">", "5"), ("<", "3")],
        [(">", "5"), ("<=", "5")],
        [("==", "5"), ("==", "6.5")],
        [("==", "'a'"), ("==", "'b'")],
        [(">", "'2026-01-01'"), ("<", "'2025-01-01'")],
    ],
)
def test_no_value_meets_them(comparisons: list[tuple[str, str]]) -> None:
    assert not can_hold(comparisons)


@pytest.mark.parametrize(
    "comparisons",
    [
        [],
        [(">", "5"), ("<", "5.5")],
        [(">=", "-5"), ("<=", "-5")],
        [("!=", "5"), ("!=", "6")],
        [(">", "'2025-01-01'"), ("<", "'2026-01-01'")],
        [(">", "today()"), ("<", "today()")],
    ],
)
def test_a_value_may_meet_them(comparisons: list[tuple[str, str]]) -> None:
    assert can_hold(comparisons)
