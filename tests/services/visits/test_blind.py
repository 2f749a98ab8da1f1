"""A blind visit keeps its outcome hidden until every question is answered, and then shows it."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from tests.support.desk.colleagues import become, bring
from tests.support.desk.desks import FORM
from tests.support.forms.answers import best_answers
from visitapp.errors import NotAllowed, Refused
from visitapp.records import History, Role, Visit
from visitapp.services.services import Services
from visitapp.services.visits.receipt import receipt_of

LAST = "registered_manager"


@pytest.fixture
def blind(services: Services, homes: list[str]) -> str:
    """A blind visit with every answer but one; the rest of them would make it Red."""
    visit = services.visits.start(homes[0], FORM, blind=True)
    services.visits.answer_all(visit.id, all_but_last(services, visit.id))
    return visit.id


def all_but_last(services: Services, visit_id: str) -> dict[str, dict[str, Any]]:
    answers = best_answers(services.visits.form(visit_id))
    answers["records_shown"] = {"value": "not_met", "note": "Two files could not be found."}
    del answers[LAST]
    return answers


def test_nothing_says_how_it_will_be_rated(services: Services, blind: str) -> None:
    visits = services.visits
    view = visits.view(blind)
    assert view.hidden
    assert visits.is_hidden(blind)
    for outcome in (view.outcome, visits.outcome(blind)):
        assert (outcome.overall, outcome.percent) == ("unrated", None)
        assert not any((outcome.areas, outcome.because, outcome.also, outcome.would_change))
        assert outcome.unanswered == [LAST]
    assert visits.standing_so_far() == {blind: ("", "")}
    with pytest.raises(Refused, match="hidden"):
        visits.lens(blind, "cqc")
    saved = visits.answer(blind, "provider_oversight", note="Seen twice.")
    assert saved.hidden
    assert saved.outcome.overall == "unrated"


def test_the_last_answer_shows_it_and_it_stays_in_view(services: Services, blind: str) -> None:
    visits = services.visits
    saved = visits.answer(blind, LAST, value="met")
    assert not saved.hidden
    assert saved.outcome.overall == "red"
    assert not visits.answer(blind, LAST, value=None).hidden
    assert visits.outcome(blind).overall == "red"
    with services.desk.reading() as session:
        changes = session.scalars(
            select(History.field).where(History.record_id == blind, History.field == "revealed")
        ).all()
    assert len(changes) == 1


def test_an_answer_without_the_reason_that_it_needs_is_none_yet(
    services: Services, blind: str
) -> None:
    visits = services.visits
    assert visits.answer(blind, LAST, value="not_checked").hidden
    assert not visits.answer(blind, LAST, reason="Away all day.").hidden


def test_only_questions_that_are_asked_count(services: Services, homes: list[str]) -> None:
    visit = services.visits.start(homes[0], FORM, blind=True)
    form = services.visits.form(visit.id)
    nursing = "setting.service_type == 'nursing'"
    answers = {
        name: answer
        for name, answer in best_answers(form).items()
        if form.questions[name].relevant != nursing
    }
    assert len(answers) < len(form.questions)
    services.visits.answer_all(visit.id, {**answers, LAST: {"value": None}})
    assert services.visits.is_hidden(visit.id)
    assert not services.visits.answer(visit.id, LAST, value="met").hidden


def test_what_another_laptop_completed_stays_in_view_too(services: Services, blind: str) -> None:
    with services.desk.database.applying() as session:
        session.get_one(Visit, blind).revealed = False
    services.visits.answer(blind, LAST, value="met")
    with services.desk.database.applying() as session:
        session.get_one(Visit, blind).revealed = False
    assert not services.visits.answer(blind, LAST, value=None).hidden


def test_a_returned_visit_is_not_hidden_again(services: Services, blind: str) -> None:
    services.visits.answer(blind, LAST, value="met")
    services.visits.sign_off(blind)
    officer = services.me().id
    bring(services, **{"a-lead": Role.LEAD})
    become(services, "a-lead")
    services.reviews.return_(blind, "Look at 1.1 again.")
    become(services, officer)
    assert not services.visits.answer(blind, LAST, value=None).hidden


def test_it_can_be_hidden_later_and_shown_at_once(services: Services, visit_id: str) -> None:
    visits = services.visits
    visits.answer(visit_id, LAST, value="met")
    visits.hide_outcome(visit_id, hidden=True)
    view = visits.view(visit_id)
    assert (view.hidden, view.answered_before) == (True, 1)
    visits.hide_outcome(visit_id, hidden=False)
    view = visits.view(visit_id)
    assert (view.hidden, view.blind, view.answered_before) == (False, False, 0)
    visits.answer_all(visit_id, best_answers(visits.form(visit_id)))
    with pytest.raises(Refused, match="Every question is answered"):
        visits.hide_outcome(visit_id, hidden=True)
    assert not visits.view(visit_id).blind
    visits.sign_off(visit_id)
    with pytest.raises(Refused):
        visits.hide_outcome(visit_id, hidden=True)


def test_who_joined_sees_it_hidden_and_leaves_it_so(services: Services, blind: str) -> None:
    bring(services, helper=Role.OFFICER)
    services.joint_visits.join(blind, "helper")
    become(services, "helper")
    assert services.visits.is_hidden(blind)
    with pytest.raises(NotAllowed):
        services.visits.hide_outcome(blind, hidden=False)
    assert not services.visits.answer(blind, LAST, value="met").hidden
    with services.desk.reading() as session:
        assert not session.get_one(Visit, blind).revealed


def test_a_move_to_another_version_tells_no_outcome(services: Services, blind: str) -> None:
    with services.desk.database.applying() as session:
        session.get_one(Visit, blind).form_version = "2026.1"
    told = services.visits.version_changes(blind)
    assert told.hidden
    assert {told.before.overall, told.after.overall} == {"unrated"}


def test_the_receipt_covers_it(services: Services, blind: str) -> None:
    services.visits.answer(blind, LAST, value="met")
    view, form = services.visits.sign_off(blind), services.visits.form(blind)
    receipt = receipt_of(view, form)
    assert view.blind
    assert not view.hidden
    assert view.outcome.overall == "red"
    changed = (replace(view, blind=False), replace(view, answered_before=2))
    assert receipt not in {receipt_of(one, form) for one in changed}
