"""The shipped self-assessments hold to paper 001 (Dumfries and Galloway, March 2022).

Each percentage is worked out by hand from the form's weights: an area is its gained weight by its
scored weight, and the score is the mean of the areas that hold an answer.
"""

from __future__ import annotations

from typing import Any

import pytest

from forms.catalogue.catalogue import shipped
from forms.rating.outcome import Outcome
from tests.support.forms.rated import all_best_but, rated

HOME = "care-home-self-assessment"

PEOPLE_3_OF_7 = {
    "reviews_six_monthly": 100,  # 2 of 2
    "outcomes_met": 0,  # 0 of 2
    "engagement": "not_met",  # 0 of 2
    "complaints_answered_share": 100,  # 1 of 1
}
PEOPLE_6_OF_7 = {**PEOPLE_3_OF_7, "outcomes_met": 100, "engagement": "partly"}
SAFETY_5_OF_8 = {
    "incidents_reviewed": 0,  # 0 of 2
    "referrals_made": "met",  # 2 of 2
    "fire_assessment": "met",  # 2 of 2
    "safety_certificates_share": 100,  # 1 of 1
    "infection_plan": "not_met",  # 0 of 1
}
SAFETY_4_AND_A_HALF_OF_8 = {**SAFETY_5_OF_8, "safety_certificates_share": 95}
CAPACITY_3_OF_4 = {
    "capacity_concern": "heavy_pressure",  # 0 of 1
    "financial_worry": "no_pressure",  # 2 of 2
    "insurance_current": "met",  # 1 of 1
}
CAPACITY_2_OF_4 = {**CAPACITY_3_OF_4, "financial_worry": "some_pressure"}


def told(outcome: Outcome) -> tuple[int | None, str, str]:
    """What is shown, the level, and its colour on the traffic light."""
    return outcome.percent, outcome.level, outcome.overall


def test_everything_done_is_the_published_100() -> None:
    """Paper 001, table of risk scores: 100% stands by itself, above 75 to 99%."""
    assert told(all_best_but(HOME)) == (100, "none_shown", "green")


def test_what_falls_just_short_of_100_is_in_75_to_99() -> None:
    """Paper 001 leaves a gap between 99 and 100. Ours: the lower side, with more risk."""
    # Staff loses a quarter of its 11.5; the areas weigh 5.1: 100 - 100 * 0.25 / 11.5 / 5.1 = 99.57.
    assert told(all_best_but(HOME, turnover=35)) == (99, "low", "green")


def test_75_is_in_75_to_99() -> None:
    """Paper 001, table of risk scores."""
    assert told(rated(HOME, **CAPACITY_3_OF_4)) == (75, "low", "green")


def test_between_74_and_75_is_in_50_to_74() -> None:
    """Paper 001 leaves a gap between 74 and 75. Ours: the lower side, with more risk."""
    # (6/7 + 5/8) / 2 = 83/112 = 74.1
    outcome = rated(HOME, **PEOPLE_6_OF_7, **SAFETY_5_OF_8)
    assert told(outcome) == (74, "moderate", "amber")


def test_50_is_in_50_to_74() -> None:
    """Paper 001, table of risk scores."""
    assert told(rated(HOME, **CAPACITY_2_OF_4)) == (50, "moderate", "amber")


def test_between_49_and_50_is_with_49_and_below() -> None:
    """Paper 001 says 50 to 74% and below 49%: nothing holds 49 itself, nor what lies up to 50.

    Ours: both go with the lower band, the one with more risk.
    """
    # (3/7 + 4.5/8) / 2 = 111/224 = 49.55
    outcome = rated(HOME, **PEOPLE_3_OF_7, **SAFETY_4_AND_A_HALF_OF_8)
    assert told(outcome) == (49, "high", "red")


@pytest.mark.parametrize("form_id", [HOME, "home-care-self-assessment"])
def test_the_form_itself_prints_the_bands_the_gap_and_the_polarity(form_id: str) -> None:
    """Paper 001: "the higher the risk score the lower the risk"; said to whoever fills it in."""
    intro = shipped().form(form_id).intro
    assert "a higher score means a lower risk" in intro
    assert "100, 75 to 99, 50 to 74, and 49 and below" in intro
    assert "that choice is ours" in intro


