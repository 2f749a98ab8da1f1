"""The shipped risk models hold to the rules that councils published. Figures are worked by hand.

Papers 000 (Lincolnshire, January 2024), 003 (Kent, May 2019) and 004 (Rotherham, January 2024).
"""

from __future__ import annotations

from typing import Any

import pytest

from forms.catalogue.catalogue import shipped
from tests.support.forms.rated import all_best_but, rated

TEN_CRITERIA = {
    "regulator_overall": "CQC overall rating",
    "manager_change": "Ownership or management change",
    "self_assessment": "Provider self-assessment",
    "feedback": "Professional feedback and experts by experience",
    "hygiene_rating": "Food hygiene rating",
    "fire_governance": "Fire safety",
    "site_safety": "Health and safety seen on site",
    "quality_assurance": "Quality assurance audits and outstanding actions",
    "concerns_open": "Current quality, safeguarding or commissioning concerns",
    "placement_status": "Current placement status",
}
GREEN_TEN: dict[str, Any] = {
    "regulator_overall": "good",
    "manager_change": "in_post",
    "self_assessment": 80,
    "feedback": "green",
    "hygiene_rating": "5",
    "fire_governance": "green",
    "site_safety": "green",
    "quality_assurance": "green",
    "concerns_open": 0,
    "placement_status": "open",
}
AMBER_TEN: dict[str, Any] = {
    "regulator_overall": "requires_improvement",
    "manager_change": "changed",
    "self_assessment": 60,
    "feedback": "amber",
    "hygiene_rating": "3",
    "fire_governance": "amber",
    "site_safety": "amber",
    "quality_assurance": "amber",
    "concerns_open": 2,
    "placement_status": "condition",
}
RED_TEN: dict[str, Any] = {
    "regulator_overall": "inadequate",
    "manager_change": "vacant",
    "self_assessment": 40,
    "feedback": "red",
    "hygiene_rating": "1",
    "fire_governance": "red",
    "site_safety": "red",
    "quality_assurance": "red",
    "concerns_open": 3,
    "placement_status": "closed",
}


def test_the_ten_criteria_in_their_order_each_with_three_colours() -> None:
    """Paper 003, appendix 2."""
    form = shipped().form("kent-ten")
    assert list(form.questions) == list(TEN_CRITERIA)
    for question in form.questions.values():
        assert question.scale is not None
        colours = {value.rag for value in question.scale.values if value.rag}
        assert colours == {"green", "amber", "red"}


def test_ten_criteria_make_a_score_out_of_100() -> None:
    """Paper 003, 3.5.1. It gives no points: ten each, Amber half, is ours."""
    assert rated("kent-ten", **GREEN_TEN).percent == 100
    assert rated("kent-ten", **AMBER_TEN).percent == 50
    assert rated("kent-ten", **RED_TEN).percent == 0
    for criterion in TEN_CRITERIA:
        one_red = {**GREEN_TEN, criterion: RED_TEN[criterion]}
        one_amber = {**GREEN_TEN, criterion: AMBER_TEN[criterion]}
        assert rated("kent-ten", **one_red).percent == 100 - 10
        assert rated("kent-ten", **one_amber).percent == 100 - 5


def test_the_lowest_scores_are_red_and_the_riskiest() -> None:
    """Paper 003, 3.5.1: the lowest scores, Red, are the largest risk. The steps are ours."""
    # The first and the last limit the result by themselves, so the others are taken first.
    first, *between, last = TEN_CRITERIA
    names = [*between, first, last]
    expected = {0: "green", 1: "green", 2: "green", 3: "amber", 4: "amber", 5: "amber", 6: "red"}
    for reds, colour in expected.items():
        bad = {name: RED_TEN[name] for name in names[:reds]}
        outcome = rated("kent-ten", **{**GREEN_TEN, **bad})
        # 10 points lost for each Red; Green from 75, Amber from 50.
        assert (outcome.percent, outcome.overall) == (100 - 10 * reds, colour)
    # 4 of 10 are Green.
    outcome = rated("kent-ten", **{**RED_TEN, **dict(list(GREEN_TEN.items())[:4])})
    assert (outcome.percent, outcome.overall) == (40, "red")


def test_a_criterion_that_cannot_apply_leaves_the_score_out_of_100() -> None:
    """Paper 003 does not say; the score is then of the other nine, and the form says so."""
    exempt = {**GREEN_TEN, "hygiene_rating": "exempt", "feedback": "red"}
    # 8 of 9 criteria are Green: 88.8, shown as 88.
    assert rated("kent-ten", **exempt).percent == 88


