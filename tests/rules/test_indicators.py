"""How what records say becomes a value of a risk model's scale."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from forms.catalogue.catalogue import shipped
from forms.format.sources import SOURCES
from forms.model import Form, Question
from forms.rating.answers import check_answers
from visitapp.rules.indicators import (
    Filled,
    from_mark,
    hygiene_value,
    manager_value,
    regulator_value,
    to_mark,
)

LIBRARY = shipped()
MODELS = [LIBRARY.form(found.id) for found in LIBRARY.summaries() if found.kind == "risk"]


def filled_by(source: str) -> list[tuple[Form, Question]]:
    return [
        (form, question)
        for form in MODELS
        for question in form.questions.values()
        if question.source == source
    ]


def test_every_source_that_a_form_names_is_declared() -> None:
    named = {
        question.source
        for found in LIBRARY.summaries()
        for question in LIBRARY.form(found.id).questions.values()
        if question.source
    }
    assert named
    assert named - SOURCES.keys() == set()


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("Outstanding", "outstanding"),
        ("Good", "good"),
        ("Requires improvement", "requires_improvement"),
        ("Requires  Improvement", "requires_improvement"),
        ("Inadequate", "inadequate"),
        ("6", "grade_6"),
        ("1", "grade_1"),
        ("", "not_rated"),
        ("Insufficient evidence to rate", "not_rated"),
    ],
)
def test_a_regulators_words_are_on_the_scale_of_every_model(words: str, value: str) -> None:
    assert regulator_value(words) == value
    for form, question in filled_by("regulator.overall"):
        assert check_answers(form, {question.id: {"value": value}}) == []


@pytest.mark.parametrize("words", ["7", "0", "Splendid", "good enough"])
def test_words_that_are_new_to_us_are_left_to_the_officer(words: str) -> None:
    assert regulator_value(words) is None


@pytest.mark.parametrize(
    ("words", "value"),
    [
        *((str(rating), str(rating)) for rating in range(6)),
        ("Pass", "pass"),
        ("Improvement Required", "improvement_required"),
        ("Exempt", "exempt"),
        ("AwaitingInspection", "awaiting_inspection"),
    ],
)
def test_food_hygiene_ratings_are_on_the_scale_of_every_model(words: str, value: str) -> None:
    assert hygiene_value(words) == value
    for form, question in filled_by("hygiene.rating"):
        assert check_answers(form, {question.id: {"value": value}}) == []


def test_a_manager_on_the_day_of_a_visit_does_not_show_that_nothing_changed_in_a_year() -> None:
    said = {a: manager_value(a) for a in ("not_met", "met", "partly", "not_checked", None, 3)}
    assert said == {"not_met": "vacant"} | dict.fromkeys(("met", "partly", "not_checked", None, 3))


@pytest.mark.parametrize("at", [date(2026, 11, 22), datetime(2026, 11, 22, 9, 30, 1, 5, UTC)])
@pytest.mark.parametrize("value", ["good", 3, 2.5])
def test_a_mark_is_read_as_it_was_written(at: date, value: str | float) -> None:
    filled = Filled(value=value, origin="The directory.", at=at)
    assert from_mark(to_mark(filled)) == filled


@pytest.mark.parametrize(
    "mark",
    [
        None,
        "good",
        [],
        {},
        {"value": "good", "origin": "Somewhere"},
        {"value": ["good"], "origin": "Somewhere", "at": "2026-11-22"},
        {"value": "good", "origin": "Somewhere", "at": "last week"},
        {"value": "good", "origin": 4, "at": "2026-11-22"},
    ],
)
def test_a_mark_that_cannot_be_read_is_none(mark: object) -> None:
    assert from_mark(mark) is None
