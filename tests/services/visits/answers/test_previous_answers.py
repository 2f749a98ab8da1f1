"""Since last time: what an earlier visit recorded, beside the question that asks it again."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from tests.support.desk.desks import FORM, Clock, open_desk, signed_off_visit
from tests.support.desk.keyrings import MemoryKeyring
from tests.support.directory.cqc import HEATHER
from tests.support.forms.answers import best_answers
from tests.support.forms.versions import EARLIER, NEWER, library_with, newer_text
from visitapp.records import Visit
from visitapp.services.services import Services

BELOW = {"value": "not_met", "note": "Two referrals went late."}


def visit_on(
    services: Services, setting: str, form_id: str, day: date, **answers: dict[str, object]
) -> str:
    """A signed-off visit on any form."""
    visit = services.visits.start(setting, form_id, visited_on=day).id
    form = services.visits.form(visit)
    services.visits.answer_all(visit, {**best_answers(form), **answers})
    services.visits.sign_off(visit)
    return visit


def test_an_audit_in_between_hides_nothing_and_ends_no_row(
    services: Services, homes: list[str]
) -> None:
    for month in (1, 3):
        signed_off_visit(services, homes[0], visited_on=date(2026, month, 1), referrals=BELOW)
        visit_on(services, homes[0], "medicines-audit", date(2026, month + 1, 1))
    visit = services.visits.start(homes[0], "residential-quality").id
    view = services.visits.view(visit)
    last = view.last_time["referrals"]
    assert (last.visited_on, last.label, last.times_below) == (date(2026, 3, 1), "Not met", 2)
    assert view.previous_visit_on == date(2026, 4, 1)


def test_the_evidence_and_the_action_of_last_time_come_along(
    services: Services, homes: list[str]
) -> None:
    visit = services.visits.start(homes[0], "residential-quality", visited_on=date(2026, 3, 1)).id
    form = services.visits.form(visit)
    services.visits.answer_all(visit, {**best_answers(form), "referrals": BELOW})
    services.visits.add_evidence(visit, "referrals", "document", "Incident log")
    services.visits.add_evidence(visit, "dignity", "conversation", "Talk with SU4")
    action = services.actions.add(
        visit, None, "Refer what was missed", date(2026, 3, 2), question="referrals"
    )
    services.visits.sign_off(visit)
    services.actions.update(action.id, status="done")

    view = services.visits.view(services.visits.start(homes[0], "residential-quality").id)
    last = view.last_time["referrals"]
    assert last.evidence == ["Incident log"]
    assert [(one.title, one.status) for one in last.actions] == [("Refer what was missed", "done")]
    assert view.last_time["dignity"].evidence == ["Talk with SU4"]
    assert view.last_time["dignity"].actions == []


def test_an_answer_to_a_question_that_was_not_asked_counts_for_nothing(
    services: Services, homes: list[str]
) -> None:
    """Agency profiles are asked for only where agency staff work; an older answer is kept."""
    agency = {"agency_use": {"value": 20}, "agency_profiles": {"checked": 4, "met": 0}}
    signed_off_visit(services, homes[0], visited_on=date(2026, 1, 1), **agency)
    signed_off_visit(
        services, homes[0], visited_on=date(2026, 2, 1), **{**agency, "agency_use": {"value": 0}}
    )
    view = services.visits.view(services.visits.start(homes[0], "residential-quality").id)
    last = view.last_time["agency_profiles"]
    assert (last.visited_on, last.times_below) == (date(2026, 1, 1), 1)


def test_another_version_of_the_form_goes_on_counting(
    tmp_path: Path, bare: Path, keyring: MemoryKeyring, clock: Clock
) -> None:
    shutil.copytree(bare, tmp_path / "laptop")
    with open_desk(tmp_path / "laptop", clock, keyring) as before:
        home = before.settings.add(HEATHER.location_id).setting_id
        for month in (1, 2):
            signed_off_visit(before, home, visited_on=date(2026, month, 1), referrals=BELOW)
    newer = newer_text(FORM, ("label: Not met,", "label: Missed,"))
    with open_desk(
        tmp_path / "laptop", clock, keyring, library_with(tmp_path / "forms", newer)
    ) as after:
        started = after.visits.start(home, FORM)
        assert started.form_version == NEWER
        last = after.visits.view(started.id).last_time["referrals"]
    assert (last.label, last.answer.note, last.times_below) == ("Not met", BELOW["note"], 2)


def test_an_answer_of_other_steps_is_said_to_be_measured_differently(
    services: Services, homes: list[str]
) -> None:
    """In the version before, 96 per cent of training was Met; now it is Partly."""
    visit = services.visits.start(homes[0], FORM, visited_on=date(2026, 3, 1)).id
    with services.desk.database.applying() as session:
        session.get_one(Visit, visit).form_version = EARLIER
    form = services.visits.form(visit)
    services.visits.answer_all(visit, {**best_answers(form), "mandatory_training": {"value": 96}})
    services.visits.sign_off(visit)
    last = services.visits.view(services.visits.start(homes[0], FORM).id).last_time
    assert last["mandatory_training"].label.startswith("Met")
    assert last["mandatory_training"].measured_differently
    assert not last["agency_use"].measured_differently
    assert not last["dignity"].measured_differently