TEN_INDICATORS = {
    "visit_result": "Quality assessment, outcome",
    "regulator_overall": "CQC rating",
    "hygiene_rating": "Food Standards Agency rating",
    "safeguarding_decisions": "Number of safeguarding decisions",
    "embargo": "Embargo on new placements",
    "default_notice": "Contract default notice",
    "unexpected_deaths": "Unexpected deaths",
    "substantiated_concerns": "Number of substantiated contracting concerns",
    "administration": "Company in administration",
    "manager_vacant": "Registered manager vacancy",
}
QUIET: dict[str, Any] = {
    "visit_result": "good",
    "regulator_overall": "good",
    "hygiene_rating": "5",
    "safeguarding_decisions": 0,
    "embargo": "open",
    "default_notice": "none",
    "unexpected_deaths": 0,
    "substantiated_concerns": 0,
    "administration": "sound",
    "manager_vacant": "in_post",
}


def test_the_ten_indicators_in_their_order() -> None:
    """Paper 004, section 2.1."""
    assert list(shipped().form("early-warning").questions) == list(TEN_INDICATORS)


@pytest.mark.parametrize(
    ("indicator", "value", "colour"),
    [
        ("visit_result", "poor", "red"),
        ("visit_result", "red", "red"),
        ("regulator_overall", "requires_improvement", "amber"),
        ("regulator_overall", "grade_3", "amber"),
        ("regulator_overall", "inadequate", "red"),
        ("embargo", "closed", "red"),
        ("default_notice", "open", "red"),
        ("unexpected_deaths", 1, "amber"),
        ("unexpected_deaths", 2, "red"),
        ("administration", "administration", "red"),
        ("manager_vacant", "vacant", "amber"),
        ("hygiene_rating", "0", "amber"),
        ("hygiene_rating", "1", "amber"),
        ("hygiene_rating", "improvement_required", "amber"),
        ("hygiene_rating", "2", "green"),
        ("safeguarding_decisions", 2, "green"),
        ("safeguarding_decisions", 3, "amber"),
        ("safeguarding_decisions", 9, "red"),
        ("substantiated_concerns", 5, "amber"),
        ("substantiated_concerns", 9, "red"),
    ],
)
def test_an_indicator_by_itself_gives_warning(indicator: str, value: Any, colour: str) -> None:
    """Paper 004, section 2.1: Red, Amber or Green for each service. What holds it there is ours."""
    assert rated("early-warning", **QUIET).overall == "green"
    outcome = rated("early-warning", **{**QUIET, indicator: value})
    assert outcome.overall == colour


def test_services_are_ranked_by_their_score_the_lowest_first() -> None:
    """Paper 004, section 2.1: a risk ranking against each service."""
    # Weights: 2 for six indicators, half for hygiene, 1 for three: 15.5 in all.
    worse = rated("early-warning", **{**QUIET, "embargo": "closed", "manager_vacant": "vacant"})
    bad = rated("early-warning", **{**QUIET, "embargo": "closed"})
    assert bad.percent == 87  # 13.5 of 15.5
    assert worse.percent == 80  # 12.5 of 15.5
    assert worse.overall == bad.overall == "red"


TWELVE_GROUPS = [
    "Service utilisation",
    "Financial viability & commercial risk",
    "Staffing & workforce",
    "Policies & procedures",
    "Insurances",
    "Regulatory compliance",
    "Safe & effective service delivery",
    "Management effectiveness",
    "KPI performance",
    "Environmental & clinical risk",
    "Incidents & concerns",
    "Business intelligence & feedback",
]


def test_the_twelve_groups_of_factors_in_their_order() -> None:
    """Paper 000, image 2."""
    assert [area.title for area in shipped().form("twelve-factor").areas] == TWELVE_GROUPS


def test_a_high_quality_risk_leaves_the_contract_risk_low() -> None:
    """Paper 000, 4.1 and 4.2: high, medium or low, and quality told apart from the contract."""
    outcome = all_best_but(
        "twelve-factor",
        medicines_risk="high",  # 0 of 2
        equipment_risk="high",  # 0 of 1
        concerns_open=3,  # 0 of 2
        serious_incidents=1,  # 1 of 2
    )
    quality, contract = outcome.results
    # Clinical 1.5 of 4.5 and incidents 2 of 5 are High, and five groups are at 100: 81.9 in all.
    assert (quality.id, quality.percent, quality.level) == ("quality", 81, "high")
    assert (contract.id, contract.percent, contract.level) == ("contract", 100, "low")
    assert (outcome.level, outcome.overall) == ("high", "red")
