"""Moving an open visit to a newer version of its form: told first, and nothing is lost."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.support.desk.desks import FORM, SHIPPED, Clock, open_desk
from tests.support.desk.keyrings import MemoryKeyring
from tests.support.directory.cqc import HEATHER
from tests.support.forms.versions import NEWER, library_with, newer_text
from visitapp.errors import Code, NotFound, Refused
from visitapp.records import Answer, Visit
from visitapp.services.services import Services
from visitapp.services.views.form_upgrade import KeptAside

OLD = SHIPPED.form(FORM)
GONE = OLD.questions["dignity"]
NOTE = "They knock, and do not wait."


def newer() -> str:
    """Without the question that goes, and with the referrals as a sample."""
    text = newer_text(FORM)
    start = text.index(f"      - id: {GONE.id}\n")
    end = text.index("      - id: ", start + 10)
    text = text[:start] + text[end:]
    bands = "bands: [{value: met, from: 90}, {value: partly, from: 60}, {value: not_met, from: 0}]"
    return re.sub(
        r"(- id: referrals\n(?:.*\n)*?) +type: choice\n",
        rf"\1        type: sample\n        {bands}\n",
        text,
    )


@pytest.fixture
def services(
    tmp_path: Path, bare: Path, keyring: MemoryKeyring, clock: Clock
) -> Iterator[Services]:
    """A desk that was given a newer version of the form."""
    shutil.copytree(bare, tmp_path / "desk")
    library = library_with(tmp_path / "forms", newer())
    with open_desk(tmp_path / "desk", clock, keyring, library) as opened:
        yield opened


@pytest.fixture
def visit_id(services: Services) -> str:
    """A visit on the old version, with two answers that the newer one does not take."""
    setting = services.settings.add(HEATHER.location_id).setting_id
    visit = services.visits.start(setting, FORM).id
    pin(services, visit, OLD.version)
    services.visits.answer(visit, GONE.id, value="partly", note=NOTE)
    services.visits.add_evidence(visit, GONE.id, "conversation", "Talk with a resident")
    services.visits.answer(visit, "referrals", value="met", note="All four in time.")
    services.visits.answer(visit, "registered_manager", value="met")
    return visit


def pin(services: Services, visit_id: str, version: str) -> None:
    """As if the newer version had come after the visit was started."""
    with services.desk.database.applying() as session:
        session.get_one(Visit, visit_id).form_version = version


def test_what_a_move_would_do_is_told_and_nothing_changes(
    services: Services, visit_id: str
) -> None:
    before = services.visits.view(visit_id)
    told = services.visits.version_changes(visit_id)
    assert (told.from_version, told.to_version) == (OLD.version, NEWER)
    assert {(c.what, c.id) for c in told.changes} >= {
        ("removed", GONE.id),
        ("rescored", "referrals"),
    }
    assert told.falls_away == [
        KeptAside(
            question=GONE.id,
            number=GONE.number,
            ask=GONE.ask,
            answer="Partly met",
            note=NOTE,
            reason="",
            evidence=["Talk with a resident"],
            why="gone",
        ),
        KeptAside(
            question="referrals",
            number=OLD.questions["referrals"].number,
            ask=OLD.questions["referrals"].ask,
            answer="Met",
            note="All four in time.",
            reason="",
            evidence=[],
            why="other_kind",
        ),
    ]
    assert told.before == before.outcome
    assert "referrals" in told.after.unanswered
    assert any(OLD.questions["last_actions_done"].number in text for text in told.missing)
    assert services.visits.view(visit_id) == before


def test_a_moved_visit_keeps_every_answer(services: Services, visit_id: str) -> None:
    told = services.visits.version_changes(visit_id, NEWER)
    with services.desk.reading() as session:
        kept = {a.question: (a.value, a.note) for a in session.scalars(select(Answer))}
    view = services.visits.move_to_version(visit_id, NEWER)
    assert view == services.visits.view(visit_id)
    assert view.summary.form_version == NEWER
    assert view.outcome == told.after
    assert view.kept_aside == told.falls_away
    assert set(view.answers) == {"referrals", "registered_manager"}
    assert (view.answers["referrals"].value, view.answers["referrals"].note) == (
        None,
        "All four in time.",
    )
    with services.desk.reading() as session:
        now = {a.question: (a.value, a.note) for a in session.scalars(select(Answer))}
    assert now == kept


def test_an_answer_that_fell_away_can_be_given_anew(services: Services, visit_id: str) -> None:
    services.visits.move_to_version(visit_id)
    noted = services.visits.answer(visit_id, "referrals", note="Look again.")
    assert (noted.answer.value, noted.answer.note) == (None, "Look again.")
    assert "referrals" in {one.question for one in services.visits.view(visit_id).kept_aside}
    given = services.visits.answer(visit_id, "referrals", checked=5, met=5)
    assert (given.answer.checked, given.answer.note) == (5, "Look again.")
    assert [one.question for one in services.visits.view(visit_id).kept_aside] == [GONE.id]
    with pytest.raises(Refused):
        services.visits.answer(visit_id, GONE.id, value="met")


def test_only_an_open_visit_moves_and_only_to_a_newer_version(
    services: Services, visit_id: str
) -> None:
    for version in (OLD.version, "1900.1"):
        with pytest.raises((Refused, NotFound)):
            services.visits.move_to_version(visit_id, version)
    services.visits.move_to_version(visit_id)
    with pytest.raises(Refused, match="not newer"):
        services.visits.version_changes(visit_id)
    with services.desk.database.applying() as session:
        session.get_one(Visit, visit_id).status = "signed_off"
    for attempt in (services.visits.version_changes, services.visits.move_to_version):
        with pytest.raises(Refused) as refused:
            attempt(visit_id)
        assert refused.value.code == Code.VISIT_FROZEN


def test_a_form_built_for_its_visit_stays(services: Services, visit_id: str) -> None:
    setting = services.visits.view(visit_id).summary.setting_id
    built = services.visits.start(setting, "intervention-visit").id
    with services.desk.database.applying() as session:
        session.get_one(Visit, built).form_text = "id: intervention-visit"
    with pytest.raises(Refused, match="cannot move to another version"):
        services.visits.move_to_version(built)


def test_one_note_behind_two_findings_is_warned_of(services: Services, visit_id: str) -> None:
    assert services.visits.view(visit_id).warnings == []
    services.visits.answer(visit_id, "registered_manager", value="not_met", note=NOTE)
    (warning,) = services.visits.view(visit_id).warnings
    assert NOTE in warning
