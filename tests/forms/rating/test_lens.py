"""One set of answers through the key questions of a framework, worked out by hand."""

from __future__ import annotations

import pytest

from forms.catalogue.catalogue import shipped
from forms.catalogue.read import read_form
from forms.model import Form
from forms.rating.lens import Counted, KeyQuestion, LensAnswer, through
from tests.support.forms.answers import best_answers
from visitapp.errors import NotFound

FORM = """
id: two-lenses
version: "1"
kind: visit
title: Two lenses
frameworks:
  cqc:
    title: Key questions
    version: "2023"
    key_questions: {safe: Safe, caring: Caring, well_led: Well-led}
scales:
  s:
    - {value: met, label: Met, score: 1, rag: green}
    - {value: partly, label: Partly met, score: 0.5, rag: amber}
    - {value: not_met, label: Not met, score: 0, rag: red}
    - {value: na, label: Not applicable, excluded: true}
    - {value: unseen, label: Not checked, unchecked: true}
bands: [{rag: green, from: 80}, {rag: amber, from: 60}, {rag: red, from: 0}]
areas:
  - id: first
    title: First
    questions:
      - {id: a, ask: A, type: choice, scale: s, weight: 2, frameworks: {cqc: caring}}
      - {id: b, ask: B, type: choice, scale: s, frameworks: {cqc: safe}}
      - {id: c, ask: C, type: choice, scale: s, frameworks: {cqc: caring},
         relevant: "answers.b == 'met'"}
      - {id: noted, ask: N, type: text, frameworks: {cqc: safe}}
  - id: second
    title: Second
    weight: 5
    questions:
      - {id: d, ask: D, type: choice, scale: s, frameworks: {cqc: caring}}
      - {id: e, ask: E, type: choice, scale: s, frameworks: {cqc: safe}}
      - {id: f, ask: F, type: choice, scale: s, weight: 3, frameworks: {cqc: safe}}
      - {id: g, ask: G, type: sample, scale: s,
         bands: [{value: met, from: 90}, {value: not_met, from: 0}]}
"""


@pytest.fixture(scope="module")
def form() -> Form:
    return read_form(FORM, "two-lenses.yaml")


def by_id(form: Form, **answers: str) -> dict[str, KeyQuestion]:
    given = {question: {"value": value} for question, value in answers.items()}
    return {one.id: one for one in through(form, given, "cqc").key_questions}


def test_percentages_run_across_areas_by_the_weights_of_questions(form: Form) -> None:
    seen = by_id(form, a="met", b="not_met", d="partly")
    # a and d: (2 of 2 and 0.5 of 1) / 3 = 83.3; the area weight of 5 plays no part. c is not asked.
    assert seen["caring"].percent == 83
    assert seen["caring"].coverage == 100
    assert seen["caring"].questions == [LensAnswer("a", "met"), LensAnswer("d", "partly")]
    # b of b, e and f is answered: 1 of the weight of 5.
    assert (seen["safe"].percent, seen["safe"].coverage) == (0, 20)


def test_what_is_set_aside_and_what_is_not_checked_are_told_apart(form: Form) -> None:
    seen = by_id(form, b="met", e="na", f="unseen")
    # e leaves altogether; f stays with its weight of 3: coverage is 1 of 4.
    assert (seen["safe"].percent, seen["safe"].coverage, seen["safe"].unanswered) == (100, 25, 0)
    assert seen["safe"].counts == [
        Counted("met", "Met", 1),
        Counted("na", "Not applicable", 1),
        Counted("unseen", "Not checked", 1),
    ]


def test_key_questions_come_as_declared_and_an_empty_one_says_so(form: Form) -> None:
    lens = through(form, {}, "cqc")
    assert (lens.title, lens.version) == ("Key questions", "2023")
    assert [one.id for one in lens.key_questions] == ["safe", "caring", "well_led"]
    assert lens.key_questions[0].percent is None
    assert lens.key_questions[2].questions == []
    assert lens.untagged == ["g"]


def test_without_a_declaration_the_tags_speak_for_themselves() -> None:
    declared = FORM[FORM.index("frameworks:") : FORM.index("scales:")]
    bare = read_form(FORM.replace(declared, "", 1), "bare.yaml")
    lens = through(bare, {"a": {"value": "met"}}, "cqc")
    assert (lens.title, lens.version) == ("cqc", "")
    assert [one.id for one in lens.key_questions] == ["caring", "safe"]


def test_a_framework_that_tags_nothing_is_not_found(form: Form) -> None:
    with pytest.raises(NotFound, match="not tagged by"):
        through(form, {}, "care_inspectorate")


TAGGED = [shipped().form(found.id) for found in shipped().summaries() if found.kind != "risk"]


@pytest.mark.parametrize("framework", ["cqc", "care_inspectorate"])
@pytest.mark.parametrize("form", TAGGED, ids=lambda form: form.id)
def test_every_shipped_form_can_be_read_through_both(form: Form, framework: str) -> None:
    lens = through(form, best_answers(form), framework, {"service_type": "nursing"})
    assert lens.version
    assert {one.id for one in lens.key_questions} == set(form.frameworks[framework].key_questions)
    asked = [one for one in lens.key_questions if one.questions]
    assert len(asked) >= 3
    assert all(one.percent == 100 for one in asked)
