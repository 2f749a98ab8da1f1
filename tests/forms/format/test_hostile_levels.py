"""Spoilt levels, results, frameworks and owners: faults, or a form that can be rated."""

from __future__ import annotations

from random import Random
from time import perf_counter

import msgspec
import pytest

from forms import rate
from forms.catalogue.catalogue import shipped
from forms.catalogue.read import read_form
from forms.compare.diff import compare
from forms.format.check import check_form
from forms.format.source import read_text
from forms.model import Form
from tests.support.forms.cases import graded_case
from tests.support.forms.graded_form import GOOD
from tests.support.forms.spoiling import mutated, spoilt
from tests.support.forms.strategies import as_text

FORM = read_form(GOOD, "good.yaml")


def must_hold(text: str) -> bool:
    """Faults with remedies, or a form that is rated, compared and told; True when it is good."""
    faults = check_form(text, "spoilt.yaml")
    if faults:
        assert all(fault.what and fault.line > 0 for fault in faults)
        return False
    form = read_form(text, "spoilt.yaml")
    for outcome in (rate(form, {}), rate(form, answers_to(form))):
        assert outcome.overall in ("red", "amber", "green", "unrated")
        assert msgspec.json.decode(msgspec.json.encode(outcome))
    compare(FORM, form)
    return True


def answers_to(form: Form) -> dict[str, dict[str, str]]:
    return {
        question.id: {"value": question.scale.values[-1].value}
        for question in form.questions.values()
        if question.scale
    }


@pytest.mark.parametrize("block", range(4))
def test_a_form_with_spoilt_levels_and_results_is_refused_or_rated(block: int) -> None:
    good = 0
    for seed in range(block * 40, block * 40 + 40):
        good += must_hold(as_text(spoilt(graded_case(seed).form, Random(seed))))
    assert good < 40


@pytest.mark.parametrize("block", range(2))
def test_a_text_with_spoilt_lines_is_refused_or_rated(block: int) -> None:
    twelve = next(one.path for one in shipped().summaries() if one.id == "twelve-factor")
    for seed in range(block * 30, block * 30 + 30):
        must_hold(mutated(GOOD, Random(seed)))
    must_hold(mutated(read_text(twelve), Random(block)))


@pytest.mark.soak
@pytest.mark.timeout(400)
def test_spoilt_levels_and_results_for_five_minutes() -> None:
    until = perf_counter() + 300
    seed = 1000
    while perf_counter() < until:
        started = perf_counter()
        must_hold(as_text(spoilt(graded_case(seed).form, Random(seed))))
        must_hold(mutated(GOOD, Random(seed)))
        assert perf_counter() - started < 10, seed
        seed += 1
