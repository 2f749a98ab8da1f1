"""Documents that expire: which stand, and which are due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.rules.market.documents import (
    SOON,
    Paper,
    Validity,
    document_fault,
    validities,
)

TODAY = date(2026, 11, 30)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("expires_on", "validity"),
    [
        (None, Validity.VALID),
        (TODAY - DAY, Validity.EXPIRED),
        (TODAY, Validity.DUE_SOON),
        (TODAY + SOON, Validity.DUE_SOON),
        (TODAY + SOON + DAY, Validity.VALID),
    ],
)
def test_a_document_is_due_thirty_days_before_its_last_day(
    expires_on: date | None, validity: Validity
) -> None:
    assert validities([Paper("1", expires_on, None, None)], TODAY) == {"1": validity}


def test_a_replaced_or_withdrawn_document_is_never_due() -> None:
    gone = TODAY - DAY
    papers = [
        Paper("1", gone, None, None),
        Paper("2", gone, "1", None),
        Paper("3", TODAY + 90 * DAY, "2", None),
        Paper("4", gone, None, TODAY),
    ]
    assert validities(papers, TODAY) == {
        "1": Validity.REPLACED,
        "2": Validity.REPLACED,
        "3": Validity.VALID,
        "4": Validity.WITHDRAWN,
    }


def test_a_withdrawn_edition_replaces_nothing() -> None:
    papers = [Paper("1", TODAY - DAY, None, None), Paper("2", TODAY + 90 * DAY, "1", TODAY)]
    assert validities(papers, TODAY)["1"] is Validity.EXPIRED


days = st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31))


@given(days, days)
def test_the_days_of_a_document_are_in_order(
    issued_on: date | None, expires_on: date | None
) -> None:
    late = issued_on is not None and issued_on > TODAY
    reversed_ = issued_on is not None and expires_on is not None and expires_on < issued_on
    assert (document_fault(issued_on, expires_on, TODAY) is not None) == (late or reversed_)
