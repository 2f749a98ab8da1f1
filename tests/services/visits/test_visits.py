"""Visits: starting, looking at them, evidence, sign-off, and what the last one found."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from forms.catalogue.catalogue import Library
from forms.format.setting_facts import SERVICE_TYPES
from forms.model import PURPOSES
from forms.rating.rating import rate
from tests.support.desk.desks import FORM, START, Clock, open_desk, signed_off_visit
from tests.support.desk.keyrings import MemoryKeyring
from tests.support.directory.cqc import HEATHER
from tests.support.forms.answers import best_answers
from tests.support.forms.small_forms import area, question
from tests.support.forms.small_forms import text as small_form
from visitapp.errors import Code, NotFound, Refused
from visitapp.records import ASSESSMENTS, Answer, Purpose, Rating, ServiceType, Setting, Visit
from visitapp.records.ids import answer_id
from visitapp.services.services import Services

NOT_MET = {"value": "not_met", "note": "Two of five were not referred."}


def test_a_visit_starts_today_pinned_to_the_newest_version(
    services: Services, homes: list[str]
) -> None:
    visit = services.visits.start(homes[0], FORM, "joint", announced=False, joined_by="Health")
    assert visit.form_version == services.desk.library.form(FORM).version
    assert visit.visited_on == START.astimezone().date()
    view = services.visits.view(visit.id)
    assert (view.announced, view.joined_by) == (False, "Health")
    assert (view.summary.status, view.summary.purpose) == ("draft", "joint")
    assert view.outcome.overall == "unrated"


def test_an_unknown_purpose_or_form_is_refused(services: Services, homes: list[str]) -> None:
    with pytest.raises(Refused, match="not a purpose"):
        services.visits.start(homes[0], FORM, "holiday")
    with pytest.raises(NotFound):
        services.visits.start(homes[0], "no-such-form")
    with pytest.raises(Refused, match="too long"):
        services.visits.start(homes[0], FORM, joined_by="x" * 251)
    assert services.visits.list() == []


def test_a_form_for_another_kind_of_service_is_refused(
    services: Services, homes: list[str]
) -> None:
    wanted = "is for home care, and Heather Bank .*is residential"
    with pytest.raises(Refused, match=wanted) as refused:
        services.visits.start(homes[0], "home-care-quality")
    assert refused.value.code == Code.FORM_UNFIT
    assert services.visits.list() == []


def test_a_purpose_that_the_form_is_not_for_is_refused(
    tmp_path: Path, bare: Path, keyring: MemoryKeyring, clock: Clock
) -> None:
    made = small_form(area("a", question("p"))).replace(
        "kind: visit", "kind: visit\npurposes: [themed, risk_led]"
    )
    (tmp_path / "small.yaml").write_text(made, encoding="utf-8")
    shutil.copytree(bare, tmp_path / "desk")
    with open_desk(tmp_path / "desk", clock, keyring, Library(tmp_path)) as services:
        home = services.settings.add(HEATHER.location_id).setting_id
        assert services.visits.purposes("small") == ("themed", "risk_led")
        with pytest.raises(Refused, match="not for this purpose: annual quality visit") as refused:
            services.visits.start(home, "small", "annual")
        assert refused.value.code == Code.FORM_UNFIT
        assert str(refused.value.next_step) == "It can be used for: themed audit, risk-led visit."
        assert services.visits.start(home, "small", "themed").purpose == "themed"


def test_the_purposes_and_services_of_a_form_are_those_of_the_records() -> None:
    assert set(PURPOSES) == set(Purpose) - ASSESSMENTS
    assert set(SERVICE_TYPES) == set(ServiceType)


def test_details_can_be_mended_while_the_visit_is_open(services: Services, visit_id: str) -> None:
    services.visits.set_details(visit_id, visited_on=date(2026, 11, 20), announced=False)
    view = services.visits.view(visit_id)
    assert (view.summary.visited_on, view.announced, view.joined_by) == (
        date(2026, 11, 20),
        False,
        "",
    )


def test_evidence_supports_an_answer(services: Services, visit_id: str) -> None:
    added = services.visits.add_evidence(visit_id, "referrals", "document", " Incident log ")
    assert (added.kind, added.title) == ("document", "Incident log")
    assert services.visits.view(visit_id).evidence == [added]


@pytest.mark.parametrize(
    ("question", "kind", "title"),
    [("nothing", "note", "Log"), ("referrals", "rumour", "Log"), ("referrals", "note", "  ")],
)
def test_evidence_that_says_nothing_is_refused(
    services: Services, visit_id: str, question: str, kind: str, title: str
) -> None:
    with pytest.raises(Refused) as refused:
        services.visits.add_evidence(visit_id, question, kind, title)
    assert refused.value.code == Code.BAD_VALUE


def test_sign_off_names_what_is_missing(services: Services, visit_id: str) -> None:
    form = services.visits.form(visit_id)
    given = best_answers(form)
    del given["referrals"]
    services.visits.answer_all(visit_id, given)
    with pytest.raises(Refused) as refused:
        services.visits.sign_off(visit_id)
    assert refused.value.code == Code.VISIT_INCOMPLETE
    number = form.questions["referrals"].number
    assert f"1 thing is missing: {number} needs an answer" in str(refused.value.what)
    assert services.visits.view(visit_id).summary.status == "draft"


def test_sign_off_of_an_empty_visit_counts_the_rest(services: Services, visit_id: str) -> None:
    with pytest.raises(Refused) as refused:
        services.visits.sign_off(visit_id)
    missing = len(services.visits.view(visit_id).needs)
    assert f"{missing} things are missing" in str(refused.value.what)
    assert f"and {missing - 3} more" in str(refused.value.what)


def test_sign_off_freezes_the_facts_and_the_outcome(services: Services, homes: list[str]) -> None:
    view = signed_off_visit(services, homes[0], referrals=NOT_MET)
    with services.desk.transaction() as session:
        session.get_one(Setting, homes[0]).name = "Another name"
    again = services.visits.view(view.summary.id)
    assert again.setting_name == "Heather Bank"
    assert again.outcome == view.outcome
    assert (again.summary.status, again.summary.rag) == ("signed_off", "red")
    assert again.signed_off_by == services.me().title
    form = services.visits.form(view.summary.id)
    answers = services.visits.answers(view.summary.id)
    assert rate(form, answers, again.setting_facts) == view.outcome


def test_sign_off_lets_the_rating_stand_with_its_first_reason(
    services: Services, homes: list[str]
) -> None:
    view = signed_off_visit(services, homes[0], referrals=NOT_MET)
    with services.desk.reading() as session:
        rating = session.query(Rating).one()
        signed = session.get_one(Visit, view.summary.id).signed_off_at
    assert (rating.rag, rating.percent) == ("red", view.outcome.percent)
    assert rating.reason == view.outcome.because[0].text
    assert rating.since == signed


def test_what_was_found_last_time_stands_beside_each_question(
    services: Services, homes: list[str], clock: Clock
) -> None:
    for month, referrals in ((1, {"value": "met"}), (4, NOT_MET), (7, NOT_MET)):
        clock.move_to(date(2027, month, 1))
        signed_off_visit(services, homes[0], referrals=referrals)
    clock.move_to(date(2027, 10, 1))
    visit = services.visits.start(homes[0], FORM)
    view = services.visits.view(visit.id)
    last = view.last_time["referrals"]
    assert view.previous_visit_on == last.visited_on == date(2027, 7, 1)
    assert (last.label, last.answer.note, last.times_below) == ("Not met", NOT_MET["note"], 2)
    assert view.last_time["dignity"].times_below == 0
    assert view.last_time["plans_reviewed"].label == "Met (5 of 5)"
    assert view.summary.previous_rag == "red"


def test_the_first_visit_has_no_last_time(services: Services, visit_id: str) -> None:
    view = services.visits.view(visit_id)
    assert (view.last_time, view.previous_visit_on, view.summary.previous_rag) == (
        {},
        None,
        "unrated",
    )


def test_another_settings_visits_are_not_the_last_time(
    services: Services, homes: list[str]
) -> None:
    signed_off_visit(services, homes[1], visited_on=date(2026, 1, 5))
    visit = services.visits.start(homes[0], FORM)
    assert services.visits.view(visit.id).last_time == {}


def test_visits_are_listed_newest_first_and_narrowed(services: Services, homes: list[str]) -> None:
    old = signed_off_visit(services, homes[0], visited_on=date(2026, 3, 1)).summary.id
    new = services.visits.start(homes[0], FORM).id
    other = services.visits.start(homes[1], FORM, visited_on=date(2026, 5, 1)).id
    assert [visit.id for visit in services.visits.list()] == [new, other, old]
    assert [visit.id for visit in services.visits.list(status="draft")] == [new, other]
    assert [visit.id for visit in services.visits.list(setting_id=homes[0])] == [new, old]


def test_figures_that_two_laptops_sent_apart_bar_the_sign_off(
    services: Services, homes: list[str]
) -> None:
    """Each figure came in by a sync of its own; nobody can type both."""
    visit = services.visits.start(homes[0], FORM).id
    services.visits.answer_all(visit, best_answers(services.visits.form(visit)))
    sample = "audit_findings_closed"
    with services.desk.database.applying() as session:
        session.get_one(Answer, answer_id(visit, sample)).met = 9
    need = services.visits.view(visit).needs[0]
    assert (need.question, need.what) == (sample, "correction")
    assert "9 met of 5 checked" in need.text
    with pytest.raises(Refused, match="needs its figures corrected") as refused:
        services.visits.sign_off(visit)
    assert refused.value.code == Code.VISIT_INCOMPLETE
    services.visits.answer(visit, sample, checked=9, met=9)
    assert services.visits.sign_off(visit).summary.status == "signed_off"


def test_a_message_names_a_question_by_its_number(services: Services, homes: list[str]) -> None:
    visit = services.visits.start(homes[0], FORM).id
    number = services.visits.form(visit).questions["audit_findings_closed"].number
    with pytest.raises(Refused) as refused:
        services.visits.answer(visit, "audit_findings_closed", checked=5, met=9)
    assert str(refused.value).startswith(f"Question {number}: ")
    assert "audit_findings_closed" not in str(refused.value)
    with pytest.raises(Refused, match=r"^Question 1\.1: The note is too long"):
        services.visits.answer(visit, "registered_manager", note="x" * 20_001)


def test_what_is_signed_is_what_was_reviewed(services: Services, homes: list[str]) -> None:
    visit = services.visits.start(homes[0], FORM).id
    services.visits.answer_all(visit, best_answers(services.visits.form(visit)))
    seen = services.visits.view(visit)
    services.visits.answer(visit, "registered_manager", note="A note that came later.")
    with pytest.raises(Refused, match="changed while you were reviewing") as refused:
        services.visits.sign_off(visit, reviewed=seen)
    assert refused.value.code == Code.OUTCOME_DIFFERS
    assert services.visits.view(visit).summary.status == "draft"
    services.visits.sign_off(visit, reviewed=services.visits.view(visit))
