"""Working days, by the bank holidays that gov.uk lists for each nation."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.rules.visiting.working_days import Calendar, Nation, bank_holidays, is_weekend

ENGLAND, SCOTLAND = Calendar("england-and-wales"), Calendar("scotland")
IRELAND = Calendar("northern-ireland")
DAYS = st.dates(date(2015, 1, 1), date(2060, 12, 31))
CALENDARS = st.sampled_from([ENGLAND, SCOTLAND, IRELAND])


@pytest.mark.parametrize(
    ("nation", "year", "listed"),
    [
        (
            "england-and-wales",
            2026,
            "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
        ),
        (
            "scotland",
            2026,
            "01-01 01-02 04-03 05-04 05-25 06-15 08-03 11-30 12-25 12-28",
        ),
        (
            "northern-ireland",
            2026,
            "01-01 03-17 04-03 04-06 05-04 05-25 07-13 08-31 12-25 12-28",
        ),
        (
            "england-and-wales",
            2027,
            "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
        ),
        (
            "scotland",
            2027,
            "01-01 01-04 03-26 05-03 05-31 08-02 11-30 12-27 12-28",
        ),
        (
            "england-and-wales",
            2022,
            "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
        ),
        (
            "scotland",
            2022,
            "01-03 01-04 04-15 05-02 06-02 06-03 08-01 09-19 11-30 12-26 12-27",
        ),
        (
            "england-and-wales",
            2023,
            "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
        ),
        (
            "england-and-wales",
            2020,
            "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
        ),
    ],
)
def test_the_bank_holidays_are_those_that_were_proclaimed(
    nation: Nation, year: int, listed: str
) -> None:
    found = sorted(bank_holidays(nation, year))
    assert " ".join(f"{day:%m-%d}" for day in found) == listed


@pytest.mark.parametrize(
    ("calendar", "day", "works"),
    [
        (ENGLAND, date(2026, 12, 24), True),
        (ENGLAND, date(2026, 12, 26), False),  # a Saturday
        (ENGLAND, date(2026, 12, 28), False),  # held on the Monday
        (ENGLAND, date(2026, 12, 29), True),
        (ENGLAND, date(2026, 4, 6), False),  # Easter Monday
        (SCOTLAND, date(2026, 4, 6), True),
        (SCOTLAND, date(2026, 6, 15), False),
        (ENGLAND, date(2026, 6, 15), True),
        (IRELAND, date(2026, 7, 13), False),
        (ENGLAND, date(2026, 7, 13), True),
    ],
)
def test_a_nation_works_when_it_has_no_holiday(calendar: Calendar, day: date, works: bool) -> None:
    assert calendar.is_working(day) is works


def test_ten_working_days_over_christmas() -> None:
    assert ENGLAND.add(date(2026, 12, 21), 10) == date(2027, 1, 7)
    closed = Calendar("england-and-wales", frozenset({date(2026, 12, 29), date(2026, 12, 30)}))
    assert closed.add(date(2026, 12, 21), 10) == date(2027, 1, 11)


def test_day_one_is_the_day_after() -> None:
    assert ENGLAND.add(date(2026, 11, 30), 1) == date(2026, 12, 1)
    assert ENGLAND.add(date(2026, 11, 28), 1) == date(2026, 11, 30)
    assert ENGLAND.add(date(2026, 11, 28), 0) == date(2026, 11, 30)


@given(calendar=CALENDARS, day=DAYS, days=st.integers(0, 40))
def test_adding_ends_on_a_working_day_and_counts_as_between(
    calendar: Calendar, day: date, days: int
) -> None:
    end = calendar.add(day, days)
    assert calendar.is_working(end)
    if days:
        assert calendar.between(day, end) == days


@given(calendar=CALENDARS, day=DAYS)
def test_the_nearest_working_days_are_near(calendar: Calendar, day: date) -> None:
    later, earlier = calendar.working_day(day), calendar.last_working_day(day)
    assert calendar.is_working(later)
    assert calendar.is_working(earlier)
    assert timedelta(0) <= later - day <= timedelta(days=5)
    assert timedelta(0) <= day - earlier <= timedelta(days=5)


@given(calendar=CALENDARS, year=st.integers(2015, 2060))
def test_no_bank_holiday_is_at_a_weekend(calendar: Calendar, year: int) -> None:
    found = bank_holidays(calendar.nation, year)
    assert not any(is_weekend(day) for day in found)
    assert 8 <= len(found) <= 12
