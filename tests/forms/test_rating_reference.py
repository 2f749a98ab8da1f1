"""The engine against the slow reference, on forms and answers that Hypothesis makes."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import forms
from forms.answers import check_answers
from tests.forms import reference
from tests.support import form_strategies as make
from tests.support.form_cases import case

SLOW = settings(
    max_examples=600,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def engine(
    form: dict[str, Any], answers: dict[str, Any], setting: dict[str, Any]
) -> dict[str, Any]:
    """The engine's outcome in the shape of the reference's."""
    outcome = msgspec.to_builtins(forms.rate(make.as_form(form), answers, setting))
    for reason in (*outcome["because"], *outcome["also"]):
        assert reason["text"].endswith(".")
    return outcome


def as_told(reasons: list[dict[str, Any]]) -> list[tuple[str, str, str, str]]:
    return [(r["rule"], r.get("area", ""), r.get("question", ""), r["to"]) for r in reasons]


@SLOW
@given(data=st.data())
def test_every_outcome_is_the_one_of_the_reference(data: st.DataObject) -> None:
    form = data.draw(make.forms())
    answers = data.draw(make.answers_to(form))
    setting = data.draw(make.SETTINGS)
    expected = reference.rate(form, answers, setting)
    found = engine(form, answers, setting)
    overall = expected["overall"]
    assert as_told(found["because"]) == [r for r in expected["reasons"] if r[3] == overall]
    assert as_told(found["also"]) == [r for r in expected["reasons"] if r[3] != overall]
    for key in ("form", "overall", "percent", "coverage", "provisional", "areas", "unanswered"):
        assert found[key] == expected[key], key
    assert found["would_change"] == expected["would_change"]


@pytest.mark.parametrize(
    "block", [*range(4), *(pytest.param(block, marks=pytest.mark.soak) for block in range(4, 60))]
)
def test_thousands_of_poor_visits_would_change_as_the_reference_says(block: int) -> None:
    pairs = 0
    for seed in range(block * 60, block * 60 + 60):
        made = case(seed)
        expected = reference.rate(*made)
        found = engine(*made)
        assert found["overall"] == expected["overall"], seed
        assert found["would_change"] == expected["would_change"], seed
        pairs += any(len(change["answers"]) == 2 for change in found["would_change"])
    assert pairs


@SLOW
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
