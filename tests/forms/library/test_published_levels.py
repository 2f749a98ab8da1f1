"""The shipped forms with levels and results hold to the papers they follow. Worked by hand."""

from __future__ import annotations

import pytest

from forms import rate
from forms.catalogue.catalogue import shipped
from forms.catalogue.read import read_form
from forms.levels import polarity
from forms.model import Form
from forms.rating.outcome import Outcome
from tests.support.forms.answers import best_answers
from tests.support.forms.rated import all_best_but

SELF_ASSESSMENTS = ["care-home-self-assessment", "home-care-self-assessment"]


def scoring(form_id: str, percent: str) -> Outcome:
    """What the form makes of one answer that scores just so, on a scale of that one score."""
    form = shipped().form(form_id)
    text = f"""\
id: one
version: "1"
kind: self_assessment
title: One
scales: {{one: [{{value: a, label: A, score: {float(percent) / 100:.6f}}}]}}
levels: [{levels_of_text(form)}]
bands: [{", ".join(f"{{level: {b.result}, from: {float(b.start):g}}}" for b in form.bands)}]
areas: [{{id: a, title: A, questions: [{{id: q, ask: Q, type: choice, scale: one}}]}}]
"""
    return rate(read_form(text, "one.yaml"), {"q": {"value": "a"}})


def levels_of_text(form: Form) -> str:
    told = (f"{{id: {one.id}, label: {one.label}, rag: {one.rag}}}" for one in form.levels)
    return ", ".join(told)


@pytest.mark.parametrize("form_id", SELF_ASSESSMENTS)
@pytest.mark.parametrize(
    ("percent", "level", "rag"),
    [
        ("100", "none_shown", "green"),
        ("99.99", "low", "green"),
        ("99", "low", "green"),
        ("75", "low", "green"),
        ("74.99", "moderate", "amber"),
        ("74", "moderate", "amber"),
        ("50", "moderate", "amber"),
        ("49.99", "high", "red"),
        ("49.5", "high", "red"),
        ("49", "high", "red"),
        ("0", "high", "red"),
    ],
)
def test_a_self_assessment_has_the_four_published_bands(
    form_id: str, percent: str, level: str, rag: str
) -> None:
    """Paper 001, pages on risk score results: 100, 75 to 99, 50 to 74, below 49.

    The gaps it leaves, as between 49 and 50, fall to the side with more risk. That is ours.
    """
    outcome = scoring(form_id, percent)
    assert (outcome.level, outcome.overall) == (level, rag)


@pytest.mark.parametrize("form_id", [*SELF_ASSESSMENTS, "twelve-factor", "kent-ten"])
def test_a_higher_score_is_a_lower_risk(form_id: str) -> None:
    """Papers 001 ("the higher the risk score the lower the risk") and 003."""
    form = shipped().form(form_id)
    assert polarity(form) == "A higher score is a lower risk."
    best, worst = rate(form, best_answers(form)), rate(form, worst_answers(form))
    assert (best.percent, best.overall) == (100, "green")
    assert (worst.percent, worst.overall) == (0, "red")


def worst_answers(form: Form) -> dict[str, dict[str, object]]:
    """Every scored question at the scale value that scores least."""
    answers: dict[str, dict[str, object]] = {}
    for question in form.questions.values():
        if question.scale is None or question.weight == 0:
            continue
        scored = [value for value in question.scale.values if value.score is not None]
        worst = min(scored, key=lambda value: value.score or 0)
        if question.type == "choice":
            answers[question.id] = {"value": worst.value}
            continue
        starts = [band.start for band in question.bands if band.result == worst.value]
        answers[question.id] = {"value": float(starts[0])}
    return answers


@pytest.mark.parametrize(
    ("score", "level"),
    [("excellent", "excellent"), ("good", "good"), ("requires_improvement", "requires_improvement"),
     ("poor", "poor")],
)  # fmt: skip
def test_four_levels_rate_a_service_that_is_at_one_of_them_throughout(
    score: str, level: str
) -> None:
    """Paper 004, paragraph 2.1: Excellent, Good, Requires Improvement or Poor."""
    form = shipped().form("four-level")
    assert [one.label for one in form.levels] == [
        "Excellent",
        "Good",
        "Requires improvement",
        "Poor",
    ]
    answers = {
        question.id: {"value": score}
        for question in form.questions.values()
        if question.scale and score in question.scale.by_value
    }
    outcome = rate(form, answers)
    assert outcome.level == level
    assert {area.level for area in outcome.areas if area.percent is not None} == {level}


def test_the_steps_between_the_four_levels() -> None:
    """88, 63 and 39 are those of the regulator's published scale for councils."""
    found = [scoring("four-level", percent).level for percent in ("88", "87.99", "63", "62.99")]
    assert found == ["excellent", "good", "good", "requires_improvement"]
    assert [scoring("four-level", p).level for p in ("39", "38.99")] == [
        "requires_improvement",
        "poor",
    ]


def test_one_poor_area_holds_the_result_and_two_make_it_poor() -> None:
    form = shipped().form("four-level")
    areas = [area for area in form.areas if not area.critical][:2]
    poor = [
        {question.id: "poor" for question in area.questions if question.scale} for area in areas
    ]
    one = all_best_but("four-level", **poor[0])
    assert one.level in ("requires_improvement", "poor")
    both = all_best_but("four-level", **poor[0], **poor[1])
    assert (both.level, both.overall) == ("poor", "red")


def test_twelve_factors_give_a_quality_and_a_contract_risk() -> None:
    """Paper 000, paragraphs 4.1 and 4.2: high, medium or low, quality apart from contract."""
    form = shipped().form("twelve-factor")
    assert [level.label for level in form.levels] == ["Low risk", "Medium risk", "High risk"]
    assert [result.title for result in form.results] == ["Quality risk", "Contract risk"]
    assert sum(len(result.areas) for result in form.results) == len(form.areas) == 12
    finance = next(area for area in form.areas if area.id == "finance")
    insurance = next(area for area in form.areas if area.id == "insurance")
    high = {q.id: "high" for area in (finance, insurance) for q in area.questions}
    outcome = all_best_but("twelve-factor", **high)
    quality, contract = outcome.results
    # Five areas of equal weight, two of them at nothing: 60 per cent. Two groups at High and no
    # insurance make it High.
    assert (quality.level, quality.percent) == ("low", 100)
    assert (contract.level, contract.percent) == ("high", 60)
    assert (outcome.level, outcome.overall) == ("high", "red")
    assert outcome.because[0].text.startswith("Contract risk is High risk")


def test_the_text_of_each_says_what_is_ours() -> None:
    for form_id in (*SELF_ASSESSMENTS, "twelve-factor", "four-level"):
        text = shipped().text(form_id, shipped().form(form_id).version)
        assert "ours" in text.split("scales:")[0]
