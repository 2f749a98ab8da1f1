"""What a run of the forms once got wrong, each as a case with the colour it must have.

Every other answer is at its best, unless the case says otherwise.
"""

from __future__ import annotations

from typing import Any

import pytest

from forms.catalogue.catalogue import shipped
from forms.model import Form
from forms.rating.answers import check_answers
from tests.support.forms.rated import all_best_but, rated

RESIDENTIAL, HOME_CARE = "residential-quality", "home-care-quality"

HELD = [
    # The regulator is not told, injuries are not looked into, money does not balance.
    (RESIDENTIAL, {"regulator_notified": (10, 0)}, "amber"),
    (RESIDENTIAL, {"unexplained_injuries": (5, 0)}, "amber"),
    (RESIDENTIAL, {"money_held": (5, 0)}, "amber"),
    (RESIDENTIAL, {"evacuation_plans": (5, 0)}, "amber"),
    (RESIDENTIAL, {"records_shown": "not_met"}, "red"),
    (RESIDENTIAL, {"records_shown": "partly"}, "amber"),
    ("supported-living-quality", {"regulator_notified": (10, 0)}, "amber"),
    ("supported-living-quality", {"unexplained_injuries": (5, 0)}, "amber"),
    ("day-service-quality", {"money_held": (5, 0)}, "amber"),
    (HOME_CARE, {"money_shopping": (5, 0)}, "amber"),
    # A joint visit sees fire, nurses, controlled drugs and water.
    ("joint-assurance", {"fire_risk_assessment": "not_met"}, "red"),
    ("joint-assurance", {"escape_routes": "not_met"}, "red"),
    ("joint-assurance", {"evacuation_plans": (5, 1)}, "amber"),
    ("joint-assurance", {"nurse_each_shift": (10, 9)}, "red"),
    ("joint-assurance", {"nurse_registration": (5, 4)}, "amber"),
    ("joint-assurance", {"controlled_drugs": (8, 7)}, "red"),
    ("joint-assurance", {"water_hygiene": "not_met"}, "amber"),
    # Water.
    (RESIDENTIAL, {"hot_water": 0}, "amber"),
    (RESIDENTIAL, {"hot_water": 12}, "amber"),
    (RESIDENTIAL, {"hot_water": 37.9}, "amber"),
    (RESIDENTIAL, {"hot_water": 38}, "green"),
    (RESIDENTIAL, {"hot_water": 44}, "green"),
    (RESIDENTIAL, {"hot_water": 44.1}, "amber"),
    (RESIDENTIAL, {"hot_water": 60}, "amber"),
    (RESIDENTIAL, {"water_hygiene": "not_met"}, "amber"),
    ("supported-living-quality", {"hot_water": 12}, "amber"),
    # Missed calls: one in 20,000 caps nothing; harm and time-critical ones do.
    (HOME_CARE, {"missed_calls": 0.05}, "green"),
    (HOME_CARE, {"missed_calls": 0.05, "missed_time_critical": 1}, "amber"),
    (HOME_CARE, {"missed_calls": 0.5, "missed_time_critical": 3}, "red"),
    (HOME_CARE, {"missed_calls": 0.05, "missed_calls_harm": "partly"}, "amber"),
    (HOME_CARE, {"missed_calls": 0.05, "missed_calls_harm": "not_met"}, "red"),
    (HOME_CARE, {"missed_calls": 5}, "amber"),
    # What people say of their own care.
    (HOME_CARE, {"say_on_time": (10, 5)}, "amber"),
    (HOME_CARE, {"say_not_rushed": (10, 5)}, "amber"),
    (HOME_CARE, {"say_listened": (10, 5)}, "amber"),
    # New harm in an intervention.
    ("intervention-visit", {"harm_since_last": "not_met"}, "red"),
    ("intervention-visit", {"harm_since_last": "partly"}, "amber"),
]


@pytest.mark.parametrize(("form_id", "answers", "colour"), HELD)
def test_one_answer_holds_the_result(form_id: str, answers: dict[str, Any], colour: str) -> None:
    outcome = all_best_but(form_id, **answers)
    assert outcome.overall == colour
    if colour != "green":
        assert {reason.question for reason in outcome.because} & set(answers)


@pytest.mark.parametrize(("degrees", "value"), [(19.9, 100), (20, 50), (25, 0)])
def test_cold_water_is_cold(degrees: float, value: int) -> None:
    assert rated(RESIDENTIAL, cold_water=degrees).percent == value


