"""Each form answered for two invented services, one good and one failing.

Larkfield is well run: everything is at its best but for a few ordinary shortfalls. Millbank is
failing: the faults written here are what an officer finds, and all else is only half done.
"""

from __future__ import annotations

from typing import Any

import pytest

from forms.catalogue.catalogue import shipped
from forms.model import Form
from forms.rating.answers import check_answers
from forms.rating.outcome import Outcome
from forms.rating.rating import rate
from tests.support.forms.answers import best_answer
from tests.support.forms.rated import given

LARKFIELD: dict[str, dict[str, Any]] = {
    "residential-quality": {
        "mandatory_training": 96,
        "supervisions": 92,
        "care_certificate": 88,
        "turnover": 31,
        "vacancies": 6,
        "hot_water": 41.5,
        "cold_water": 17,
        "hygiene_rating": "4",
        "fluid_charts": (5, 4),
        "oral_care": (5, 4),
        "cameras": "not_applicable",
        "discharge_admissions": (3, 3),
        "call_bell_minutes": 3.5,
        "activities": "partly",
        "liberty_conditions_count": "not_known",
    },
    "home-care-quality": {
        "mandatory_training": 94,
        "missed_calls": 0.05,
        "missed_time_critical": 0,
        "missed_calls_harm": "met",
        "call_times": 93,
        "continuity": 11,
        "say_household": "not_applicable",
        "say_listened": (10, 9),
        "ombudsman": "not_applicable",
    },
    "supported-living-quality": {"mandatory_training": 95, "hot_water": "not_applicable"},
    "day-service-quality": {"supervisions": 90, "hygiene_rating": "exempt"},
    "shared-lives-quality": {"carer_reviewed": (5, 4), "carer_breaks": "partly"},
    "mental-health-recovery-quality": {"care_coordinator": (5, 3), "legal_status": (2, 2)},
    "four-level": {"workforce_stable": "requires_improvement", "dignity_respect": "excellent"},
    "joint-assurance": {"adult_protection_training": 97, "hot_water": 42, "fire_drills": 2},
    "contract-review": {
        "strengths_training": 90,
        "strengths_competent": 100,
        "level_two": 61,
        "level_two_studying": 22,
        "replaceable": "not_met",
    },
    "intervention-visit": {"exit_criteria": (6, 5), "sustained_visits": 2, "agency_use": 18},
    "medicines-audit": {"handwritten_entries": (10, 8)},
    "infection-prevention-audit": {"hygiene_rating": "5", "kitchenettes": (6, 5)},
    "care-records-audit": {"plan_readable": (5, 4)},
    "out-of-county-desktop": {"regulator_overall": "grade_4", "hygiene_rating": "not_checked"},
    "quality-checkers": {"qc_work": "not_applicable", "qc_bored": "partly"},
    "care-home-self-assessment": {
        "mandatory_training": 96,
        "incidents_trend": "more",
        "incidents_reviewed": 100,
        "outcomes_met": 91,
        "falls_injury": "not_known",
        "answers_confirmed": (4, 4),
    },
    "home-care-self-assessment": {
        "missed_calls": 0.4,
        "incidents_trend": "more",
        "answers_confirmed": (4, 4),
    },
    "kent-ten": {"hygiene_rating": "4", "self_assessment": 78, "concerns_open": 1},
    "early-warning": {"hygiene_rating": "exempt", "safeguarding_decisions": 1},
    "twelve-factor": {"turnover": 33, "occupancy": 82, "concerns_open": 1},
}
MILLBANK: dict[str, dict[str, Any]] = {
    "residential-quality": {
        "staffing_enough_now": "not_met",
        "regulator_notified": (10, 2),
        "records_shown": "not_met",
        "unexplained_injuries": (6, 1),
        "hot_water": 12,
        "cold_water": 26,
        "fluid_charts": (5, 1),
        "hygiene_rating": "1",
    },
    "home-care-quality": {
        "missed_calls": 6.2,
        "missed_time_critical": 4,
        "missed_calls_harm": "not_met",
        "say_listened": (10, 4),
        "call_times": 61,
    },
    "supported-living-quality": {"referrals": "not_met", "money_managed": (4, 1), "hot_water": 51},
    "day-service-quality": {"attendance_known": "not_met", "evacuation_plans": (5, 1)},
    "shared-lives-quality": {"household_checks": (5, 3), "seen_alone": (5, 1)},
    "mental-health-recovery-quality": {"ligature_risks": "not_met", "crisis_plans": (5, 1)},
    "four-level": {"medicines_safety": "poor", "concerns_reported": "poor"},
    "joint-assurance": {"fire_risk_assessment": "not_met", "nurse_each_shift": (10, 6)},
    "contract-review": {"registration_right": "not_met", "wages_paid": (5, 3)},
    "intervention-visit": {"harm_since_last": "not_met", "exit_criteria": (6, 1)},
    "medicines-audit": {"controlled_drugs": (6, 5), "insulin": (3, 2)},
    "infection-prevention-audit": {"water_hygiene": "not_met", "hand_hygiene": (10, 3)},
    "care-records-audit": {"resuscitation": (3, 1), "risks_assessed": (5, 1)},
    "out-of-county-desktop": {"regulator_overall": "inadequate", "host_view": "not_met"},
    "quality-checkers": {"qc_safe": "not_met", "qc_bullied": "not_met"},
    "care-home-self-assessment": {
        "fire_assessment": "not_met",
        "referrals_made": "not_met",
        "insurance_current": "not_met",
        "recruitment_checks": 40,
        "answers_confirmed": "not_checked",
    },
    "home-care-self-assessment": {"referrals_made": "not_met", "recruitment_checks": 40},
    "kent-ten": {"regulator_overall": "inadequate", "placement_status": "closed"},
    "early-warning": {"safeguarding_decisions": 12, "substantiated_concerns": 9},
    "twelve-factor": {"regulator_overall": "inadequate", "visit_result": "red"},
}
each_form = pytest.mark.parametrize("form_id", LARKFIELD)


