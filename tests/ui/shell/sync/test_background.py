"""Syncing in the background: a server comes, goes and comes back, and nothing is in the way."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.support.desk.desks import Clock, open_desk
from tests.support.desk.keyrings import MemoryKeyring
from tests.support.desk.states import sync_state
from tests.support.server.odd_responses import listening, pass_on, read_request
from tests.support.server.served import PASSWORD, served
from tests.support.window.windows import WAIT_MS, AnswerFiles, Desktop
from visitapp.services.services import Services
from visitapp.services.sync.schedule import IDLE, Doing, Hold, Paces
from visitapp.services.views.sync import SyncReport
from visitapp.storage.state import LocalStates
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.sync.save_rescue import RescueDialog
from visitapp.ui.shell.preferences import Preferences
from visitapp.ui.shell.routes import Route
from visitapp.ui.shell.sync.background_words import background_line
from visitapp.ui.shell.sync.network import Network
from visitapp.ui.shell.sync.refresh_on_sync import News
from visitapp.ui.shell.window import MainWindow
from visitapp.ui.theme.look import Look

QUICK = Paces(
    start=0, saved=0.05, saved_most=1, every=600, reconnected=0, gap=0.05, first_retry=0.2,
    longest_retry=0.4,
)  # fmt: skip


class SwitchedNetwork(Network):
    """A network that a test unplugs."""

    def __init__(self) -> None:
        super().__init__()
        self.there, self.paid = True, False

    def reachable(self) -> bool:
        return self.there

    def metered(self) -> bool:
        return self.paid

    def turn(self, *, there: bool = True, paid: bool = False) -> None:
        self.there, self.paid = there, paid
        self.changed.emit()


class Relay:
    """The address of a server that can be taken away and put back."""

    def __init__(self) -> None:
        self.upstream = ""
        self.requests = 0

    def talk(self, line: socket.socket) -> None:
        if not self.upstream:
            return
        request = read_request(line)
        self.requests += 1
        pass_on(request, line, self.upstream.removeprefix("http://"))


@pytest.fixture
def relay() -> Relay:
    return Relay()


@pytest.fixture
def server(services: Services, relay: Relay, tmp_path: Path) -> Iterator[str]:
    """A real server behind the relay, at which this laptop is signed in; its own address."""
    with served(tmp_path, "ann") as council, listening(relay.talk) as place:
        relay.upstream = council.address
        services.connection.connect(f"http://{place}", "ann", PASSWORD)
        yield council.address


@pytest.fixture
def network() -> SwitchedNetwork:
    return SwitchedNetwork()


@pytest.fixture
def desktop(
    services: Services,
    look: Look,
    tmp_path: Path,
    files: AnswerFiles,
    qtbot: QtBot,
    network: SwitchedNetwork,
) -> Iterator[Desktop]:
    window = MainWindow(services, look, Preferences(tmp_path), files, network, QUICK)
    window.resize(1440, 900)
    window.show()
    yield Desktop(window, services, qtbot)
    window.close()
    window.deleteLater()


def waiting(desktop: Desktop) -> int:
    return desktop.services.connection.state().waiting


def test_it_sends_at_the_start_and_after_each_save(
    desktop: Desktop, server: str, visit_id: str
) -> None:
    assert waiting(desktop) > 0
    with desktop.qtbot.waitSignal(desktop.window.background.ended, timeout=WAIT_MS):
        desktop.window.background.start()
    assert waiting(desktop) == 0
    desktop.open_visit(visit_id)
    with desktop.qtbot.waitSignal(desktop.window.background.ended, timeout=WAIT_MS):
        desktop.press("1")
    desktop.until(lambda: waiting(desktop) == 0)


def test_what_a_terminal_command_changed_is_sent_too(
    desktop: Desktop,
    server: str,
    visit_id: str,
    tmp_path: Path,
    clock: Clock,
    keyring: MemoryKeyring,
) -> None:
    with desktop.qtbot.waitSignal(desktop.window.background.ended, timeout=WAIT_MS):
        desktop.window.background.start()
    assert waiting(desktop) == 0
    with open_desk(tmp_path / "desk", clock, keyring) as terminal:
        terminal.visits.answer(visit_id, "registered_manager", value="met")
        assert terminal.connection.state().waiting == 1
    desktop.until(lambda: waiting(desktop) == 0)
    assert desktop.message() == ""


def test_a_server_that_goes_and_comes_back(
    desktop: Desktop, server: str, relay: Relay, visit_id: str
) -> None:
    relay.upstream = ""
    background = desktop.window.background
    desktop.window.go(Route("sync"))
    with desktop.qtbot.waitSignals([background.ended] * 3, timeout=WAIT_MS):
        background.start()
    assert waiting(desktop) > 0
    assert background.pacing.failures >= 3
    desktop.until(lambda: any("Offline." in line for line in desktop.sync.said))
    assert desktop.message() == ""
    assert not [d for d in desktop.window.findChildren(Dialog) if d.isVisible()]
    relay.upstream = server
    desktop.until(lambda: waiting(desktop) == 0)
    desktop.until(lambda: any("All sent at" in line for line in desktop.sync.said))


def test_a_metered_or_switched_off_laptop_syncs_only_when_asked(
    desktop: Desktop, server: str, relay: Relay, network: SwitchedNetwork, tmp_path: Path
) -> None:
    network.turn(paid=True)
    asked = relay.requests
    background = desktop.window.background
    background.start()
    assert background.doing().hold == Hold.METERED
    desktop.window.go(Route("sync"))
    desktop.sync.click("Sync automatically")
    assert not Preferences(tmp_path).sync_by_itself
    network.turn(paid=False)
    assert background.doing().hold == Hold.OFF
    assert relay.requests == asked
    with desktop.qtbot.waitSignal(background.synced, timeout=WAIT_MS):
        desktop.press(Qt.Key.Key_F5)
    assert waiting(desktop) == 0


def test_a_sign_in_that_ended_is_told_calmly(desktop: Desktop, server: str) -> None:
    with desktop.services.desk.database.applying() as session:
        for name in ("access_token", "refresh_token"):
            LocalStates().set(session, name, "not a token")
    background = desktop.window.background
    with desktop.qtbot.waitSignal(background.ended, timeout=WAIT_MS):
        background.start()
    assert background.doing().hold == Hold.PERSON
    assert not [d for d in desktop.window.findChildren(Dialog) if d.isVisible()]
    desktop.window.go(Route("sync"))
    assert "ign in" in "\n".join(desktop.sync.said)
    assert desktop.sync.offers("Sign in again")
    assert waiting(desktop) > 0


def test_a_window_closes_at_once_though_a_server_is_silent(
    desktop: Desktop, server: str, relay: Relay, services: Services
) -> None:
    """The worker waits for an answer that never comes; closing breaks it off."""

    def silent(line: socket.socket) -> None:
        read_request(line)
        relay.requests += 1
        with contextlib.suppress(OSError):
            while line.recv(1024):
                pass

    with listening(silent) as place:
        with services.desk.database.applying() as session:
            LocalStates().set(session, "server_url", f"http://{place}")
        relay.requests = 0
        desktop.window.background.start()
        desktop.until(lambda: relay.requests > 0)
        desktop.window.close()
    with services.desk.reading() as session:
        assert LocalStates().get(session, "sync_problem") is None


def test_news_does_not_come_under_typing_hands(desktop: Desktop, qtbot: QtBot) -> None:
    read: list[bool] = []
    news = News(lambda: read.append(True), desktop.window)
    field = QLineEdit(desktop.window)
    field.show()
    desktop.window.activateWindow()
    field.setFocus()
    desktop.until(field.hasFocus)
    news.arrived(
        SyncReport(sent=0, accepted=0, merged=0, conflicts=0, refused=[], received=3, revision=9)
    )
    assert read == []
    field.clearFocus()
    desktop.until(lambda: read == [True])


@pytest.mark.parametrize(
    ("fields", "doing", "said"),
    [
        ({"waiting": 40}, Doing(syncing=True, done=12, total=40), "Sending 12 of 40 changes"),
        ({"photos_waiting": 2, "photos_total": 5}, Doing(syncing=True), "3 of 5 photos sent"),
        ({}, Doing(syncing=True), "Syncing"),
        (
            {"waiting": 14, "problem": "No."},
            Doing(failing=True, next_in=230),
            "Offline. 14 changes waiting; next try in 4 minutes",
        ),
        ({"waiting": 1}, Doing(next_in=8), "1 change waiting; next sync in less than a minute"),
        ({"waiting": 2}, Doing(hold=Hold.OFF), "Automatic sync is off. 2 changes waiting."),
        ({"connected": False, "waiting": 3}, IDLE, ""),
    ],
)
def test_what_is_said(
    services: Services, fields: dict[str, object], doing: Doing, said: str
) -> None:
    assert background_line(sync_state(**fields), doing, services.desk.clock()) == said


def test_unsent_work_is_saved_to_a_file_from_the_sync_page(
    desktop: Desktop, visit_id: str, tmp_path: Path
) -> None:
    desktop.window.go(Route("sync"))
    desktop.sync.click("Save unsent work to a file…")
    dialog = desktop.dialog(RescueDialog)
    dialog.passphrase.setText("a rescue passphrase")
    dialog.again.setText("another passphrase")
    desktop.click(dialog.primary)
    assert "differ" in dialog.messages.text()
    dialog.again.setText("a rescue passphrase")
    desktop.click(dialog.primary)
    desktop.until(lambda: "unsent-work.rescue" in dialog.messages.text())
    assert (tmp_path / "unsent-work.rescue").stat().st_size > 1000
