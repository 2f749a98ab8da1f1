"""The mark of an answer that was found unchanged."""

from __future__ import annotations

from datetime import date

import pytest

from visitapp.rules.visiting.confirmed import from_mark, to_mark

DAY = date(2026, 6, 1)


def test_a_mark_names_its_day_while_it_is_about_the_value() -> None:
    mark = to_mark(DAY, "met")
    assert from_mark(mark, "met") == DAY
    assert from_mark(mark, "partly") is None
    assert from_mark(to_mark(DAY, None), None) is None


@pytest.mark.parametrize(
    "mark", [None, "", 3, [], {}, {"from": "June", "value": "met"}, {"from": 1, "value": "met"}]
)
def test_one_that_cannot_be_read_is_none(mark: object) -> None:
    assert from_mark(mark, "met") is None
