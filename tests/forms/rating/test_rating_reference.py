"""The engine against the slow reference, on forms and answers that Hypothesis makes."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import forms
from forms.rating.answers import check_answers
from forms.rating.outcome import ENGINES
from tests.forms import reference
from tests.support.forms import strategies as make
from tests.support.forms.cases import case, graded_case


def engine(
    form: dict[str, Any], answers: dict[str, Any], setting: dict[str, Any], version: int = 2
) -> dict[str, Any]:
    """The engine's outcome in the shape of the reference's."""
    outcome = msgspec.to_builtins(forms.rate(make.as_form(form), answers, setting, version))
    assert outcome.get("engine", 1) == version
    for reason in (*outcome["because"], *outcome["also"]):
        assert reason["text"].endswith(".")
    return outcome


def as_told(reasons: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    """What the reference says of each reason: its last but one is the level, or the RAG."""
    return [
        (
            *(reason["rule"], reason.get("area", ""), reason.get("question", "")),
            *(reason.get("level", reason.get("to")), reason.get("result", "")),
        )
        for reason in reasons
    ]


def agree(found: dict[str, Any], expected: dict[str, Any]) -> None:
    """The engine and the reference tell the same outcome."""
    grade = expected["grade"]
    assert as_told(found["because"]) == [r for r in expected["reasons"] if r[3] == grade]
    assert as_told(found["also"]) == [r for r in expected["reasons"] if r[3] != grade]
    keys = ("form", "overall", "percent", "coverage", "provisional", "areas", "unanswered")
    for key in (*keys, "would_change"):
        assert found[key] == expected[key], key
    assert found.get("level") == expected.get("level")
    assert [result["id"] for result in found.get("results", [])] == [
        result["id"] for result in expected.get("results", [])
    ]
    for result, wanted in zip(found.get("results", []), expected.get("results", []), strict=True):
        because, also = as_told(result.pop("because")), as_told(result.pop("also"))
        grade = None if wanted["rag"] == "unrated" else wanted.get("level", wanted["rag"])
        reasons = wanted.pop("reasons")
        assert because == [reason for reason in reasons if reason[3] == grade]
        assert also == [reason for reason in reasons if reason[3] != grade]
        assert result == {name: value for name, value in wanted.items() if name != "unknown"}


def agree_on(data: st.DataObject) -> None:
    form = data.draw(make.forms())
    answers = data.draw(make.answers_to(form))
    setting = data.draw(make.SETTINGS)
    for version in ENGINES:
        expected = reference.rate(form, answers, setting, version)
        agree(engine(form, answers, setting, version), expected)


@settings(max_examples=150)
@given(data=st.data())
def test_every_outcome_is_the_one_of_the_reference(data: st.DataObject) -> None:
    agree_on(data)


@pytest.mark.soak
@settings(max_examples=3000, suppress_health_check=[HealthCheck.data_too_large])
@given(data=st.data())
def test_every_outcome_of_thousands_is_the_one_of_the_reference(data: st.DataObject) -> None:
    agree_on(data)


@pytest.mark.parametrize(
    "block", [*range(4), *(pytest.param(block, marks=pytest.mark.soak) for block in range(4, 60))]
)
def test_thousands_of_poor_visits_would_change_as_the_reference_says(block: int) -> None:
    pairs = 0
    for seed in range(block * 60, block * 60 + 60):
        for made in (case(seed), graded_case(seed)):
            version = 1 + seed % 2
            found = engine(*made, version)
            agree(found, reference.rate(*made, version))
            pairs += any(len(change["answers"]) == 2 for change in found["would_change"])
    assert pairs


def test_a_pair_that_together_puts_more_right_than_it_answers() -> None:
    """Three limits are in the way: two are answered, and the third is then not asked for."""
    limited = {"type": "choice", "scale": "standard", "limits": {"partly": "red"}}
    both = "answers.one == 'met' && answers.two == 'met'"
    questions = [
        {"id": "one", "ask": "One?", **limited},
        {"id": "two", "ask": "Two?", **limited},
        {"id": "three", "ask": "Three?", "relevant": f"!({both})", **limited},
        {"id": "four", "ask": "Four?", "type": "choice", "scale": "standard"},
    ]
    form = make.plain(10, {"area": questions})
    answers = {name: {"value": "partly"} for name in ("one", "two", "three", "four")}
    found = engine(form, answers, {})
    agree(found, reference.rate(form, answers, {}))
    assert len(found["would_change"]) == 1


@settings(max_examples=60)
@given(data=st.data())
def test_answers_that_can_be_taken_are_rated_and_change_nothing_by_their_order(
    data: st.DataObject,
) -> None:
    made = data.draw(make.forms())
    answers = data.draw(make.answers_to(made))
    form = make.as_form(made)
    assert check_answers(form, answers) == []
    shuffled = dict(reversed(answers.items()))
    assert forms.rate(form, answers) == forms.rate(form, shuffled)
