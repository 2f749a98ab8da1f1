"""Starts the desktop."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog

from visitapp.configuration import ClientConfiguration
from visitapp.errors import Code, EnvironmentProblem, Refused
from visitapp.services.services import Services
from visitapp.services.views.rescue import RescueSaved
from visitapp.storage.logs import LOG_FOLDER, log_to_file
from visitapp.ui.dialogs.notice import NoticeDialog
from visitapp.ui.dialogs.unlock import UnlockDialog
from visitapp.ui.files import FileChooser
from visitapp.ui.shell.network import SystemNetwork
from visitapp.ui.shell.preferences import Preferences
from visitapp.ui.shell.window import MainWindow
from visitapp.ui.theme.look import Look

LOG_FILE = "desktop.log"
UNLOCKABLE = (Code.NO_KEY, Code.WRONG_KEY)

OpenServices = Callable[[Path, str | None], Services]
SaveRescue = Callable[[Path, Path, str], RescueSaved]


def run(
    data_dir: Path,
    open_services: OpenServices,
    save_rescue: SaveRescue | None = None,
    configuration: ClientConfiguration = ClientConfiguration(),  # noqa: B008 - a frozen value
) -> int:
    """Open the desktop on a data folder, and give the exit status when its window is closed.

    Asks for the passphrase when there is no key ring; a problem that stands in the way is shown.
    save_rescue: writes what a data folder has unsent to a file, offered when the data is damaged.
    """
    app = make_application(sys.argv)
    log_to_file(data_dir / LOG_FOLDER / LOG_FILE, configuration.log_level)
    preferences = Preferences(data_dir)
    look = Look(app, preferences.theme, preferences.scale)
    services = _open(data_dir, open_services, save_rescue, configuration.passphrase or None)
    if services is None:
        return 1
    try:
        window = MainWindow(services, look, preferences, FileChooser(), SystemNetwork())
        if not preferences.geometry.isEmpty():
            window.restoreGeometry(preferences.geometry)
        window.show()
        window.background.start()
        status = app.exec()
    finally:
        services.close()
    told = erase_when_confirmed(services)
    if told is not None:
        told.exec()
    return status


def erase_when_confirmed(services: Services) -> NoticeDialog | None:
    """Once the window is closed: erase a laptop whose work was handed in. Gives the notice that
    says so, or None when there was no reason to."""
    if not services.leaving.confirmed:
        return None
    return NoticeDialog(services.leaving.erase())


def make_application(arguments: list[str]) -> QApplication:
    """The one application of this process."""
    app = QApplication.instance()
    made = app if isinstance(app, QApplication) else QApplication(arguments)
    made.setApplicationName("Visitapp")
    made.setApplicationDisplayName("Visitapp")
    return made


def _open(
    data_dir: Path,
    open_services: OpenServices,
    save_rescue: SaveRescue | None,
    passphrase: str | None,
) -> Services | None:
    try:
        return open_services(data_dir, passphrase)
    except Refused as refused:
        NoticeDialog(refused).exec()
        return None
    except EnvironmentProblem as problem:
        if problem.code not in UNLOCKABLE:
            save = None
            if save_rescue is not None and problem.code == Code.DATABASE_DAMAGED:
                save = partial(save_rescue, data_dir)
            NoticeDialog(problem, save).exec()
            return None
        dialog = UnlockDialog(None, lambda phrase: open_services(data_dir, phrase), problem)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        return dialog.services if accepted else None
