"""How long rating takes, beside the slow reference: compare the two rows, not the milliseconds.

The goals (DESIGN §5, a quiet 2-core machine): rate 100 questions in 300 microseconds; what would
change it in 10 milliseconds on 150 questions; check the whole library in 2 seconds.
"""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from pytest_benchmark.fixture import BenchmarkFixture

from forms import rate
from forms.check import check_form
from forms.library import Library, shipped
from forms.model import Form
from forms.plan import make_plan, plan_of
from forms.read import read_form
from forms.source import read_text
from forms.standing import Standing
from forms.verdict import decide
from forms.would_change import would_change
from tests.forms import reference

SETTING = {"service_type": "nursing"}
RESIDENTIAL = shipped().form("residential-quality")


def answers_to(form: Form, weights: list[int], seed: int = 1) -> dict[str, Any]:
    """Answers to every question; `weights` say how often each value of a scale is chosen."""
    rng = Random(seed)
    answers: dict[str, Any] = {}
    for question in form.questions.values():
        if question.type == "choice" and question.scale:
            values = [value.value for value in question.scale.values][: len(weights)]
            chosen = rng.choices(values, weights[: len(values)])[0]
            answers[question.id] = {"value": chosen, "reason": "Told"}
        elif question.type == "sample":
            answers[question.id] = {"checked": 5, "met": rng.randint(2, 5)}
        elif question.type in ("number", "percent"):
            answers[question.id] = {"value": rng.randint(0, 100)}
    return answers


VISITS = {"good": [1, 0, 0], "mixed": [6, 2, 1, 1, 1], "poor": [1, 2, 3]}


@pytest.mark.benchmark(group="rate the residential form")
@pytest.mark.parametrize("visit", VISITS)
def test_rate(benchmark: BenchmarkFixture, visit: str) -> None:
    answers = answers_to(RESIDENTIAL, VISITS[visit])
    outcome = benchmark(rate, RESIDENTIAL, answers, SETTING)
    assert outcome.percent is not None


@pytest.mark.benchmark(group="rate the residential form")
def test_rate_by_the_reference(benchmark: BenchmarkFixture) -> None:
    path = next(s.path for s in shipped().summaries() if s.id == "residential-quality")
    form = yaml.safe_load(path.read_text(encoding="utf-8"))
    answers = answers_to(RESIDENTIAL, VISITS["good"])
    outcome = benchmark.pedantic(
        reference.rate_once, args=(form, answers, SETTING), rounds=5, iterations=1
    )
    assert outcome["percent"] is not None


SCALE = [
    {"value": "met", "label": "Met", "score": 1},
    {"value": "partly", "label": "Partly", "score": 0.5},
    {"value": "not_met", "label": "Not met", "score": 0},
]


def large_form(
    weights: list[float], conditions: int, green: int, holds: str = "!= 'not_met'"
) -> Form:
    """150 questions in 10 areas; a number of them at the end are asked by a condition each."""
    questions: list[dict[str, Any]] = [
        {"id": f"q{n}", "ask": f"{n}?", "type": "choice", "scale": "standard", "weight": weight}
        for n, weight in enumerate(weights)
    ]
    for n in range(conditions):
        questions[140 - n]["relevant"] = f"answers.q{n + 1} {holds}"
    areas = [
        {"id": f"a{n}", "title": f"A{n}", "questions": questions[n * 15 : n * 15 + 15]}
        for n in range(10)
    ]
    form = {
        "id": "large",
        "version": "1",
        "kind": "visit",
        "title": "Large",
        "scales": {"standard": SCALE},
        "bands": [{"rag": "green", "from": green}, {"rag": "red", "from": 0}],
        "areas": areas,
    }
    return read_form(yaml.safe_dump(form), "large.yaml")


@pytest.mark.benchmark(group="what would change it, 150 questions")
@pytest.mark.parametrize("conditions", [0, 5, 15])
def test_would_change_when_one_pair_in_eleven_thousand_does(
    benchmark: BenchmarkFixture, conditions: int
) -> None:
    """Only the first and the last question together weigh enough, so every pair is looked at."""
    form = large_form([30, *[round(1 + n / 1000, 3) for n in range(148)], 30], conditions, 56)
    answers = {name: {"value": "partly"} for name in form.questions}
    standing = Standing(plan_of(form), answers, {})
    found = benchmark(would_change, standing, decide(standing))
    assert [[answer.question for answer in change.answers] for change in found] == [["q0", "q149"]]


@pytest.mark.benchmark(group="what would change it, 150 questions")
@pytest.mark.parametrize("conditions", [0, 15])
def test_would_change_when_nothing_does(benchmark: BenchmarkFixture, conditions: int) -> None:
    form = large_form([1] * 150, conditions, 80)
    answers = {name: {"value": "not_met"} for name in form.questions}
    standing = Standing(plan_of(form), answers, {})
    assert benchmark(would_change, standing, decide(standing)) == []


@pytest.mark.benchmark(group="what would change it, 150 questions")
@pytest.mark.parametrize("steering", [15, 30])
def test_would_change_when_steering_answers_bring_in_questions(
    benchmark: BenchmarkFixture, steering: int
) -> None:
    """Each of them decides anew, so each is followed through with every other answer."""
    weights = [30, *[round(1 + n / 1000, 3) for n in range(148)], 30]
    form = large_form(weights, steering, 56, holds="== 'met'")
    answers = {name: {"value": "partly"} for name in form.questions}
    standing = Standing(plan_of(form), answers, {})
    found = benchmark(would_change, standing, decide(standing))
    assert all(len(change.answers) == 2 for change in found)


@pytest.mark.benchmark(group="forms")
def test_check_the_whole_library(benchmark: BenchmarkFixture) -> None:
    texts = [read_text(summary.path) for summary in shipped().summaries()]
    faults = benchmark(lambda: [fault for text in texts for fault in check_form(text, "form")])
    assert faults == []


@pytest.mark.benchmark(group="forms")
def test_list_the_library(benchmark: BenchmarkFixture) -> None:
    folder = Path(str(shipped().summaries()[0].path)).parents[1]
    assert benchmark(lambda: Library(folder).summaries())


@pytest.mark.benchmark(group="forms")
def test_read_and_plan_one_form(benchmark: BenchmarkFixture) -> None:
    path = next(s.path for s in shipped().summaries() if s.id == "residential-quality")
    text = read_text(path)
    assert benchmark(lambda: make_plan(read_form(text, "form"))).questions
