"""The window while the program loads: it says what goes on, can be closed, hands shortcuts on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtGui import QAccessible, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.support.desk.keyrings import MemoryKeyring
from tests.support.window.windows import WAIT_MS
from visitapp.bootstrap import open_services
from visitapp.errors import Code, EnvironmentProblem
from visitapp.language import message
from visitapp.records import Role
from visitapp.services.services import Services
from visitapp.ui.dialogs.lock.locked import LockedDialog
from visitapp.ui.dialogs.notice import NoticeDialog
from visitapp.ui.pages.page import Page
from visitapp.ui.shell import app
from visitapp.ui.shell.preferences import Preferences
from visitapp.ui.shell.start.frame import Frame
from visitapp.ui.shell.start.openers import Openers
from visitapp.ui.shell.window import MainWindow
from visitapp.ui.theme.look import Look


def no_sample(folder: Path, progress: Callable[[int, int], None]) -> Services:
    raise LookupError(folder)


def frame_shown() -> Frame:
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, Frame))


@pytest.fixture
def open_set_up(tmp_path: Path) -> Callable[[Path, str | None], Services]:
    """Opens the data folder of a laptop whose user said who they are."""
    opened = partial(open_services, keyring=MemoryKeyring())
    services = opened(tmp_path)
    services.profile.introduce("Ann Example", Role.OFFICER)
    services.close()
    return opened


def test_it_says_what_goes_on_and_a_screen_reader_reads_it(look: Look, qtbot: QtBot) -> None:
    frame = Frame(look, QByteArray())
    qtbot.waitUntil(lambda: frame.focusWidget() is not None, timeout=WAIT_MS)
    said = frame.focusWidget()
    assert isinstance(said, QLabel)
    assert said.text() == "Opening your records…"
    read = QAccessible.queryAccessibleInterface(said)
    assert read.text(QAccessible.Text.Name) == said.text()
    assert frame.breathe()


def test_it_says_when_it_was_closed(look: Look) -> None:
    frame = Frame(look, QByteArray())
    assert frame.breathe()
    frame.close()
    assert not frame.breathe()


def test_shortcuts_that_waited_reach_the_page_other_keys_and_clicks_do_not(
    look: Look, qtbot: QtBot
) -> None:
    frame = Frame(look, QByteArray())
    taken = []
    content = QPushButton("Sync")
    content.clicked.connect(lambda: taken.append("clicked"))
    QShortcut(QKeySequence("Ctrl+2"), content, lambda: taken.append("Ctrl+2"))
    frame.hold(content)
    content.setFocus()
    frame.activateWindow()
    qtbot.waitUntil(lambda: content.hasFocus(), timeout=WAIT_MS)
    middle, handle = content.rect().center(), frame.windowHandle()

    def act() -> None:
        QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=middle)
        QTest.keyClick(handle, Qt.Key.Key_Space)
        QTest.keyClick(handle, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)

    QTimer.singleShot(0, act)
    assert frame.deliver()
    assert taken == ["Ctrl+2"]
    QTest.keyClick(handle, Qt.Key.Key_Space)
    assert taken == ["Ctrl+2", "clicked"], "from now on they are taken"


def test_closed_while_it_loads_nothing_is_opened(tmp_path: Path, look: Look) -> None:
    def open_never(folder: Path, passphrase: str | None) -> Services:
        raise AssertionError("opened after the window was closed")

    QTimer.singleShot(0, lambda: frame_shown().close())
    assert app.run(tmp_path, Openers(open_never, no_sample)) == 0


def test_closed_while_data_is_opened_the_data_is_closed_again(
    tmp_path: Path, look: Look, open_set_up: Callable[[Path, str | None], Services]
) -> None:
    opened = []

    def open_and_close(folder: Path, passphrase: str | None) -> Services:
        opened.append(open_set_up(folder, passphrase))
        frame_shown().close()
        return opened[0]

    assert app.run(tmp_path, Openers(open_and_close, no_sample)) == 0
    with pytest.raises(RuntimeError, match="closed"), opened[0].desk.reading():
        pass


def test_a_problem_takes_the_place_of_the_frame(tmp_path: Path, look: Look) -> None:
    shown = []

    def open_badly(folder: Path, passphrase: str | None) -> Services:
        QTimer.singleShot(0, look_and_close)
        raise EnvironmentProblem(Code.DATABASE_NEWER, message("Too new."), message("Update."))

    def look_and_close() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, NoticeDialog)
        shown.append((frame_shown().isVisible(), dialog.isVisible()))
        dialog.reject()

    assert app.run(tmp_path, Openers(open_badly, no_sample)) == 1
    assert shown == [(False, True)]


def test_the_pages_take_the_place_of_the_words_in_the_same_window(
    tmp_path: Path, look: Look, open_set_up: Callable[[Path, str | None], Services]
) -> None:
    seen: dict[str, object] = {}

    def open_here(folder: Path, passphrase: str | None) -> Services:
        seen["before"] = frame_shown()
        timer.start()
        return open_set_up(folder, passphrase)

    def look_and_close() -> None:
        frame, focus = frame_shown(), QApplication.focusWidget()
        window = frame.centralWidget()
        if not isinstance(window, MainWindow) or not isinstance(focus, QWidget):
            return
        timer.stop()
        seen["after"], seen["visible"] = frame, window.page().isVisible()
        seen["focus in"] = any(page.isAncestorOf(focus) for page in window.findChildren(Page))
        words = [one.text() for one in frame.findChildren(QLabel) if one.isVisible()]
        seen["waits"] = [text for text in words if "Opening" in text]
        frame.resize(1100, 700)
        window.lock.lock()
        seen["locked"] = (frame.isVisible(), window.content.isVisible())
        locked = QApplication.activeModalWidget()
        assert isinstance(locked, LockedDialog)
        locked.accept()
        window.closing.close_anyway()

    timer = QTimer(interval=1)
    timer.timeout.connect(look_and_close)
    assert app.run(tmp_path, Openers(open_here, no_sample)) == 0
    assert seen["before"] is seen["after"]
    assert seen["visible"]
    assert seen["focus in"]
    assert seen["waits"] == []
    assert seen["locked"] == (True, False)
    assert not Preferences(tmp_path).geometry.isEmpty()
