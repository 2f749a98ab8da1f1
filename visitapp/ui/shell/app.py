"""Starts the desktop. What the first painting of the window can do without is imported after it."""

from __future__ import annotations

import sys
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication

from visitapp.collector import loading
from visitapp.configuration import ClientConfiguration
from visitapp.errors import Code, EnvironmentProblem
from visitapp.language import (
    PSEUDO,
    SOURCE,
    choose_language,
    language_code,
    language_tag,
    languages,
    message,
    translate,
)
from visitapp.storage.folder import usable
from visitapp.ui.qt_texts import QtTexts
from visitapp.ui.shell.preferences import SYSTEM_LANGUAGE, Preferences
from visitapp.ui.shell.start.frame import Frame
from visitapp.ui.theme.look import Look, window_icon
from visitapp.ui.theme.system_text import system_scale

if TYPE_CHECKING:
    from visitapp.services.services import Services
    from visitapp.ui.dialogs.notice import NoticeDialog
    from visitapp.ui.shell.start.one_window import OneWindow
    from visitapp.ui.shell.start.openers import Openers
    from visitapp.ui.shell.start.opening import Opened

LOG_FILE = "desktop.log"
_PARTS = (
    "sqlalchemy.orm",
    "visitapp.records",
    "visitapp.services.services",
    "visitapp.ui.shell.start.opening",
    "visitapp.ui.shell.window",
)
"""What takes long to import, in an order in which each needs the one before."""


def run(
    data_dir: Path,
    openers: Openers,
    configuration: ClientConfiguration = ClientConfiguration(),  # noqa: B008 - a frozen value
) -> int:
    """Open the desktop on a data folder, and give the exit status when its window is closed.

    A second start on the same folder brings the first window to the front. Raises
    EnvironmentProblem FOLDER_UNUSABLE.
    """
    app = make_application(sys.argv)
    usable(data_dir)
    preferences = Preferences(data_dir)
    speak(preferences.language)
    look = Look(app, preferences.theme, preferences.scale or system_scale())
    frame = Frame(look, preferences.geometry)

    from visitapp.ui.shell.start.one_window import OneWindow

    one_window = OneWindow(data_dir)
    if not one_window.claim():
        frame.hide()
        return _raise_other(one_window)
    one_window.raised.connect(partial(_bring_to_front, app))
    try:
        return _open(app, frame, data_dir, openers, configuration, look, preferences)
    finally:
        one_window.release()


def _open(
    app: QApplication,
    frame: Frame,
    data_dir: Path,
    openers: Openers,
    configuration: ClientConfiguration,
    look: Look,
    preferences: Preferences,
) -> int:
    """Open the data, then show its pages; gives the exit status."""
    if not _loaded(frame):
        return 0
    from visitapp.storage.logs import LOG_FOLDER, log_to_file
    from visitapp.ui.shell.start.opening import open_data

    log_to_file(data_dir / LOG_FOLDER / LOG_FILE, configuration.log_level)
    with loading():
        opened = open_data(app, frame, data_dir, openers, look, configuration.passphrase)
    if opened is None:
        return 1
    try:
        status = _show(app, frame, opened, look, preferences) if frame.breathe() else 0
    finally:
        opened.services.close()
    told = erase_when_confirmed(opened.services)
    if told is not None:
        told.exec()
    return status


def _loaded(frame: Frame) -> bool:
    """Import what the window needs; false when it was closed meanwhile."""
    with loading():
        for part in _PARTS:
            import_module(part)
            if not frame.breathe():
                return False
    return True


def _show(
    app: QApplication, frame: Frame, opened: Opened, look: Look, preferences: Preferences
) -> int:
    """Show the pages of what was opened until the window is closed; gives the exit status."""
    from visitapp.ui.files import FileChooser
    from visitapp.ui.pages.first_run.source_card import SAMPLE
    from visitapp.ui.shell.garbage import GarbageTimer
    from visitapp.ui.shell.problems import say_what_was_kept
    from visitapp.ui.shell.sync.network import SystemNetwork
    from visitapp.ui.shell.window import MainWindow

    services = opened.services
    with loading():
        window = MainWindow(services, look, preferences, FileChooser(), SystemNetwork())
        if opened.first_step == SAMPLE:
            frame.setWindowTitle(translate("Sample council, all fictional"))
        frame.hold(window)
        window.page().focus_first()
        if services.after_crash.begin():
            say_what_was_kept(services.after_crash, window.warning, window.go)
        window.begin(opened.first_step)
        window.background.start()
        is_open = frame.deliver()
    garbage = GarbageTimer(app)
    status = app.exec() if is_open else 0
    services.after_crash.end()
    garbage.stop()
    return status


def speak(chosen: str) -> None:
    """Speak the language that was chosen in the window; without a choice, the configured one."""
    offered = [code for code in languages() if code != PSEUDO]
    wanted = QLocale.system().uiLanguages() if chosen == SYSTEM_LANGUAGE else [chosen]
    codes = [tag.split("-")[0] for tag in wanted]
    found = next((code for code in codes if code in offered), "")
    if found or chosen == SYSTEM_LANGUAGE:
        choose_language(found or SOURCE)
    if language_code() in offered:
        # the language in which a screen reader reads the window
        QLocale.setDefault(QLocale(language_tag().replace("-", "_")))


def _raise_other(one_window: OneWindow) -> int:
    """The data folder is open in another window: show that one in place of a second."""
    if one_window.raise_other():
        return 0
    from visitapp.ui.dialogs.notice import NoticeDialog

    NoticeDialog(
        EnvironmentProblem(
            Code.DATABASE_IN_USE,
            message(
                "Visitapp is already open with this data folder, but its window is not responding."
            ),
            message("Close that window, or wait for it to finish, then start Visitapp again."),
        )
    ).exec()
    return 1


def _bring_to_front(app: QApplication) -> None:
    """Show the window in use above all others, with its dialog when one is open."""
    window = app.activeWindow() or next(
        (top for top in app.topLevelWidgets() if top.isVisible() and top.isWindow()), None
    )
    if window is not None:
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.raise_()
        window.activateWindow()


def erase_when_confirmed(services: Services) -> NoticeDialog | None:
    """Once the window is closed: erase a laptop whose work was handed in. Gives the notice that
    says so, or None when there was no reason to."""
    if not services.leaving.confirmed:
        return None
    from visitapp.ui.dialogs.notice import NoticeDialog

    return NoticeDialog(services.leaving.erase())


def make_application(arguments: list[str]) -> QApplication:
    """The one application of this process."""
    app = QApplication.instance()
    made = app if isinstance(app, QApplication) else QApplication(arguments)
    made.setApplicationName("Visitapp")
    made.setApplicationDisplayName("Visitapp")
    made.setWindowIcon(window_icon())
    if made.findChild(QtTexts) is None:
        made.installTranslator(QtTexts(made))
    return made
