"""How long rating takes, beside the slow reference: compare the two rows, not the milliseconds.

The goals (on a quiet 2-core machine): rate 100 questions in 300 microseconds; what would
change it in 10 milliseconds on 150 questions; check the whole library in 2 seconds.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from pytest_benchmark.fixture import BenchmarkFixture

from forms import rate
from forms.catalogue.catalogue import Library, shipped
from forms.catalogue.read import read_form
from forms.format.check import check_form
from forms.format.source import read_text
from forms.model import Form
from forms.rating.plan import make_plan, plan_of
from forms.rating.totals import Totals
from forms.rating.verdict import Verdict, decide
from forms.rating.would_change import would_change
from tests.forms import reference
from tests.support.benchmarks.figures import Figure, in_turns, ratios

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


RATINGS = 20
VISITS = {"good": [1, 0, 0], "mixed": [6, 2, 1, 1, 1], "poor": [1, 2, 3]}


@pytest.mark.parametrize("visit", VISITS)
def test_rate_beside_the_reference(visit: str, runs: int, figures: list[Figure]) -> None:
    path = next(s.path for s in shipped().summaries() if s.id == "residential-quality")
    form = yaml.safe_load(path.read_text(encoding="utf-8"))
    answers = answers_to(RESIDENTIAL, VISITS[visit])
    works = [
        lambda: [rate(RESIDENTIAL, answers, SETTING) for _ in range(RATINGS)],
        lambda: reference.rate_once(form, answers, SETTING),
    ]
    ours, theirs = in_turns(runs, time.process_time, works, 5)
    once = [seconds / RATINGS for seconds in ours]
    figures.append(Figure(f"rating of a {visit} visit", "ms", [], [s * 1000 for s in once]))
    figures.append(
        Figure(f"rating of a {visit} visit, to the reference", "x", [], ratios(once, theirs))
    )


SCALE = [
    {"value": "met", "label": "Met", "score": 1},
    {"value": "partly", "label": "Partly", "score": 0.5},
    {"value": "not_met", "label": "Not met", "score": 0},
]


Conditions = Callable[[int, int], str]
"""The condition of the nth question that is asked by one, given how many answers decide."""

ONE_EACH: dict[str, Conditions] = {
    "none turns": lambda n, deciding: f"answers.q{n + 1} != 'not_met'",
    "each brings in": lambda n, deciding: f"answers.q{n + 1} == 'met'",
    "each takes out": lambda n, deciding: f"answers.q{n + 1} != 'met'",
    "two together": lambda n, deciding: (
        f"answers.q{n + 1} == 'met' || answers.q{(n + 1) % deciding + 1} == 'met'"
    ),
}


def large_form(
    weights: list[float], deciding: int, condition: Conditions, green: float, results: int
) -> Form:
    """150 questions in 10 areas; the last ones are asked as answers to the first decide."""
    questions: list[dict[str, Any]] = [
        {"id": f"q{n}", "ask": f"{n}?", "type": "choice", "scale": "standard", "weight": weight}
        for n, weight in enumerate(weights)
    ]
    for n in range(deciding):
        questions[148 - n]["relevant"] = condition(n, deciding)
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
    if results == 2:
        halves = {"first": areas[:5], "second": areas[5:]}
        form["results"] = [
            {"id": name, "title": name, "areas": [area["id"] for area in half]}
            for name, half in halves.items()
        ]
    return read_form(yaml.safe_dump(form), "large.yaml")


def measured(benchmark: BenchmarkFixture, form: Form, values: list[str]) -> list[list[str]]:
    """What would change the outcome of these answers. Read `min`: seconds of the processor."""
    names = list(form.questions)
    answers = {name: {"value": values[n % len(values)]} for n, name in enumerate(names)}
    totals = Totals(plan_of(form), answers, {})
    verdict = decide(totals)
    assert verdict.overall == 0, "an outcome that is best already is not searched"
    found = benchmark(would_change, totals, verdict)
    return [[answer.question for answer in change.answers] for change in found]


HEAVY_ENDS = [30, *[round(1 + n / 1000, 3) for n in range(148)], 30]
"""Only the first and the last question together weigh enough, so every pair is looked at."""

PROCESSOR = pytest.mark.benchmark(
    group="what would change it, 150 questions",
    timer=time.process_time,
    max_time=0.5,
    min_rounds=20,
)


@PROCESSOR
@pytest.mark.parametrize("results", [1, 2])
@pytest.mark.parametrize("deciding", [30, 60])
@pytest.mark.parametrize("condition", ONE_EACH)
def test_would_change_when_one_pair_in_eleven_thousand_does(
    benchmark: BenchmarkFixture, condition: str, deciding: int, results: int
) -> None:
    form = large_form(HEAVY_ENDS, deciding, ONE_EACH[condition], 56, results)
    assert measured(benchmark, form, ["partly"])


@PROCESSOR
@pytest.mark.parametrize("deciding", [30, 60])
@pytest.mark.parametrize("condition", ONE_EACH)
def test_would_change_when_all_weigh_alike(
    benchmark: BenchmarkFixture, condition: str, deciding: int
) -> None:
    """Every pair is as near as any other, and none is near enough: 68 per cent are reached by
    the form whose conditions bring the most in."""
    form = large_form([1] * 150, deciding, ONE_EACH[condition], 72, 1)
    assert measured(benchmark, form, ["partly", "met", "not_met"]) == []


@PROCESSOR
@pytest.mark.parametrize("deciding", [30, 60])
def test_would_change_when_each_condition_reads_ten_answers(
    benchmark: BenchmarkFixture, deciding: int
) -> None:
    """The worst that was found: hundreds of pairs that decide together."""

    def any_of_ten(n: int, deciding: int) -> str:
        return " || ".join(f"answers.q{(n + k) % deciding + 1} == 'met'" for k in range(10))

    form = large_form(HEAVY_ENDS, deciding, any_of_ten, 56, 2)
    measured(benchmark, form, ["partly"])


@PROCESSOR
@pytest.mark.parametrize("deciding", [30, 60])
@pytest.mark.parametrize("condition", ["each brings in", "two together"])
def test_would_change_of_answers_that_were_never_seen(
    benchmark: BenchmarkFixture, condition: str, deciding: int
) -> None:
    """No condition has been run yet, as when a visit is opened; elsewhere all of them have."""
    form = large_form(HEAVY_ENDS, deciding, ONE_EACH[condition], 56, 2)
    answers = {name: {"value": "partly"} for name in form.questions}

    def unseen() -> tuple[tuple[Totals, Verdict], dict[str, Any]]:
        totals = Totals(make_plan(form), answers, {})
        return (totals, decide(totals)), {}

    assert benchmark.pedantic(would_change, setup=unseen, rounds=20)


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