RISK = [
    # Inadequate and a Red visit were once Low at 90 per cent.
    ("twelve-factor", {"regulator_overall": "inadequate", "visit_result": "red"}, "red"),
    ("twelve-factor", {"regulator_overall": "inadequate"}, "red"),
    ("twelve-factor", {"regulator_overall": "requires_improvement"}, "amber"),
    ("twelve-factor", {"visit_result": "red"}, "red"),
    ("twelve-factor", {"visit_result": "amber"}, "amber"),
    ("twelve-factor", {"serious_incidents": 2}, "red"),
    ("twelve-factor", {"concerns_open": 3}, "amber"),
    ("twelve-factor", {"enforcement_risk": "high"}, "red"),
    ("twelve-factor", {"insurance_risk": "high"}, "red"),
    ("twelve-factor", {"policies_risk": "high"}, "amber"),
    ("twelve-factor", {"policies_risk": "high", "occupancy": 10, "council_share": "high"}, "red"),
    # Inadequate and closed to new were once Green at 80.
    ("kent-ten", {"regulator_overall": "inadequate", "placement_status": "closed"}, "red"),
    ("kent-ten", {"regulator_overall": "inadequate"}, "red"),
    ("kent-ten", {"placement_status": "closed"}, "red"),
    ("kent-ten", {"regulator_overall": "requires_improvement"}, "green"),
    # Twelve decisions and nine concerns were once Green at 87, and each of these Green or Amber.
    ("early-warning", {"safeguarding_decisions": 12, "substantiated_concerns": 9}, "red"),
    ("early-warning", {"hygiene_rating": "0"}, "amber"),
    ("early-warning", {"regulator_overall": "requires_improvement"}, "amber"),
    ("early-warning", {"visit_result": "red"}, "red"),
]


@pytest.mark.parametrize(("form_id", "answers", "colour"), RISK)
def test_grave_risk_is_not_averaged_away(
    form_id: str, answers: dict[str, Any], colour: str
) -> None:
    assert all_best_but(form_id, **answers).overall == colour


def test_quality_and_contract_risk_are_held_apart() -> None:
    """A limit of one result leaves the other as it was."""
    lapsed = all_best_but("twelve-factor", insurance_risk="high")
    assert {one.id: one.level for one in lapsed.results} == {"quality": "low", "contract": "high"}
    breach = all_best_but("twelve-factor", regulator_overall="inadequate")
    assert {one.id: one.level for one in breach.results} == {"quality": "high", "contract": "low"}


LITTLE_KNOWN = [
    ("kent-ten", "good", "unrated"),
    ("kent-ten", "requires_improvement", "unrated"),
    ("kent-ten", "inadequate", "red"),
    ("early-warning", "good", "unrated"),
    ("early-warning", "requires_improvement", "amber"),
    ("early-warning", "inadequate", "red"),
    ("twelve-factor", "good", "unrated"),
    ("twelve-factor", "requires_improvement", "amber"),
    ("twelve-factor", "inadequate", "red"),
]


@pytest.mark.parametrize(("form_id", "rating", "colour"), LITTLE_KNOWN)
def test_a_home_of_which_little_is_known_has_no_colour_unless_a_limit_is_hit(
    form_id: str, rating: str, colour: str
) -> None:
    """Requires improvement alone once gave Amber, Red and Low in three models, at 4 to 12 per
    cent known."""
    outcome = rated(form_id, regulator_overall=rating)
    assert outcome.overall == colour
    assert outcome.provisional


NEWEST = [shipped().form(name) for name in dict.fromkeys(s.id for s in shipped().summaries())]


@pytest.mark.parametrize("form", NEWEST, ids=lambda form: form.id)
def test_every_figure_may_be_not_known(form: Form) -> None:
    """A figure that nobody has is said to be not known; nobody must type a 0."""
    figures = [q for q in form.questions.values() if q.type in ("number", "percent", "sample")]
    reason = {"reason": "The list was not kept."}
    for question in figures:
        answer = {"value": "not_known", **reason}
        assert check_answers(form, {question.id: answer}) == [], question.id


def test_a_contract_review_does_not_blame_the_provider_for_the_market() -> None:
    """Whether people could move elsewhere, and who else buys, is not the provider's doing."""
    best = all_best_but("contract-review")
    ours = all_best_but(
        "contract-review",
        replaceable="not_met",
        sponsorship_risk="not_met",
        reliance_on_us="not_met",
    )
    assert (ours.percent, ours.overall) == (best.percent, best.overall) == (100, "green")


def test_competence_counts_apart_from_training_and_study_apart_from_level_two() -> None:
    """Paper 004, 1.3.2, KPI 2 and 3."""
    asked = shipped().form("contract-review").questions
    assert [str(band.start) for band in asked["strengths_competent"].bands][:1] == ["100"]
    assert asked["level_two_studying"].scale is None
    assert "hold a Level 2" in asked["level_two"].ask


TOPICS = {
    RESIDENTIAL: (
        *("turnover", "vacancies", "fluid_charts", "oral_care", "advocacy", "sponsored_staff"),
        *("cameras", "discharge_admissions", "top_ups", "sexual_safety", "cold_water"),
        "water_hygiene",
    ),
    HOME_CARE: (
        *("advocacy", "ombudsman", "equipment_safe", "equipment_left", "say_listened"),
        *("say_leaving", "say_household", "missed_calls_harm"),
    ),
    "intervention-visit": ("harm_since_last", "exit_criteria"),
    "joint-assurance": ("fire_risk_assessment", "nurse_each_shift", "controlled_drugs"),
    "mental-health-recovery-quality": ("crisis_plans",),
    "shared-lives-quality": ("carer_approval", "matching", "carer_breaks"),
}
"""What the papers ask about and the first library did not (000 ¶4.2; 002 App 2; 004 ¶1.3.2)."""


@pytest.mark.parametrize("form_id", TOPICS)
def test_no_topic_is_missing(form_id: str) -> None:
    asked = shipped().form(form_id).questions
    assert set(TOPICS[form_id]) <= asked.keys()
    assert all(asked[topic].scale is not None for topic in TOPICS[form_id]), "each is rated"
