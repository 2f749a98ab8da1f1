"""What was left unchecked stands in the next visit's plan."""

from __future__ import annotations

from datetime import date

from tests.support.desk.desks import FORM, signed_off_visit
from tests.support.forms.answers import best_answers
from visitapp.services.services import Services

LEFT = {"value": "not_checked", "reason": "The safe was locked."}


def test_the_next_visit_lists_what_was_not_checked(services: Services, homes: list[str]) -> None:
    signed_off_visit(services, homes[0], visited_on=date(2026, 10, 1), referrals=LEFT)
    visit = services.visits.start(homes[0], FORM).id
    assert services.visits.carried_over(visit) == ["referrals"]
    assert services.visits.view(visit).not_checked_last_time == ["referrals"]
    services.visits.answer(visit, "referrals", value="met")
    assert services.visits.carried_over(visit) == ["referrals"]


def test_the_first_visit_has_nothing_to_carry(services: Services, visit_id: str) -> None:
    assert services.visits.carried_over(visit_id) == []


def test_what_was_checked_since_is_done(services: Services, homes: list[str]) -> None:
    signed_off_visit(services, homes[0], visited_on=date(2026, 9, 1), referrals=LEFT)
    signed_off_visit(services, homes[0], visited_on=date(2026, 10, 1))
    assert services.visits.carried_over(services.visits.start(homes[0], FORM).id) == []


def test_an_audit_in_between_takes_nothing_off_the_list(
    services: Services, homes: list[str]
) -> None:
    signed_off_visit(services, homes[0], visited_on=date(2026, 9, 1), referrals=LEFT)
    audit = services.visits.start(homes[0], "medicines-audit", visited_on=date(2026, 10, 1)).id
    form = services.visits.form(audit)
    assert "referrals" not in form.questions
    services.visits.answer_all(audit, best_answers(form))
    services.visits.sign_off(audit)
    visit = services.visits.start(homes[0], FORM).id
    assert services.visits.carried_over(visit) == ["referrals"]


def test_not_applicable_is_no_gap_and_neither_is_what_was_optional(
    services: Services, homes: list[str]
) -> None:
    form = services.visits.form(services.visits.start(homes[0], FORM).id)
    optional = next(one.id for one in form.questions.values() if not one.required)
    nobody = {"value": "not_applicable", "reason": "Nobody was referred."}
    signed_off_visit(services, homes[0], referrals=nobody, **{optional: {"value": None}})
    visit = services.visits.start(homes[0], FORM).id
    assert services.visits.carried_over(visit) == []


def test_another_settings_gaps_are_not_carried(services: Services, homes: list[str]) -> None:
    signed_off_visit(services, homes[1], referrals=LEFT)
    assert services.visits.carried_over(services.visits.start(homes[0], FORM).id) == []
