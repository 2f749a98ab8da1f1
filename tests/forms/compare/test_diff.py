"""Differences between two versions of a form are all told, in words, and only those."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from msgspec.structs import fields, replace

from forms.catalogue.catalogue import shipped
from forms.catalogue.read import read_form
from forms.compare.diff import compare
from forms.compare.diff_questions import question_changes
from forms.format.starting import starting_form
from forms.model import ActionRule, Band, EvidenceRule, Form, OverallRule, Question, Scale

FORM = read_form(starting_form("small", "Small", "visit"), "small.yaml")
RESIDENTIAL = shipped().form("residential-quality")


def with_text(*pairs: tuple[str, str]) -> Form:
    """The small form after replacing texts, each of which it must hold."""
    text = starting_form("small", "Small", "visit")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return read_form(text, "small.yaml")


def told(old: Form, new: Form) -> list[tuple[str, str, str]]:
    return [(change.what, change.about, change.id) for change in compare(old, new)]


def test_a_form_does_not_differ_from_itself() -> None:
    assert compare(FORM, FORM) == []
    assert compare(RESIDENTIAL, RESIDENTIAL) == []


SCALE = FORM.questions["first_question"].scale
CHANGED: dict[str, Any] = {
    "ask": "Is it?",
    "look_for": "Elsewhere",
    "type": "number",
    "scale": None,
    "bands": (Band(result="met", start=Fraction(0)),),
    "weight": Fraction(3, 2),
    "required": False,
    "limits": {"not_met": "red"},
    "relevant": "setting.beds > 1",
    "evidence": EvidenceRule(when=("met",), kind="photo"),
    "action": ActionRule(when=("met",), suggest="Go on", priority="low"),
    "unit": "minutes",
    "frameworks": {"cqc": "safe"},
    "source": "hygiene.rating",
    "minimum": 5,
    "minimum_percent": 10,
}
SCORING = {"type", "scale", "bands", "weight", "limits", "relevant", "source"}


def test_every_part_of_a_question_is_compared() -> None:
    assert {field.name for field in fields(Question)} - {"id", "number"} == set(CHANGED)


@pytest.mark.parametrize("name", CHANGED)
def test_a_change_to_any_part_of_a_question_is_told(name: str) -> None:
    (change,) = compare(FORM, _with_question(replace(_first(), **{name: CHANGED[name]})))
    assert (change.about, change.id) == ("question", "first_question")
    assert change.what == ("rescored" if name in SCORING else "reworded")
    assert change.text.startswith("Question 1.1")


def _first() -> Question:
    return FORM.questions["first_question"]


def _with_question(question: Question) -> Form:
    area = replace(FORM.areas[0], questions=(question, *FORM.areas[0].questions[1:]))
    return _with_areas(area)


def _with_areas(*areas: Any) -> Form:
    return replace(
        FORM,
        areas=areas,
        questions={q.id: q for area in areas for q in area.questions},
        area_of={q.id: area for area in areas for q in area.questions},
    )


@pytest.mark.parametrize(
    ("name", "value", "what"),
    [
        ("title", "Other", "reworded"),
        ("intro", "Other", "reworded"),
        ("kind", "risk", "rescored"),
        ("applies_to", ("day",), "reworded"),
        ("bands", (Band(result="red", start=Fraction(0)),), "rescored"),
        ("minimum_coverage", Fraction(50), "rescored"),
        ("rules", FORM.rules[1:], "rescored"),
        (
            "rules",
            (*FORM.rules, OverallRule(areas="amber", at_least=3, overall="amber")),
            "rescored",
        ),
    ],
)
def test_a_change_to_the_head_is_told(name: str, value: object, what: str) -> None:
    assert told(FORM, replace(FORM, **{name: value})) == [(what, "form", "small")]


@pytest.mark.parametrize(
    ("name", "value", "what"),
    [
        ("title", "Other", "reworded"),
        ("weight", Fraction(2), "rescored"),
        ("critical", True, "rescored"),
    ],
)
def test_a_change_to_an_area_is_told(name: str, value: object, what: str) -> None:
    changed = _with_areas(replace(FORM.areas[0], **{name: value}))
    assert told(FORM, changed) == [(what, "area", "first_area")]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("score: 0.5", "score: 0.6", "rescored"),
        ("label: Partly met", "label: Partial", "reworded"),
        (
            "label: Not met,        score: 0,   rag: red",
            "label: Not met, score: 0, rag: amber",
            "rescored",
        ),
        ("unchecked: true, needs_reason: true", "unchecked: true", "rescored"),
    ],
)
def test_a_change_to_a_scale_is_told_once(old: str, new: str, what: str) -> None:
    assert told(FORM, with_text((old, new))) == [(what, "scale", "standard")]


def test_a_scale_that_gains_loses_or_reorders_values_is_told() -> None:
    assert SCALE is not None
    shorter = _scaled(SCALE.values[:-1])
    assert told(FORM, shorter) == [("removed", "scale", "standard")]
    assert told(shorter, FORM) == [("added", "scale", "standard")]
    assert told(FORM, _scaled(SCALE.values[::-1])) == [("moved", "scale", "standard")]


def _scaled(values: Any) -> Form:
    scale = Scale(id="standard", values=values, by_value={v.value: v for v in values}, best=None)
    area = FORM.areas[0]
    questions = tuple(replace(q, scale=scale) if q.scale else q for q in area.questions)
    return _with_areas(replace(area, questions=questions))


def test_questions_and_areas_that_come_and_go_are_told() -> None:
    area = FORM.areas[0]
    fewer = _with_areas(replace(area, questions=area.questions[1:]))
    assert told(FORM, fewer) == [("removed", "question", "first_question")]
    assert told(fewer, FORM) == [("added", "question", "first_question")]
    other = replace(area, id="other", title="Other", questions=area.questions[:1])
    rest = replace(area, questions=area.questions[1:])
    assert told(FORM, _with_areas(rest, other)) == [
        ("added", "area", "other"),
        ("moved", "question", "first_question"),
    ]
    assert told(_with_areas(rest, other), _with_areas(rest)) == [
        ("removed", "area", "other"),
        ("removed", "question", "first_question"),
    ]


def test_only_the_question_that_changed_places_has_moved() -> None:
    area = RESIDENTIAL.areas[1]
    turned = replace(area, questions=(*area.questions[1:], area.questions[0]))
    areas = (RESIDENTIAL.areas[0], turned, *RESIDENTIAL.areas[2:])
    changed = replace(
        RESIDENTIAL,
        areas=areas,
        questions={q.id: q for one in areas for q in one.questions},
        area_of={q.id: one for one in areas for q in one.questions},
    )
    assert told(RESIDENTIAL, changed) == [("moved", "question", area.questions[0].id)]


def test_areas_that_change_places_have_moved() -> None:
    first, second, *rest = RESIDENTIAL.areas
    changed = replace(RESIDENTIAL, areas=(second, first, *rest))
    (change,) = compare(RESIDENTIAL, changed)
    assert (change.what, change.about) == ("moved", "area")
    assert change.id in (first.id, second.id)


def test_the_words_are_plain() -> None:
    changed = with_text(("ask: Is what people need in place?", "ask: Is it safe?"))
    (change,) = compare(FORM, changed)
    assert change.text == (
        "Question 1.1 asked \u201cIs what people need in place?\u201d;"
        " it now asks \u201cIs it safe?\u201d"
    )
    (change,) = compare(FORM, with_text(("from: 80}", "from: 85}")))
    assert change.text == (
        "A percentage was green from 80, amber from 60, red from 0;"
        " it is now green from 85, amber from 60, red from 0."
    )


def test_bands_that_score_an_answer_otherwise_are_measured_differently() -> None:
    old, new = "{value: met, from: 90}", "{value: met, from: 80}"
    (change,) = compare(FORM, with_text((old, new)))
    assert (change.what, change.id) == ("rescored", "records_sampled")
    assert change.text == (
        "Question 1.2 is measured differently: its bands were met from 90, partly from 60, "
        "not_met from 0; they are now met from 80, partly from 60, not_met from 0."
    )


def test_bands_with_other_names_for_the_same_steps_are_not_measured_differently() -> None:
    question = FORM.questions["records_sampled"]
    assert question.scale is not None
    renamed = replace(
        question,
        scale=replace(
            question.scale,
            values=tuple(replace(one, value=f"new_{one.value}") for one in question.scale.values),
        ),
        bands=tuple(Band(result=f"new_{b.result}", start=b.start) for b in question.bands),
    )
    texts = [change.text for change in question_changes(question, renamed)]
    assert texts == [
        "Question 1.2: the bands were met from 90, partly from 60, not_met from 0; they are now "
        "new_met from 90, new_partly from 60, new_not_met from 0."
    ]
