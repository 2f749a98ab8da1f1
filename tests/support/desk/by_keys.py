"""A person at a new laptop who has a keyboard and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.desk.desks import Clock
from tests.support.desk.keyrings import NoKeyring
from tests.support.window.windows import WAIT_MS, AnswerFiles, Desktop
from visitapp.bootstrap import open_services
from visitapp.services.services import Services
from visitapp.ui.dialogs.find import FindDialog
from visitapp.ui.dialogs.sync.connect import ConnectDialog
from visitapp.ui.pages.first_run.window import FirstRunWindow
from visitapp.ui.shell.preferences import Preferences
from visitapp.ui.shell.window import MainWindow
from visitapp.ui.theme.look import Look

PASSPHRASE = "seven quiet herons wading"
ENTER, TAB, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Down
CTRL = Qt.KeyboardModifier.ControlModifier
CONNECT, IMPORT = 0, 1
"""Places of the ways to begin, from the top."""


@contextmanager
def at_a_new_laptop(
    folder: Path, look: Look, qtbot: QtBot, files: AnswerFiles, who: str, role: str, way: int
) -> Iterator[Desktop]:
    """The window after the first start, on an empty folder. `role`: how its name begins."""
    clock = Clock(datetime.now(UTC))
    first = FirstRunWindow(
        look,
        None,
        lambda phrase: open_services(folder / "desk", phrase, keyring=NoKeyring(), clock=clock),
        lambda progress: pytest.fail("nobody asked for the sample council"),
    )
    first.show()
    first.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None, timeout=WAIT_MS)
    for step in (PASSPHRASE, TAB, PASSPHRASE, TAB, TAB, who, TAB, role, TAB, *way * [DOWN], ENTER):
        target = QApplication.focusWidget()
        assert target is not None
        if isinstance(step, str):
            QTest.keyClicks(target, step)
        else:
            QTest.keyClick(target, step)
    qtbot.waitUntil(lambda: not first.isVisible(), timeout=WAIT_MS)
    services = first.services
    assert isinstance(services, Services)
    window = MainWindow(services, look, Preferences(folder), files)
    window.resize(1092, 614)  # a screen of 1366 by 768 at 125 %
    window.show()
    window.begin(first.source)
    try:
        yield Desktop(window, services, qtbot, files.folder)
    finally:
        window.closing.close_anyway()
        window.deleteLater()
        services.close()


def connect(desktop: Desktop, address: str, name: str, given: str, own: str) -> None:
    """Sign in with the password that was given, which must be changed, and sync."""
    dialog = desktop.dialog(ConnectDialog)
    assert desktop.focus == "Address of the server"
    for text, key in ((address, TAB), (name, TAB), (given, ENTER)):
        desktop.type(text)
        desktop.press(key)
    desktop.until(dialog.chosen.isVisible)
    for key in (TAB, ENTER):
        desktop.type(own)
        desktop.press(key)
    desktop.until(lambda: QApplication.activeModalWidget() is None)
    sync(desktop)


def sync(desktop: Desktop) -> None:
    """F5, until nothing waits and nothing was refused."""
    desktop.until(lambda: not desktop.window.background.doing().syncing)
    desktop.press(Qt.Key.Key_F5)
    desktop.until(lambda: not desktop.window.background.doing().syncing)
    desktop.until(lambda: desktop.services.connection.state().waiting == 0)
    state = desktop.services.connection.state()
    assert state.last_synced is not None
    assert desktop.services.connection.refused() == []


def find(desktop: Desktop, words: str) -> None:
    """Ctrl K, the words, Enter."""
    desktop.press("k", CTRL)
    desktop.dialog(FindDialog)
    desktop.type(words)
    desktop.press(ENTER)


def tab_to(desktop: Desktop, name: str, most: int = 60) -> None:
    """Press Tab until something of that name has the focus."""
    for _ in range(most):
        if desktop.focus.startswith(name):
            return
        desktop.press(TAB)
    pytest.fail(f"Tab does not reach {name!r}, but {desktop.focus!r}")


def fill(desktop: Desktop, name: str, text: str) -> None:
    """Go to a field by Tab, and type over what is in it."""
    tab_to(desktop, name)
    desktop.press("a", CTRL)
    desktop.type(text)


def pick(desktop: Desktop, name: str, text: str) -> None:
    """Go to a list by Tab, and choose what begins with a word: a space would unfold the list."""
    tab_to(desktop, name)
    desktop.type(text)
