"""Answering a visit: what changes, what stays, what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.desk.desks import FORM, Clock, signed_off_visit
from tests.support.forms.answers import best_answers
from visitapp.errors import BadFile, Code, NotFound, Refused
from visitapp.records import Answer, History, Outbox
from visitapp.services.services import Services


def answers(services: Services, visit_id: str) -> dict[str, dict[str, Any]]:
    return services.visits.answers(visit_id)


def test_an_answer_changes_the_outcome_at_once(services: Services, visit_id: str) -> None:
    saved = services.visits.answer(visit_id, "referrals", value="not_met")
    assert saved.outcome.overall == "red"
    assert "referrals" in [reason.question for reason in saved.outcome.because]
    assert services.visits.answer(visit_id, "referrals", value="met").outcome.overall == "green"


def test_the_moment_of_saving_is_after_the_commit(
    services: Services, visit_id: str, clock: Clock
) -> None:
    saved = services.visits.answer(visit_id, "referrals", value="met")
    with services.desk.reading() as session:
        written = session.query(Answer).one().created_at
    assert written < saved.saved_at <= clock.now


def test_only_the_fields_given_change(services: Services, visit_id: str) -> None:
    services.visits.answer(visit_id, "referrals", value="partly", note="One was late.")
    services.visits.answer(visit_id, "referrals", value="met")
    assert answers(services, visit_id)["referrals"] == {"value": "met", "note": "One was late."}
    services.visits.answer(visit_id, "referrals", note="")
    assert answers(services, visit_id)["referrals"] == {"value": "met"}


def test_an_answer_taken_back_leaves_its_note(services: Services, visit_id: str) -> None:
    services.visits.answer(visit_id, "plans_reviewed", checked=5, met=3, note="SU3, SU4.")
    saved = services.visits.answer(visit_id, "plans_reviewed", value=None)
    assert (saved.answer.checked, saved.answer.met, saved.answer.note) == (None, None, "SU3, SU4.")
    assert "plans_reviewed" in saved.outcome.unanswered


def test_a_sample_can_be_typed_one_figure_at_a_time(services: Services, visit_id: str) -> None:
    half = services.visits.answer(visit_id, "plans_reviewed", checked=5)
    assert "plans_reviewed" in half.outcome.unanswered
    whole = services.visits.answer(visit_id, "plans_reviewed", met=5)
    assert "plans_reviewed" not in whole.outcome.unanswered


@pytest.mark.parametrize(
    ("question", "given"),
    [
        ("no_such_question", {"value": "met"}),
        ("referrals", {"value": "splendid"}),
        ("referrals", {"note": "a\x00b"}),
        ("referrals", {"note": "x" * 20_001}),
        ("plans_reviewed", {"checked": 3, "met": 5}),
        ("plans_reviewed", {"checked": 10**9, "met": 5}),
        ("plans_reviewed", {"checked": -1}),
    ],
)
def test_what_cannot_be_recorded_is_refused_and_changes_nothing(
    services: Services, visit_id: str, question: str, given: dict[str, Any]
) -> None:
    with pytest.raises(Refused) as refused:
        services.visits.answer(visit_id, question, **given)
    assert refused.value.code == Code.BAD_VALUE
    assert answers(services, visit_id) == {}


def test_a_refused_part_refuses_the_whole_answer(services: Services, visit_id: str) -> None:
    services.visits.answer(visit_id, "plans_reviewed", checked=5, met=3)
    with pytest.raises(Refused):
        services.visits.answer(visit_id, "plans_reviewed", checked=2)
    assert answers(services, visit_id)["plans_reviewed"] == {"checked": 5, "met": 3}


def test_many_answers_are_recorded_in_one_go(services: Services, visit_id: str) -> None:
    form = services.visits.form(visit_id)
    outcome = services.visits.answer_all(visit_id, best_answers(form))
    assert (outcome.overall, outcome.percent, outcome.coverage) == ("green", 100, 100)
    assert answers(services, visit_id) == best_answers(form)


def test_one_bad_answer_refuses_them_all_and_says_how_many(
    services: Services, visit_id: str
) -> None:
    given = {
        "referrals": {"value": "met"},
        "unheard_of": {"value": "met"},
        "dignity": {"value": "splendid"},
    }
    with pytest.raises(Refused) as refused:
        services.visits.answer_all(visit_id, given)
    assert refused.value.code == Code.ANSWERS_FAULTS
    assert not isinstance(refused.value, BadFile)
    assert "2 faults" in str(refused.value.what)
    assert "unheard_of" in str(refused.value.what)
    assert answers(services, visit_id) == {}


def test_an_empty_answer_to_an_unknown_question_is_refused_too(
    services: Services, visit_id: str
) -> None:
    with pytest.raises(Refused, match="unheard_of"):
        services.visits.answer_all(visit_id, {"unheard_of": {}})


def test_null_takes_an_answer_back(services: Services, visit_id: str) -> None:
    services.visits.answer_all(visit_id, {"referrals": {"value": "met"}})
    services.visits.answer_all(visit_id, {"referrals": {"value": None}})
    assert answers(services, visit_id) == {"referrals": {}}
    assert services.visits.view(visit_id).answers == {}


def test_the_same_answer_again_leaves_no_trace(services: Services, visit_id: str) -> None:
    services.visits.answer(visit_id, "referrals", value="met")
    with services.desk.reading() as session:
        before = session.query(History).count(), session.query(Outbox).count()
    services.visits.answer(visit_id, "referrals", value="met")
    with services.desk.reading() as session:
        assert (session.query(History).count(), session.query(Outbox).count()) == before


def test_a_changed_answer_is_in_the_history(services: Services, visit_id: str) -> None:
    services.visits.answer(visit_id, "referrals", value="met")
    services.visits.answer(visit_id, "referrals", value="partly")
    with services.desk.reading() as session:
        change = session.query(History).filter_by(kind="answer").one()
        assert (change.field, change.old, change.new) == ("value", "met", "partly")
        assert change.created_by == services.me().id


def test_a_signed_off_visit_takes_no_answers(services: Services, homes: list[str]) -> None:
    frozen = signed_off_visit(services, homes[0]).summary.id
    for attempt in (
        lambda: services.visits.answer(frozen, "referrals", value="not_met"),
        lambda: services.visits.answer_all(frozen, {"referrals": {"value": "not_met"}}),
        lambda: services.visits.set_details(frozen, joined_by="Health Protection"),
        lambda: services.visits.add_evidence(frozen, "referrals", "note", "Log seen"),
        lambda: services.visits.sign_off(frozen),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.code == Code.VISIT_FROZEN
    assert services.visits.outcome(frozen).overall == "green"


def test_a_visit_that_is_not_here_is_not_found(services: Services) -> None:
    with pytest.raises(NotFound):
        services.visits.answer("nowhere", "referrals", value="met")
    with pytest.raises(NotFound):
        services.visits.start("nowhere", FORM)
