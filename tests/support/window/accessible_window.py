"""Shows every page, full and empty, and every dialog on a real screen, and keeps the accessibility
tree of each.

Run under dbus-run-session by the program's Python. usage: accessible_window.py DATA_FOLDER OUT.json
"""

from __future__ import annotations

import json
import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any, NoReturn

from PySide6.QtCore import QEventLoop, QProcess
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.desk.desks import FORM, Clock, open_desk
from tests.support.desk.keyrings import MemoryKeyring
from tests.support.directory.cqc import HEATHER, LARCH, write_cqc
from tests.support.forms.versions import library_with, newer_text
from tests.support.window.escalation_screens import fill_escalation
from tests.support.window.every_screen import Busy, dialogs, fill, open_dialog, pages
from tests.support.window.intervention_screens import fill_intervention
from tests.support.window.windows import AnswerFiles, Desktop
from visitapp.services.services import Services
from visitapp.ui.pages.first_run.window import FirstRunWindow
from visitapp.ui.shell.pages import PAGES
from visitapp.ui.shell.preferences import Preferences
from visitapp.ui.shell.routes import Route
from visitapp.ui.shell.window import MainWindow
from visitapp.ui.theme.look import Look

READER = Path(__file__).with_name("read_tree.py")
SYSTEM_PYTHON = "/usr/bin/python3"
REFUSED = "a dialog that refuses"
Trees = dict[str, list[dict[str, object]]]


class Reader:
    """Another process, which sees the tree as a screen reader does: one for all that is shown."""

    def __init__(self) -> None:
        self._process = QProcess()
        self._process.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
        self._process.start(SYSTEM_PYTHON, [str(READER), str(os.getpid())])

    def __call__(self) -> list[dict[str, object]]:
        """The tree of what is shown now; this process answers the other one meanwhile."""
        loop = QEventLoop()
        self._process.readyReadStandardOutput.connect(loop.quit)
        self._process.finished.connect(loop.quit)
        self._process.write(b"\n")
        while not self._process.canReadLine():
            if self._process.state() == QProcess.ProcessState.NotRunning:
                raise SystemExit("the accessibility tree cannot be read")
            loop.exec()
        nodes: list[dict[str, object]] = json.loads(self._process.readLine().data())
        return nodes

    def close(self) -> None:
        """Let it end."""
        self._process.closeWriteChannel()
        self._process.waitForFinished()


def show_everything(
    read_tree: Reader, look: Look, services: Services, busy: Busy, folder: Path
) -> Trees:
    """The nodes of each page and dialog by its name, and of a dialog that refuses."""
    window = MainWindow(services, look, Preferences(folder), AnswerFiles(folder))
    window.resize(1366, 720)
    window.show()
    desktop = Desktop(window, services, QtBot(None), folder)  # type: ignore[arg-type]  # no pytest request here
    trees = {}
    for route in pages(busy):
        window.go(route)
        desktop.settle()
        trees[route.page] = read_tree()
    window.go(Route("portfolio"))
    for name in dialogs():
        dialog = open_dialog(name, desktop, busy)
        desktop.settle()
        trees[name] = read_tree()
        dialog.reject()
        desktop.settle()
    dialog = open_dialog("CancelPlannedDialog", desktop, busy)
    dialog.primary.click()
    desktop.settle()
    trees[REFUSED] = read_tree()
    dialog.reject()
    window.closing.close_anyway()
    return trees


def show_empty(read_tree: Reader, look: Look, services: Services, folder: Path) -> Trees:
    """The nodes of each page that teaches, because there is nothing on it, and of a first start."""
    window = MainWindow(services, look, Preferences(folder), AnswerFiles(folder))
    window.resize(1366, 720)
    window.show()
    desktop = Desktop(window, services, QtBot(None), folder)  # type: ignore[arg-type]  # no pytest request here
    trees = {}
    for page in PAGES:
        window.go(Route(page))
        desktop.settle()
        trees[f"{page}, empty"] = read_tree()
    window.closing.close_anyway()
    for has_keyring in (True, False):
        first = FirstRunWindow(look, services if has_keyring else None, _never, _never)
        first.show()
        desktop.settle()
        trees[f"first start, {'keyring' if has_keyring else 'passphrase'}"] = read_tree()
        first.close()
    return trees


def _never(*given: Any) -> NoReturn:
    raise AssertionError(given)


def main() -> None:
    folder = Path(sys.argv[1])
    app = QApplication([])
    look, reader = Look(app, "light"), Reader()
    clock, keyring = Clock(), MemoryKeyring()
    (folder / "empty").mkdir()
    with open_desk(folder / "empty", clock, MemoryKeyring()) as desk:
        trees = show_empty(reader, look, desk, folder)
    with open_desk(folder, clock, keyring) as desk:
        desk.directory.import_file(write_cqc(folder / "places.csv"))
        setting = desk.settings.add(HEATHER.location_id).setting_id
        older = desk.visits.start(setting, FORM).id
        desk.actions.add(None, setting, "Mend the roof", desk.desk.today())
        desk.planning.plan(setting, "themed", desk.desk.today())
        today = desk.desk.today()
        desk.plans.draft(setting, "Medicines are given safely", today, today + timedelta(days=90))
        fill_escalation(desk, setting)
        fill_intervention(desk, setting)
    newer = library_with(folder / "newer", newer_text(FORM))
    with open_desk(folder, clock, keyring, newer) as desk:
        larch = desk.settings.add(LARCH.location_id).setting_id
        visit = desk.visits.start(larch, FORM).id
        fill(desk, larch, visit)
        trees |= show_everything(reader, look, desk, Busy(setting, visit, older), folder)
    reader.close()
    Path(sys.argv[2]).write_text(json.dumps(trees), encoding="utf-8")


if __name__ == "__main__":
    main()
