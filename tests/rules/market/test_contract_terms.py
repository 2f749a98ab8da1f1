"""The terms of a contract: its options to extend, the days on which something is decided."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.rules.choices import ServiceType
from visitapp.rules.market.contract_terms import (
    decide_by,
    extension_fault,
    extension_options,
    is_near,
    is_reminded,
    open_options,
    phase,
    possible_ends,
    service_types,
)

END = date(2027, 3, 31)
TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("text", "options"),
    [("12+12", (12, 12)), (" 12 + 6 ", (12, 6)), ("", ()), ("12+", ()), ("0", ()), ("121", ())],
)
def test_options_to_extend(text: str, options: tuple[int, ...]) -> None:
    assert extension_options(text) == options
    assert (extension_fault(text) is None) == (bool(options) or not text)


@given(text=st.text(max_size=12), end=st.none() | st.dates(), months=st.none() | st.integers())
def test_whatever_a_record_holds_is_read(text: str, end: date | None, months: int | None) -> None:
    """Somebody else's program may have sent it."""
    ends = possible_ends(end, text)
    assert ends == sorted(ends)
    decide_by(end, months, ends)
    service_types(text)


def test_the_ends_that_are_still_possible() -> None:
    assert possible_ends(END, "12+12") == [date(2028, 3, 31), date(2029, 3, 31)]
    assert open_options(END, date(2028, 3, 31), "12+12") == [date(2029, 3, 31)]
    assert open_options(None, None, "12+12") == []
    assert open_options(END, None, "1+1") == [date(2027, 4, 30), date(2027, 5, 30)]


def test_when_an_extension_must_be_decided() -> None:
    options = possible_ends(END, "12")
    assert decide_by(END, 2, options) == date(2027, 1, 31)
    assert decide_by(END, 2, []) is None, "nothing is left to decide"
    assert decide_by(END, None, options) is None
    assert decide_by(None, 2, options) is None


@pytest.mark.parametrize(
    ("status", "starts_on", "expected"),
    [
        ("live", date(2026, 12, 1), "mobilising"),
        ("live", TODAY, "live"),
        ("live", None, "live"),
        ("extended", date(2026, 12, 1), "extended"),
        ("ended", None, "ended"),
    ],
)
def test_where_a_contract_is(status: str, starts_on: date | None, expected: str) -> None:
    assert phase(status, starts_on, TODAY) == expected


def test_near_is_within_a_year_or_past() -> None:
    assert is_near([None, date(2027, 11, 30)], TODAY)
    assert is_near([date(2025, 1, 1)], TODAY)
    assert not is_near([None, date(2027, 12, 1)], TODAY)


def test_services_that_are_none_are_left_out() -> None:
    found = service_types("nursing, residential,,made_up")
    assert found == (ServiceType.NURSING, ServiceType.RESIDENTIAL)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 3, 30), False),
        (date(2026, 3, 31), True),
        (date(2026, 4, 13), True),
        (date(2026, 4, 14), False),
        (date(2026, 9, 30), True),
        (date(2026, 11, 30), False),
        (date(2026, 12, 31), True),
        (date(2027, 5, 1), True),
    ],
)
def test_a_day_is_said_for_two_weeks_and_always_when_it_is_near(
    today: date, expected: bool
) -> None:
    assert is_reminded(date(2027, 3, 31), today, (12, 6, 3)) == expected