@pytest.mark.parametrize("form_id", [HOME, "home-care-self-assessment"])
@pytest.mark.parametrize(
    ("fact", "good", "bad"),
    [
        ("reviews_six_monthly", 100, 60),
        ("outcomes_met", 100, 30),
        ("engagement", "met", "not_met"),
        ("incidents_reviewed", 100, 40),
        ("adult_protection_training", 100, 73.3),
        ("supervisions", 100, 63.3),
        ("mandatory_training", 100, 66.7),
        ("staff_shortage", "no_pressure", "heavy_pressure"),
        ("management_changes", "none", "several"),
        ("capacity_concern", "no_pressure", "heavy_pressure"),
    ],
)
def test_each_compliance_fact_is_asked_and_a_worse_one_is_a_higher_risk(
    form_id: str, fact: str, good: Any, bad: Any
) -> None:
    """Paper 001, 3.8: the facts of its compliance and intelligence tables, with figures of them."""
    assert rated(form_id, **{fact: good}).percent == 100
    assert rated(form_id, **{fact: bad}).percent == 0


RETURNS = pytest.mark.parametrize("form_id", [HOME, "home-care-self-assessment"])


@RETURNS
def test_more_incidents_are_recorded_and_never_scored(form_id: str) -> None:
    """Paper 001, 3.8, counts them as intelligence. A score would punish honest reporting."""
    told_of = {
        answer: all_best_but(form_id, incidents_trend=answer)
        for answer in ("fewer", "same", "more")
    }
    assert {told(outcome) for outcome in told_of.values()} == {(100, "none_shown", "green")}


@RETURNS
@pytest.mark.parametrize(
    ("share", "full"), [(100, True), (99.9, False), (90, False), (60, False), (59, False)]
)
def test_outcomes_are_met_only_when_all_are(form_id: str, share: float, full: bool) -> None:
    """Paper 001, 3.8: 78.3 and 70 per cent of providers "have not met all personal outcomes"."""
    assert (rated(form_id, outcomes_met=share).percent == 100) is full


@RETURNS
def test_a_return_that_nobody_checked_is_moderate_at_best(form_id: str) -> None:
    unchecked = all_best_but(form_id, answers_confirmed="not_checked")
    assert told(unchecked) == (100, "moderate", "amber")
    assert any(reason.question == "answers_confirmed" for reason in unchecked.because)
    assert told(all_best_but(form_id, answers_confirmed=(4, 4))) == (100, "none_shown", "green")
    assert all_best_but(form_id, answers_confirmed=(5, 4)).level == "moderate"
    assert all_best_but(form_id, answers_confirmed=(5, 2)).level == "high"


HIGH_RISK = [
    (HOME, "referrals_made", "not_met", "high"),
    (HOME, "referrals_made", "partly", "moderate"),
    (HOME, "fire_assessment", "not_met", "high"),
    (HOME, "fire_assessment", "partly", "moderate"),
    (HOME, "insurance_current", "not_met", "high"),
    (HOME, "recruitment_checks", 40, "high"),
    (HOME, "recruitment_checks", 95, "moderate"),
    (HOME, "safety_certificates_share", 50, "moderate"),
    ("home-care-self-assessment", "referrals_made", "not_met", "high"),
    ("home-care-self-assessment", "insurance_current", "not_met", "high"),
    ("home-care-self-assessment", "recruitment_checks", 40, "high"),
]


@pytest.mark.parametrize(("form_id", "question", "value", "level"), HIGH_RISK)
def test_a_high_risk_answer_holds_the_result_however_good_the_rest(
    form_id: str, question: str, value: Any, level: str
) -> None:
    outcome = all_best_but(form_id, **{question: value})
    assert outcome.level == level
    assert outcome.percent is not None
    assert outcome.percent >= 75
