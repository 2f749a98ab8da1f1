"""A program that ends as soon as its first window has painted itself.

    python -m tests.support.benchmarks.first_window ours FOLDER    Visitapp
    python -m tests.support.benchmarks.first_window bare           an empty window of Qt's

FOLDER has a profile and a `FolderKeyring`. Prints the seconds of a processor that it took.
"""

from __future__ import annotations

import os
import sys
import time
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QMainWindow


class FirstPaint(QObject):
    """Ends the process after the first painting of a window."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.UpdateRequest and watched.isWidgetType():
            watched.event(event)
            sys.stdout.write(f"{time.process_time()}\n")
            sys.stdout.flush()
            os._exit(0)
        return False


def main(what: str, *folder: str) -> None:
    """Open a window."""
    app = QApplication(sys.argv)
    first = FirstPaint()
    app.installEventFilter(first)
    if what == "bare":
        window = QMainWindow()
        window.resize(1024, 600)
        window.show()
        app.exec()
        return
    from tests.support.benchmarks.as_desktop import loading

    with loading():
        from tests.support.desk.keyrings import FolderKeyring
        from visitapp.bootstrap import open_services
        from visitapp.ui.shell.app import run
        from visitapp.ui.shell.opening import Openers

    place = Path(folder[0])
    opened = partial(open_services, keyring=FolderKeyring(place / "keyring"))
    run(place / "profile", Openers(opened, sample=None))  # type: ignore[arg-type] # not asked for


if __name__ == "__main__":
    main(*sys.argv[1:])
