"""Days in the language of the program; a day that a field shows can be read back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from visitapp.dates import in_english, long_day, short_day, short_weekday, typed_day, weekday
from visitapp.language import choose_language

FIRST = date(2026, 1, 1)
YEAR = [FIRST + timedelta(days=days) for days in range(365)]


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    choose_language("en")


def test_every_day_of_a_year_is_worded_as_the_calendar_of_python_has_it() -> None:
    assert [long_day(day) for day in YEAR] == [f"{day.day} {day:%B %Y}" for day in YEAR]
    assert [short_day(day) for day in YEAR] == [f"{day.day} {day:%b %Y}" for day in YEAR]
    assert [weekday(day) for day in YEAR] == [f"{day:%A}" for day in YEAR]


@pytest.mark.parametrize("language", ["en", "cy", "qps"])
def test_a_day_that_a_field_shows_is_read_back(language: str) -> None:
    choose_language(language)
    shown = [f"{short_weekday(day)} {typed_day(day)}" for day in YEAR]
    assert [in_english(text) for text in shown] == [f"{day:%a} {day.day} {day:%b %Y}".lower()
                                                    for day in YEAR]  # fmt: skip
