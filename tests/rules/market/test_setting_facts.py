"""Facts over time: which one holds, and how often it changed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from visitapp.rules.market.setting_facts import Fact, changes, holds, in_order

TODAY = date(2026, 11, 30)
MADE = datetime(2026, 11, 30, 9, tzinfo=UTC)


def fact(
    content: str,
    as_of: date,
    starts_on: date | None = None,
    ends_on: date | None = None,
    *,
    id: str = "",  # noqa: A002 the field's name
    corrects: str | None = None,
) -> Fact:
    return Fact(
        id=id or f"{content} {as_of} {starts_on}",
        content=content,
        starts_on=starts_on,
        ends_on=ends_on,
        as_of=as_of,
        made_at=MADE,
        corrects_id=corrects,
    )


LONG_AGO = fact("Maud Ferrier", date(2024, 5, 1), date(2020, 1, 1))
NEW = fact("Edwin Tallis", date(2026, 9, 1), date(2026, 8, 1))


def test_the_latest_that_has_begun_holds() -> None:
    later = fact("Orla Penrose", date(2026, 11, 1), date(2027, 1, 1))
    assert holds([NEW, LONG_AGO, later], TODAY) is NEW
    assert holds([later], TODAY) is None
    assert holds([], TODAY) is None


def test_what_was_learned_late_does_not_go_before_what_began_later() -> None:
    learned = fact("Maud Ferrier", date(2026, 11, 20), date(2020, 1, 1))
    assert holds([NEW, learned], TODAY) is NEW


def test_a_fact_that_ended_holds_no_more() -> None:
    left = fact("Maud Ferrier", date(2026, 9, 1), date(2020, 1, 1), date(2026, 8, 31))
    assert holds([left], TODAY) is None
    assert holds([left], date(2026, 8, 31)) is left


def test_a_corrected_fact_counts_for_nothing() -> None:
    right = fact("Edwina Tallis", date(2026, 9, 2), date(2026, 8, 1), corrects=NEW.id)
    assert in_order([LONG_AGO, NEW, right]) == [LONG_AGO, right]
    found = changes([LONG_AGO, NEW, right], TODAY)
    assert found is not None
    assert (found.count, found.latest) == (1, right)


@pytest.mark.parametrize(
    ("facts", "count", "complete"),
    [
        ([LONG_AGO], 0, False),
        ([LONG_AGO, fact("maud ferrier", date(2026, 10, 1))], 0, True),
        ([LONG_AGO, fact("Maud Ferrier", date(2026, 4, 1))], 0, False),
        ([LONG_AGO, NEW], 1, True),
        ([NEW], 1, False),
        ([fact("Edwin Tallis", date(2026, 9, 1))], 0, False),
        ([LONG_AGO, NEW, fact("Orla Penrose", date(2026, 11, 1))], 2, True),
        ([LONG_AGO, fact("", date(2026, 10, 1))], 1, True),
    ],
)
def test_how_often_it_changed_in_twelve_months(
    facts: list[Fact], count: int, complete: bool
) -> None:
    found = changes(facts, TODAY)
    assert found is not None
    assert (found.count, found.complete) == (count, complete)


def test_nothing_known_says_nothing() -> None:
    assert changes([], TODAY) is None
    assert changes([fact("Orla Penrose", TODAY, date(2027, 1, 1))], TODAY) is None
