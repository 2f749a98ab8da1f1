"""A council is set up from nothing in the window: policy, register, settings, officers, cover.

The terminal does the same in `tests/journeys/test_council_from_nothing.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from tests.support.desk.desks import Clock, open_desk
from tests.support.desk.keyrings import MemoryKeyring
from tests.support.sync.from_nothing import CONTRACTS, HELD, SETTINGS, Beginning, begin
from tests.support.window.screens import Screen
from tests.support.window.windows import AnswerFiles, Desktop
from visitapp.ui.dialogs.contracts.import_register import ImportRegisterDialog
from visitapp.ui.dialogs.holders.cover import CoverDialog
from visitapp.ui.dialogs.policies.publish import PublishPolicyDialog
from visitapp.ui.dialogs.settings.add_setting import AddSettingDialog
from visitapp.ui.dialogs.sync.connect import ConnectDialog
from visitapp.ui.shell.preferences import Preferences
from visitapp.ui.shell.routes import Route
from visitapp.ui.shell.window import MainWindow
from visitapp.ui.theme.look import Look

RETURN, SPACE, TAB = Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Tab
pytestmark = pytest.mark.timeout(600)


@pytest.fixture
def start(tmp_path: Path) -> Beginning:
    return begin(tmp_path)


@pytest.fixture
def sit(
    look: Look, tmp_path: Path, files: AnswerFiles, qtbot: QtBot, start: Beginning
) -> Iterator[Callable[[str], Desktop]]:
    """Opens the window of somebody at a new laptop, connects it and syncs."""
    with ExitStack() as stack:
        address = stack.enter_context(start.council.serving())

        def sat(name: str) -> Desktop:
            clock = Clock(datetime.now(UTC))
            services = stack.enter_context(open_desk(tmp_path / name, clock, MemoryKeyring()))
            window = MainWindow(services, look, Preferences(tmp_path / name), files)
            window.resize(1440, 900)
            window.show()
            stack.callback(window.closing.close_anyway)
            desktop = Desktop(window, services, qtbot, tmp_path)
            connect(desktop, address, name)
            return desktop

        yield sat


def connect(desktop: Desktop, address: str, name: str) -> None:
    desktop.window.go(Route("sync"))
    desktop.sync.click("Connect to a server")
    dialog = desktop.dialog(ConnectDialog)
    for field, text in ((dialog.server, address), (dialog.name, name), (dialog.password, name)):
        field.setFocus()
        desktop.until(field.hasFocus)
        desktop.type(text)
    desktop.press(RETURN)
    desktop.until(lambda: desktop.services.connection.state().last_synced is not None)
    settle(desktop)


def settle(desktop: Desktop) -> None:
    """Until nothing waits and nothing is under way."""
    desktop.window.sync()
    desktop.until(lambda: not desktop.window.background.doing().syncing)
    desktop.until(lambda: desktop.services.connection.state().waiting == 0)
    assert desktop.services.connection.refused() == []


def publish_policy(desktop: Desktop, file: Path) -> None:
    assert isinstance(desktop.files, AnswerFiles)
    desktop.files.to_open = file
    desktop.policies.go()
    desktop.policies.click("Publish a policy…")
    dialog = desktop.dialog(PublishPolicyDialog)
    assert "within: 60" in dialog.changes.toPlainText().casefold()
    Screen(desktop, dialog).click("Publish policy 2026.2")
    desktop.until(lambda: not desktop.window.findChildren(PublishPolicyDialog))
    settle(desktop)
    shown = [(row.version, row.state) for row in desktop.policies.table.rows]
    assert shown == [("2026.2", "in_force"), ("2026.1", "replaced")]


def import_directory(desktop: Desktop, file: Path) -> None:
    desktop.window.go(Route("portfolio"))
    desktop.press("n", Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier)
    dialog = desktop.dialog(AddSettingDialog)
    dialog.import_file(file)
    desktop.until(lambda: "adult social care" in dialog.messages.text())
    desktop.press(Qt.Key.Key_Escape)


def pressed_tab(desktop: Desktop) -> str:
    """Where the focus is after Tab."""
    desktop.press(TAB)
    return desktop.focus


def import_register(desktop: Desktop, file: Path) -> None:
    assert isinstance(desktop.files, AnswerFiles)
    desktop.files.to_open = file
    desktop.contracts.go()
    desktop.contracts.click("Import a register…")
    desktop.until(lambda: bool(desktop.window.findChildren(ImportRegisterDialog)))
    dialog = desktop.dialog(ImportRegisterDialog)
    assert dialog.columns.boxes["Cost centre"].currentData() == ""
    desktop.until(lambda: pressed_tab(desktop) == "Add settings that are not on this laptop")
    desktop.press(SPACE)
    desktop.until(lambda: pressed_tab(desktop) == "Show the difference")
    desktop.press(SPACE)
    desktop.until(dialog.difference.isVisible)
    found = Screen(desktop, dialog)
    assert any(f"{CONTRACTS} new contracts" in text for text in found.said)
    assert len(dialog.difference.table.rows.rows) == CONTRACTS + SETTINGS
    assert desktop.services.contracts.list() == []
    assert desktop.focus == f"Import {CONTRACTS} contracts"
    desktop.press(SPACE)
    desktop.until(lambda: len(desktop.services.contracts.list()) == CONTRACTS)


def arrange_cover(desktop: Desktop, away: str, deputy: str) -> None:
    """Whoever is away is chosen by keys, with all their settings."""
    desktop.window.go(Route("officers"))
    desktop.officers.click("Arrange cover")
    asked = Screen(desktop, desktop.dialog(CoverDialog))
    for name, person in (("Officer who is away", away), ("Deputy", deputy)):
        box = asked.field(QComboBox, name)
        box.setFocus()
        for _ in range(box.count()):
            if box.currentText().startswith(person):
                break
            desktop.press(Qt.Key.Key_Down)
        assert box.currentText().startswith(person)
    desktop.press(RETURN)
    assert {one.deputy for one in desktop.services.covers.list()} == {deputy}


def test_a_council_is_set_up_from_nothing(sit: Callable[[str], Desktop], start: Beginning) -> None:
    ada = sit("ada")
    publish_policy(ada, start.policy)
    import_directory(ada, start.register.public_file)
    import_register(ada, start.register.spreadsheet)
    settle(ada)

    lena = sit("lena")
    lena.window.go(Route("portfolio"))
    assert len(lena.portfolio.names) == HELD["olive"] + HELD["otto"]
    arrange_cover(lena, "olive", "otto")
    settle(lena)

    otto = sit("otto")
    otto.window.go(Route("portfolio"))
    assert len(otto.portfolio.names) == HELD["olive"] + HELD["otto"]
    otto.contracts.go()
    assert len(otto.contracts.table.rows) == 2 * CONTRACTS // 3
    assert otto.services.policies.in_force().version == "2026.2"