def answered(form: Form, said: dict[str, Any], rest: int) -> dict[str, dict[str, Any]]:
    """What was said, and for all else the best of the scale (`rest` 0) or the step below (1)."""
    answers = {}
    for question in form.questions.values():
        answer = best_answer(question)
        if rest and question.type == "choice" and question.scale is not None:
            plain = [one.value for one in question.scale.values if one.score is not None]
            answer = {"value": plain[1]} if question.weight and len(plain) > 1 else answer
        if rest and question.type == "sample":
            answer = {"checked": 10, "met": 7}
        answers[question.id] = answer
    for name, value in said.items():
        answers[name] = {**given(value), "reason": "As the manager told us."}
    assert check_answers(form, answers) == []
    return answers


def visited(form_id: str, said: dict[str, Any], rest: int) -> Outcome:
    form = shipped().form(form_id)
    kind = "nursing" if "nursing" in form.applies_to else form.applies_to[0]
    return rate(form, answered(form, said, rest), {"service_type": kind})


@each_form
def test_a_good_service_comes_out_green(form_id: str) -> None:
    outcome = visited(form_id, LARKFIELD[form_id], 0)
    assert outcome.overall == "green"
    assert not outcome.provisional
    assert {reason.rule for reason in outcome.because} <= {"band", "result"}


@each_form
def test_a_failing_service_comes_out_red_for_what_was_found(form_id: str) -> None:
    outcome = visited(form_id, MILLBANK[form_id], 1)
    assert outcome.overall == "red"
    parts = (outcome, *outcome.results)
    reasons = [reason for part in parts for reason in (*part.because, *part.also)]
    assert {reason.question for reason in reasons} & set(MILLBANK[form_id])
    assert all(reason.text for reason in outcome.because)


def test_both_services_are_answered_on_every_form() -> None:
    ids = {one.id for one in shipped().summaries()}
    assert set(LARKFIELD) == set(MILLBANK) == ids
