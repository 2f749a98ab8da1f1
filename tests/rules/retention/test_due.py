"""Until when a record is kept: by tables, and as rules that hold for any days."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.records import KINDS
from visitapp.rules.retention.classes import CLOCKS, KEPT, TRAIL
from visitapp.rules.retention.due import (
    Span,
    concern_kept_until,
    photo_kept_until,
    setting_kept_until,
    work_kept_until,
    years_after,
)

DAYS = st.dates(date(2000, 1, 1), date(2050, 1, 1))
MAYBE = st.none() | DAYS
YEARS = st.integers(1, 20)
SPANS = st.lists(
    st.builds(Span, starts_on=MAYBE, ends_on=MAYBE, ended_on=MAYBE, years=YEARS), max_size=4
)


def span(first: int, last: int | None, years: int = 6) -> Span:
    """A contract over whole years; without a last one it still runs."""
    ended = date(last, 12, 31) if last else None
    return Span(starts_on=date(first, 1, 1), ends_on=ended, ended_on=ended, years=years)


def test_every_kind_has_a_class_or_is_kept() -> None:
    """A new kind is added to `CLOCKS`, or to `KEPT` with the reason; until then it is kept."""
    assert {*CLOCKS, *KEPT, *TRAIL} == set(KINDS)
    assert not CLOCKS.keys() & (KEPT | TRAIL)


@pytest.mark.parametrize(
    ("day", "spans", "closed", "until"),
    [
        (2015, [span(2014, 2017)], None, date(2023, 12, 31)),
        (2015, [span(2014, 2017), span(2018, None)], None, date(2023, 12, 31)),
        (2015, [span(2014, 2017, 12)], None, date(2029, 12, 31)),
        (2015, [span(2014, 2017), span(2012, 2019)], None, date(2025, 12, 31)),
        (2015, [span(2014, None)], None, None),
        (2015, [span(2016, None)], None, None),
        (2013, [span(2014, 2017)], None, date(2023, 12, 31)),
        (2020, [span(2014, 2017)], None, date(2026, 6, 1)),
        (2015, [], None, None),
        (2015, [], 2017, date(2023, 6, 1)),
        (2019, [], 2017, date(2025, 6, 1)),
    ],
)
def test_work_is_kept_as_long_as_the_contracts_of_its_day(
    day: int, spans: list[Span], closed: int | None, until: date | None
) -> None:
    closed_on = date(closed, 6, 1) if closed else None
    assert work_kept_until(date(day, 6, 1), spans, closed_on, 6) == until


@pytest.mark.parametrize(
    ("spans", "closed", "until"),
    [
        ([span(2014, 2017)], None, None),
        ([span(2014, 2017)], 2018, date(2024, 6, 1)),
        ([span(2014, 2017, 12)], 2018, date(2029, 12, 31)),
        ([span(2014, None)], 2018, None),
        ([], 2018, date(2024, 6, 1)),
    ],
)
def test_what_describes_a_setting_is_kept_while_it_is_open_or_under_a_contract(
    spans: list[Span], closed: int | None, until: date | None
) -> None:
    closed_on = date(closed, 6, 1) if closed else None
    assert setting_kept_until(date(2015, 6, 1), spans, closed_on, 6) == until


@pytest.mark.parametrize(
    ("ended", "until"),
    [
        ([date(2020, 2, 29)], date(2022, 3, 1)),
        ([date(2020, 5, 1), date(2021, 5, 1)], date(2023, 5, 1)),
        ([date(2020, 5, 1), None], None),
        ([], None),
    ],
)
def test_a_photo_is_kept_from_the_last_verification(
    ended: list[date | None], until: date | None
) -> None:
    assert photo_kept_until(ended, 2) == until


@given(DAYS, SPANS, MAYBE, YEARS)
def test_nothing_goes_while_a_contract_of_its_day_runs_nor_before_its_own_period(
    day: date, spans: list[Span], closed: date | None, years: int
) -> None:
    until = work_kept_until(day, spans, closed, years)
    covering = [one for one in spans if one.covers(day)]
    if any(one.ended_on is None for one in covering or spans):
        assert until is None
    if until is not None:
        own = years_after(day, years)
        assert own is not None
        assert until >= own
        for one in covering:
            assert one.kept_until is not None
            assert until >= one.kept_until


@given(DAYS, SPANS, MAYBE, YEARS, YEARS)
def test_a_longer_period_never_ends_earlier(
    day: date, spans: list[Span], closed: date | None, years: int, more: int
) -> None:
    shorter = work_kept_until(day, spans, closed, years)
    longer = work_kept_until(day, spans, closed, years + more)
    assert (shorter is None) == (longer is None)
    assert shorter is None or longer is None or longer >= shorter


@given(DAYS, SPANS, DAYS, YEARS)
def test_what_describes_a_setting_is_kept_as_long_as_any_work_there(
    day: date, spans: list[Span], closed: date, years: int
) -> None:
    work = work_kept_until(day, spans, closed, years)
    setting = setting_kept_until(day, spans, closed, years)
    assert setting is None or (work is not None and work <= setting)


@pytest.mark.parametrize(
    ("closed", "work", "until"),
    [
        (date(2018, 6, 1), date(2020, 1, 1), date(2026, 6, 1)),
        (date(2018, 6, 1), date(2030, 1, 1), date(2030, 1, 1)),
        (None, date(2020, 1, 1), None),
        (date(2018, 6, 1), None, None),
    ],
)
def test_a_concern_is_kept_from_its_closing_and_as_long_as_the_work_of_its_day(
    closed: date | None, work: date | None, until: date | None
) -> None:
    assert concern_kept_until(closed, work, 8) == until
