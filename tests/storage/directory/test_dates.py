"""The order of a date column is decided once, for the whole of it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from visitapp.storage.directory.dates import (
    DateError,
    DateOrder,
    decide_order,
    read_date,
    turned_by_excel,
)

TODAY = date(2026, 11, 29)

DATES = st.lists(st.dates(date(2005, 1, 1), date(2026, 11, 1)), min_size=1, max_size=30)
FORMATS = {DateOrder.DAY_FIRST: "{0:%d/%m/%Y}", DateOrder.MONTH_FIRST: "{0:%m/%d/%Y}"}
UNDECIDABLE = [
    day
    for month in range(1, 13)
    for number in range(1, 13)
    if (day := date(2026, month, number)).weekday() < 5
]


@given(days=DATES, order=st.sampled_from(DateOrder))
def test_a_column_with_one_plain_date_is_read_as_written(
    days: list[date], order: DateOrder
) -> None:
    assume(any(day.day > 12 for day in days))
    texts = [FORMATS[order].format(day) for day in days]
    assert decide_order(texts) is order
    assert [read_date(text, order, TODAY) for text in texts] == days


@given(days=st.lists(st.sampled_from(UNDECIDABLE), min_size=5, max_size=40))
def test_working_days_decide_when_no_date_does(days: list[date]) -> None:
    as_days = [FORMATS[DateOrder.DAY_FIRST].format(day) for day in days]
    swapped = [day.replace(day=day.month, month=day.day) for day in days]
    assume(any(day.weekday() >= 5 for day in swapped))
    assert decide_order(as_days) is DateOrder.DAY_FIRST
    as_months = [FORMATS[DateOrder.MONTH_FIRST].format(day) for day in days]
    assert decide_order(as_months) is DateOrder.MONTH_FIRST


def test_a_slip_of_the_pen_does_not_turn_a_whole_file() -> None:
    assert decide_order(["05/29/2026"] * 20 + ["29/05/2026"]) is DateOrder.MONTH_FIRST


@pytest.mark.parametrize("texts", [[], ["", "-", "soon"], ["2026-05-29"], ["05/05/2026"]])
def test_without_a_hint_the_day_comes_first(texts: list[str]) -> None:
    assert decide_order(texts) is DateOrder.DAY_FIRST


@pytest.mark.parametrize(
    "text",
    [
        "29/05/2026",
        "29-05-2026",
        "29.5.26",
        "2026-05-29",
        "2026-05-29T00:00:00Z",
        "29 May 2026",
        "29-May-26",
        " 29/05/2026 00:00 ",
        "29 may, 2026",
    ],
)
def test_the_spellings_of_a_date(text: str) -> None:
    assert read_date(text, DateOrder.DAY_FIRST, TODAY) == date(2026, 5, 29)


@pytest.mark.parametrize("text", ["", " ", "-"])
def test_a_blank_is_none(text: str) -> None:
    assert read_date(text, DateOrder.DAY_FIRST, TODAY) is None


@pytest.mark.parametrize(
    "text", ["soon", "32/01/2026", "29/02/2025", "2026", "5/2026", "29 Foo 2026", "0/0/0000"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(DateError, match="is not a date"):
        read_date(text, DateOrder.DAY_FIRST, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "29th May 2026",
        "29 Sept. 2026",
        "May 29, 2026",
        "may 29th 2026",
        "2026/05/29",
        "2026.05.29 10:00",
        "46171",
        "46171.0",
        "20260529",
        "Fri 29 May 2026",
        "Friday, 29th May 2026",
        "29 May 2026 10:00",
        "Friday, May 29, 2026",
    ],
)
def test_more_spellings_of_a_date(text: str) -> None:
    month = 9 if "Sept" in text else 5
    assert read_date(text, DateOrder.MONTH_FIRST, TODAY) == date(2026, month, 29)


@pytest.mark.parametrize(
    "text", ["12345", "99999", "29 Mayor 2026", "Ma 29, 2026", "2026-29-05", "20262905"]
)
def test_more_that_is_no_date(text: str) -> None:
    with pytest.raises(DateError):
        read_date(text, DateOrder.DAY_FIRST, TODAY)


@pytest.mark.parametrize("text", ["31/12/2099", "30/11/2026", "2027-01-01"])
def test_a_date_after_today_is_named(text: str) -> None:
    with pytest.raises(DateError, match="after today"):
        read_date(text, DateOrder.DAY_FIRST, TODAY)


@given(
    days=st.lists(st.dates(date(2005, 1, 1), date(2026, 11, 29)), min_size=1, max_size=30),
    order=st.sampled_from(list(DateOrder)),
)
def test_dates_that_excel_turned_are_seen(days: list[date], order: DateOrder) -> None:
    """The other country's Excel makes real dates of those with two readings, and only of those."""
    month_first = order is DateOrder.MONTH_FIRST
    cells = []
    for day in days:
        if day.day <= 12:
            cells.append(f"{day.year}-{day.day:02}-{day.month:02}")
        else:
            cells.append(f"{day:%m/%d/%Y}" if month_first else f"{day:%d/%m/%Y}")
    mixed = any("/" in cell for cell in cells) and any("-" in cell for cell in cells)
    assert turned_by_excel(cells) is mixed
    assert not turned_by_excel([cell for cell in cells if "/" in cell])
    assert not turned_by_excel([day.isoformat() for day in days])
