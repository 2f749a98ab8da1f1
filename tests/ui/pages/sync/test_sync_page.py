"""The Sync page: what waits is said, a conflict shows both sides until a person chooses."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from sqlalchemy import update

from tests.support.desk.by_keys import tab_to
from tests.support.desk.colleagues import become, bring
from tests.support.desk.pictures import jpeg
from tests.support.desk.positions import meet
from tests.support.desk.states import sync_state
from tests.support.window.windows import Desktop, texts
from visitapp.errors import Code, NotAllowed
from visitapp.explanation import explanation_of
from visitapp.language import message
from visitapp.records import Conflict, EvidenceCopy, Outbox, Role
from visitapp.services.services import Services
from visitapp.services.sync.schedule import Doing, Hold
from visitapp.ui.dialogs.sync.connect import ConnectDialog
from visitapp.ui.shell.routes import Route
from visitapp.ui.shell.sync import link_words
from visitapp.ui.widgets.conflict_card import ConflictCard

CTRL = Qt.KeyboardModifier.ControlModifier


def met(services: Services, visit_id: str, setting_id: str, title: str) -> str:
    """The id of a conflict: a colleague changed the due day of an action as well."""
    today = services.desk.today()
    action = services.actions.add(visit_id, None, title, today)
    with services.desk.database.applying() as session:
        conflict = Conflict(
            setting_id=setting_id,
            kind="action",
            record_id=action.id,
            field="due_on",
            base_value="2026-11-25",
            server_value=today.isoformat(),
            server_by=services.me().id,
            server_at=services.desk.clock(),
            other_value="2026-12-12",
            other_by="01900000-0000-7000-8000-000000000000",
            other_at=services.desk.clock(),
            created_at=services.desk.clock(),
            created_by=services.me().id,
        )
        session.add(conflict)
        session.flush()
        return conflict.id


@pytest.fixture
def conflict_id(services: Services, visit_id: str, heather: str) -> str:
    return met(services, visit_id, heather, "Mend the rota")


def test_a_conflict_is_settled_by_choosing_a_side(desktop: Desktop, conflict_id: str) -> None:
    desktop.window.go(Route("sync"))
    [card] = desktop.sync.root.findChildren(ConflictCard)
    assert not card.keep.isEnabled(), "nothing is chosen for the person"
    assert any("12 Dec 2026" in text for text in texts(card))
    desktop.click(card.other)
    desktop.click(card.keep)
    assert desktop.services.conflicts.list() == []
    [action] = desktop.services.actions.list()
    assert action.due_on.isoformat() == "2026-12-12"


def test_keys_go_on_to_the_next_conflict(
    desktop: Desktop, services: Services, visit_id: str, heather: str, conflict_id: str
) -> None:
    met(services, visit_id, heather, "Mend the lift")
    desktop.window.go(Route("sync"))
    tab_to(desktop, "Keep 12 Dec 2026")
    desktop.press(Qt.Key.Key_Space)
    tab_to(desktop, "Keep this one")
    desktop.press(Qt.Key.Key_Return)
    assert desktop.focus.startswith("Keep ")
    assert len(services.conflicts.list()) == 1


def test_decisions_that_met_lead_to_the_decision(
    desktop: Desktop, services: Services, heather: str
) -> None:
    bring(services, lee=Role.LEAD, mia=Role.MANAGER)
    meet(services, heather, "lee", "mia")
    become(services, "mia")
    desktop.window.go(Route("sync"))
    [card] = desktop.sync.root.findChildren(ConflictCard)
    assert any("Two decisions on placements met" in text for text in texts(card))
    assert not card.server.isEnabled(), "neither is chosen here"
    desktop.click(card.keep)
    assert desktop.shown == "Decisions"
    said = desktop.decisions.said
    assert any("The more restrictive stands until settled" in text for text in said)


def test_the_corner_counts_conflicts(desktop: Desktop, conflict_id: str) -> None:
    desktop.window.go(Route("portfolio"))
    sync = desktop.window.navigation.buttons["sync"]
    desktop.until(lambda: sync.accessibleName() == "Sync, 1")


def test_before_a_server_is_known_the_page_offers_to_connect(desktop: Desktop) -> None:
    desktop.window.go(Route("sync"))
    assert not desktop.sync.offers("Sync now")
    desktop.sync.click("Connect to a server")
    assert desktop.dialog(ConnectDialog).isVisible()


def test_f5_without_a_server_leads_to_connect(desktop: Desktop) -> None:
    desktop.press(Qt.Key.Key_F5)
    dialog = desktop.dialog(ConnectDialog)
    assert desktop.focus == "Address of the server"
    desktop.press(Qt.Key.Key_Escape)
    assert not dialog.isVisible()


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("l", "Connect to a server"),
        ("s", "Save unsent work to a file"),
        ("o", "Load a rescue file"),
    ],
)
def test_each_link_of_the_page_has_a_key(
    desktop: Desktop, visit_id: str, key: str, title: str
) -> None:
    desktop.window.go(Route("sync"))
    desktop.press(key, CTRL)
    assert desktop.dialog_title == title


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Connect to a server", "Ctrl L"),
        ("Save unsent work to a file…", "Ctrl S"),
        ("Load a rescue file…", "Ctrl O"),
    ],
)
def test_each_link_shows_its_key_in_place(desktop: Desktop, name: str, key: str) -> None:
    desktop.window.go(Route("sync"))
    assert f"Key {key}" in desktop.sync.field(QAbstractButton, name).toolTip()


def test_a_key_sends_what_was_refused_again(desktop: Desktop, refused: str) -> None:
    desktop.window.go(Route("sync"))
    desktop.press("r", CTRL)
    assert desktop.services.connection.state().refused == 0


@pytest.fixture
def refused(services: Services, visit_id: str, tmp_path: Path) -> str:
    """An action and a photo that the server did not take; the id of the action."""
    photo = tmp_path / "lock.jpg"
    photo.write_bytes(jpeg(80, 60))
    services.evidence.add(visit_id, "registered_manager", photo)
    made = services.actions.add(visit_id, None, "Mend the roof", services.desk.today()).id
    why = {"refused_code": Code.OUT_OF_SCOPE.value, "refused_text": "This setting is not yours."}
    with services.desk.database.applying() as session:
        session.execute(update(Outbox).where(Outbox.record_id == made).values(**why))
        session.execute(update(EvidenceCopy).values(**why))
    return made


def test_what_was_refused_is_shown_with_its_reason_and_sent_again(
    desktop: Desktop, refused: str
) -> None:
    desktop.window.go(Route("sync"))
    assert "This setting is not yours." in desktop.sync.said
    before = desktop.services.connection.state()
    assert (before.refused, before.photos_refused, before.photos_waiting) == (1, 1, 0)
    desktop.sync.click("Send them again")
    state = desktop.services.connection.state()
    assert state.refused == 0
    assert (state.photos_refused, state.photos_waiting) == (0, 1), "photos are offered as well"
    assert not desktop.sync.offers("Send them again")
    assert desktop.dialog(ConnectDialog).isVisible(), "there is no server yet"


def test_the_reason_of_a_refusal_is_shown_in_the_language_of_the_window(
    desktop: Desktop, refused: str, pseudo_language: None
) -> None:
    error = NotAllowed(message("This setting is not yours."), message("Ask {who}.", who="Lea"))
    explanation = msgspec.to_builtins(explanation_of(error))
    with desktop.services.desk.database.applying() as session:
        session.execute(update(Outbox).values(refused_explanation=explanation))
    desktop.window.go(Route("sync"))
    assert str(error) in desktop.sync.said
    assert str(error) != error.english()


NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
CHANGES = {"waiting": 15}
PHOTOS = {"photos_waiting": 2, "photos_total": 5}
SYNCED = {"last_synced": NOW}
ALONE = {"connected": False}
CUT = {"problem": "No network.", **SYNCED}
CHANGES_LINE = "15 changes waiting to sync"
PHOTOS_LINE = "3 of 5 photos sent"
LAST_LINE = "Last synced just now"
SAYINGS = [
    ({}, "Not synced yet", ["Not synced yet", "Nothing waiting"]),
    (PHOTOS, PHOTOS_LINE, ["Not synced yet", PHOTOS_LINE]),
    (CHANGES, "15 changes to send", ["Not synced yet", CHANGES_LINE]),
    (CHANGES | PHOTOS, "15 changes to send", ["Not synced yet", CHANGES_LINE, PHOTOS_LINE]),
    (SYNCED, "Synced just now", ["Synced just now", "Nothing waiting"]),
    (SYNCED | PHOTOS, PHOTOS_LINE, ["Connected", PHOTOS_LINE, LAST_LINE]),
    (SYNCED | CHANGES, "15 changes to send", ["Connected", CHANGES_LINE, LAST_LINE]),
    (
        SYNCED | CHANGES | PHOTOS,
        "15 changes to send",
        ["Connected", CHANGES_LINE, PHOTOS_LINE, LAST_LINE],
    ),
    (ALONE, "", ["Nothing waiting"]),
    (ALONE | PHOTOS, "", [PHOTOS_LINE]),
    (ALONE | CHANGES, "", [CHANGES_LINE]),
    (ALONE | CHANGES | PHOTOS, "", [CHANGES_LINE, PHOTOS_LINE]),
    (CUT, "Offline · everything is saved here", ["Nothing waiting", LAST_LINE]),
    (CUT | PHOTOS, f"Offline · {PHOTOS_LINE}", [PHOTOS_LINE, LAST_LINE]),
    (CUT | CHANGES, "Offline · 15 changes saved here", [CHANGES_LINE, LAST_LINE]),
    (
        CUT | CHANGES | PHOTOS,
        "Offline · 15 changes saved here",
        [CHANGES_LINE, PHOTOS_LINE, LAST_LINE],
    ),
]
"""The state, what the pill says, and the lines of the corner; of those offline the first is cut."""


@pytest.mark.parametrize(("fields", "pill", "lines"), SAYINGS)
def test_what_waits_is_said_whatever_the_link(
    fields: dict[str, object], pill: str, lines: list[str]
) -> None:
    state = sync_state(**fields)
    assert link_words.pill(state, NOW) == pill
    said = link_words.link_lines(state, NOW)
    if not state.connected:
        assert said.pop(0) == "Working on this laptop only"
    if state.problem:
        assert said.pop(0) == "Working offline. No network."
    assert said == lines


def test_a_problem_that_waits_for_a_person_is_not_called_offline() -> None:
    state = sync_state(**CUT | {"problem": "The server would remove 148 records."})
    doing = Doing(hold=Hold.PERSON)
    assert link_words.pill(state, NOW, doing) == "Sync waits for you · everything is saved here"
    assert link_words.link_lines(state, NOW, doing)[0] == "The server would remove 148 records."


def test_photos_on_their_way_are_said_once() -> None:
    state = sync_state(**PHOTOS)
    doing = Doing(syncing=True)
    assert link_words.pill(state, NOW, doing) == PHOTOS_LINE
    assert link_words.link_lines(state, NOW, doing) == [PHOTOS_LINE]
