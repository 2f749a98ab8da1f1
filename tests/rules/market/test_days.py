"""Days of a contract and of a setting under it: which can be."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.rules.market.days import (
    Term,
    extension_day_fault,
    last_day_fault,
    notice_fault,
    order_fault,
    place_fault,
    term_fault,
)

START, END, LATER = date(2024, 4, 1), date(2027, 3, 31), date(2028, 3, 31)
TERM = Term(START, END)
EXTENDED = Term(START, END, LATER)
ENDING = Term(START, END, None, date(2026, 12, 31))
DAY = timedelta(days=1)
days = st.none() | st.dates(date(2020, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("term", "said"),
    [
        (TERM, None),
        (Term(START, START), None),
        (Term(None, END), None),
        (EXTENDED, None),
        (Term(END, START), "The end date is before the start date."),
        (Term(START, LATER, LATER), "extended to 31 Mar 2028"),
    ],
)
def test_the_days_of_a_contract_are_in_order(term: Term, said: str | None) -> None:
    fault = term_fault(term)
    assert fault is None if said is None else said in str(fault)


@pytest.mark.parametrize(
    ("term", "until", "said"),
    [
        (TERM, END + DAY, None),
        (TERM, END, "The contract already runs until 31 Mar 2027."),
        (EXTENDED, LATER, "runs until 31 Mar 2028"),
        (Term(START), START - DAY, "The contract starts on 1 Apr 2024."),
        (Term(), START, None),
    ],
)
def test_an_extension_ends_later_than_what_it_extends(
    term: Term, until: date, said: str | None
) -> None:
    fault = extension_day_fault(term, until)
    assert fault is None if said is None else said in str(fault)


def test_a_contract_ends_on_no_day_before_its_start() -> None:
    assert last_day_fault(TERM, START) is None
    assert "starts on 1 Apr 2024" in str(last_day_fault(TERM, START - DAY))
    assert last_day_fault(Term(None, END), START - DAY) is None


@pytest.mark.parametrize(
    ("term", "day", "said"),
    [
        (TERM, START - DAY, "The contract starts on 1 Apr 2024."),
        (TERM, START, None),
        (TERM, END, None),
        (TERM, END + DAY, "The contract ends on 31 Mar 2027, so its last day by notice"),
        (EXTENDED, LATER, None),
        (EXTENDED, LATER + DAY, "The contract ends on 31 Mar 2028"),
        (ENDING, END, None),
        (Term(START), LATER, None),
    ],
)
def test_notice_is_for_a_day_of_the_contract(term: Term, day: date, said: str | None) -> None:
    fault = notice_fault(term, day)
    assert fault is None if said is None else said in str(fault)


@pytest.mark.parametrize(
    ("term", "day", "said"),
    [
        (TERM, START, None),
        (TERM, END, None),
        (TERM, START - DAY, "Contract C-1 starts on 1 Apr 2024"),
        (TERM, END + DAY, "Contract C-1 ends on 31 Mar 2027"),
        (EXTENDED, END + DAY, None),
        (ENDING, END, "Contract C-1 ends on 31 Dec 2026"),
        (Term(), START, None),
    ],
)
def test_a_setting_is_under_a_contract_within_its_days(
    term: Term, day: date, said: str | None
) -> None:
    fault = place_fault(term, [day, None], "C-1")
    assert fault is None if said is None else said in str(fault)


@given(days, days, days)
def test_a_day_is_refused_exactly_when_it_is_outside(
    starts_on: date | None, ends_on: date | None, day: date | None
) -> None:
    outside = day is not None and (
        (starts_on is not None and day < starts_on) or (ends_on is not None and day > ends_on)
    )
    assert (place_fault(Term(starts_on, ends_on), [day], "C") is not None) == outside
    reversed_ = starts_on is not None and ends_on is not None and ends_on < starts_on
    assert (order_fault(starts_on, ends_on) is not None) == reversed_
