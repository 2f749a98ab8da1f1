"""Conditions as enableWhen: what FHIR can say means the same, the rest is left to the extension."""

from __future__ import annotations

from itertools import product

import pytest

from forms.catalogue.read import read_form
from forms.fhir.enable import enable_when
from forms.format.conditions import Condition
from forms.model import Question
from tests.support.forms.fhir_reading import enabled

FORM = read_form(
    """\
id: small
version: "1"
kind: visit
title: Small
scales:
  abc:
    - {value: a, label: A}
    - {value: b, label: B}
    - {value: c, label: C}
areas:
  - id: one
    title: One
    questions:
      - {id: x, ask: X, type: choice, scale: abc, weight: 0}
      - {id: n, ask: N, type: number}
      - {id: s, ask: S, type: sample}
""",
    "small.yaml",
)
QUESTIONS: dict[str, Question] = dict(FORM.questions)


@pytest.mark.parametrize(
    "condition",
    [
        "answers.x == 'a'",
        "answers.x != 'a'",
        "answers.x in ['a', 'c']",
        "has(answers.x)",
        "!has(answers.x)",
        "answers.n >= 5",
        "answers.n < 5.5 && answers.x == 'b'",
        "answers.n > 9.0 || answers.x == 'b' || answers.x == 'c'",
        "(answers.x == 'a' && (answers.n > 1 && answers.n <= 6))",
        "answers.x != 'a' && answers.n > 1",
    ],
)
def test_what_fhir_says_is_what_we_say(condition: str) -> None:
    said = enable_when(condition, QUESTIONS)
    assert said is not None
    compiled = Condition(condition)
    for x, n in product([None, "a", "b", "c"], [None, 0.0, 5.0, 6.0, 10.0]):
        answers = {"x": x, "n": n}
        readings = [answers[name] for name in compiled.answers]
        given = {name: value for name, value in answers.items() if value is not None}
        assert enabled(said, given) is compiled.holds(readings, {}, ""), given


@pytest.mark.parametrize(
    "condition",
    [
        "setting.service_type == 'day'",
        "answers.s > 50",
        "answers.x == 'a' && (answers.n > 1 || answers.n < 0)",
        "answers.n + 1.0 > 5.0",
        "!(answers.x == 'a')",
        "answers.x != 'a' || answers.n > 3",
        "answers.x == 'elsewhere'",
        "answers.unknown == 'a'",
        "not even cel (",
    ],
)
def test_what_fhir_cannot_say_is_left_to_the_extension(condition: str) -> None:
    assert enable_when(condition, QUESTIONS) is None
