"""Opens the data folder: the first start, the passphrase, and what may stand in the way."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from visitapp.errors import Code, EnvironmentProblem, VisitappError
from visitapp.services.services import Services
from visitapp.storage.keys.device_key import has_key, needs_passphrase
from visitapp.ui.dialogs.notice import NoticeDialog
from visitapp.ui.dialogs.unlock import UnlockDialog
from visitapp.ui.pages.first_run.window import FirstRunWindow
from visitapp.ui.shell.placement import put_on_screen
from visitapp.ui.shell.start.openers import Openers
from visitapp.ui.theme.look import Look

SAMPLE_FOLDER = "sample-council"


@dataclass(frozen=True)
class Opened:
    """What was opened, and the step that the person chose to begin with (`connect`, `import`,
    `sample` or nothing)."""

    services: Services
    first_step: str = ""


def open_data(
    app: QApplication,
    frame: QWidget,
    folder: Path,
    openers: Openers,
    look: Look,
    passphrase: str = "",
) -> Opened | None:
    """Open a data folder, asking what must be asked; None when the person gave up.

    frame: the window that says that data is being opened, hidden while something else is said.
    passphrase: from the configuration; empty when none is set there.
    """
    services: Services | None = None
    try:
        services = openers.services(folder, passphrase or None)
    except EnvironmentProblem as problem:
        if has_key(folder) or problem.code != Code.NO_KEY:
            frame.hide()
            services = _unlock(folder, openers, look, problem)
            if services is None:
                return None
    except VisitappError as problem:
        frame.hide()
        _show(NoticeDialog(problem), look)
        return None
    if services is not None and services.profile.introduced:
        return Opened(services)
    frame.hide()
    window = FirstRunWindow(
        look,
        services,
        partial(openers.services, folder),
        partial(openers.sample, folder / SAMPLE_FOLDER),
        tried_sample=(folder / SAMPLE_FOLDER).is_dir(),
    )
    put_on_screen(window, QByteArray())
    window.show()
    app.exec()
    return Opened(window.services, window.source) if window.services is not None else None


def _unlock(
    folder: Path, openers: Openers, look: Look, problem: EnvironmentProblem
) -> Services | None:
    """Ask for the passphrase where that helps, otherwise show the problem."""
    if problem.code in (Code.NO_KEY, Code.WRONG_KEY) and needs_passphrase(folder):
        dialog = UnlockDialog(None, partial(openers.services, folder))
        accepted = _show(dialog, look) == QDialog.DialogCode.Accepted
        return dialog.services if accepted else None
    save = None
    if openers.save_rescue is not None and problem.code == Code.DATABASE_DAMAGED:
        save = partial(openers.save_rescue, folder)
    _show(NoticeDialog(problem, save), look)
    return None


def _show(dialog: QDialog, look: Look) -> int:
    look.dress(dialog)
    return dialog.exec()
