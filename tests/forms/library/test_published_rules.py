"""The shipped forms hold to the rules that councils published. Every figure is worked by hand.

Here: papers 002 (Oxfordshire, March 2019) and 004 (Rotherham, January 2024) on visits and reviews.
"""

from __future__ import annotations

import pytest

from forms.catalogue.catalogue import shipped
from forms.rating.rating import rate
from tests.support.forms.answers import best_answers
from tests.support.forms.rated import all_best_but
from visitapp.rules.choices import Rag
from visitapp.rules.placement import PROMPTED

TEN_AREAS = [
    "Leadership & management",
    "Staff levels & recruitment",
    "Staff skills & training",
    "Personalisation",
    "Care plans & risk assessments",
    "Health & safety",
    "Safeguarding",
    "Managing complaints",
    "User views",
    "Partnership working",
]
TEN_AREA_FORMS = [
    "residential-quality",
    "home-care-quality",
    "supported-living-quality",
    "day-service-quality",
    "shared-lives-quality",
    "mental-health-recovery-quality",
    "four-level",
]


@pytest.mark.parametrize("form_id", TEN_AREA_FORMS)
def test_the_ten_areas_of_a_monitoring_visit_in_their_order(form_id: str) -> None:
    """Paper 002, paragraph 26."""
    assert [area.title for area in shipped().form(form_id).areas] == TEN_AREAS


@pytest.mark.parametrize("form_id", TEN_AREA_FORMS)
def test_managers_staff_and_people_are_all_asked_and_counted(form_id: str) -> None:
    """Paper 002, paragraph 25: one view made of three. The form counts whom the officer met."""
    assert shipped().form(form_id).questions["spoken_to"].type == "people"


@pytest.mark.parametrize(
    ("answers", "rag", "prompted"),
    [
        # One answer at Partly, and its limit is Amber: 100 per cent of all else cannot lift it.
        ({"fire_risk_assessment": "partly"}, "amber", "conditional"),
        ({"fire_risk_assessment": "not_met"}, "red", "closed"),
        ({}, "green", "open"),
    ],
)
def test_an_outcome_prompts_a_position(answers: dict[str, str], rag: str, prompted: str) -> None:
    """Paper 002, paragraph 32: at Amber placements can continue but an issue may affect them; at
    Red none, unless senior managers authorise an exception."""
    outcome = all_best_but("residential-quality", **answers)
    assert outcome.overall == rag
    assert PROMPTED[Rag(rag)] == prompted


CUSTOMER_STANDARDS = {
    "say_introduced": "introduce themselves",
    "say_know_plan": "know the person and the plan",
    "say_respect": "attention, dignity, others in the home",
    "say_on_time": "arrive on time",
    "say_told_late": "ring when late",
    "say_not_rushed": "the person's pace",
    "say_all_done": "carry out what was agreed; say when leaving; comfort",
    "say_conversation": "talk about what interests the person",
    "say_asked": "ask whether the person is happy with it",
    "say_records": "show the record when asked",
}


def test_each_topic_of_the_customer_standards_is_asked_of_people_themselves() -> None:
    """Paper 002, appendix 2, the standards for home support; every answer is a sample of people."""
    (views,) = (
        area for area in shipped().form("home-care-quality").areas if area.id == "user_views"
    )
    asked = {question.id: question.type for question in views.questions}
    assert {topic: asked.get(topic) for topic in CUSTOMER_STANDARDS} == dict.fromkeys(
        CUSTOMER_STANDARDS, "sample"
    )


@pytest.mark.parametrize(
    ("question", "target"),
    [
        ("strengths_training", 100),
        ("care_certificate", 100),
        ("level_two", 100),
        ("technology_offered", 75),
    ],
)
def test_the_targets_of_the_indicators(question: str, target: int) -> None:
    """Paper 004, section 1.3.2, KPI 1 to 4: on target is Met, a hundredth short of it is not."""
    form = shipped().form("contract-review")
    best = {**best_answers(form)}
    on_target = rate(form, {**best, question: {"value": target}})
    short = rate(form, {**best, question: {"value": target - 0.01}})
    (kpis,) = (area for area in on_target.areas if area.id == "kpis")
    (lower,) = (area for area in short.areas if area.id == "kpis")
    assert kpis.percent == 100
    assert lower.percent is not None
    assert lower.percent < 100
