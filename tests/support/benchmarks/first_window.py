"""A program that says when its window has painted itself, and when it can be used, and then ends.

    python -m tests.support.benchmarks.first_window ours FOLDER    Visitapp, as it is started
    python -m tests.support.benchmarks.first_window bare           an empty window of Qt's

FOLDER has a profile and a `FolderKeyring`. Prints `painted` and `usable`, each as it happens and
with the seconds of a processor and the KiB of memory that it took. A bare window is usable once it
is painted.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow


class Watch(QObject):
    """Follows the painting of windows."""

    def __init__(self) -> None:
        super().__init__()
        self._said: set[str] = set()
        self._is_painting = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_ours = event.type() == QEvent.Type.UpdateRequest and watched.isWidgetType()
        if not is_ours or self._is_painting:
            return False
        self._is_painting = True
        watched.event(event)
        self._is_painting = False
        self.say("painted")
        pages = sys.modules.get("visitapp.ui.pages.page")
        if isinstance(watched, QMainWindow) and (
            watched.centralWidget() is None or (pages is not None and _sees(watched, pages.Page))
        ):
            QTimer.singleShot(0, self._end)
        return True

    def say(self, what: str) -> None:
        """Once for each."""
        if what not in self._said:
            self._said.add(what)
            kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            sys.stdout.write(f"{what} {time.process_time()} {kib}\n")
            sys.stdout.flush()

    def _end(self) -> None:
        """The first turn after the painting: a key would be taken now."""
        self.say("usable")
        QApplication.closeAllWindows()


def _sees(window: QMainWindow, kind: type) -> bool:
    return any(page.isVisible() for page in window.findChildren(kind))


def main(what: str, *folder: str) -> None:
    """Open a window."""
    app = QApplication(sys.argv)
    watch = Watch()
    app.installEventFilter(watch)
    if what == "bare":
        window = QMainWindow()
        window.resize(1024, 600)
        window.show()
        app.exec()
        return
    place = Path(folder[0])
    os.environ["VISITAPP_DATA_DIR"] = str(place / "profile")
    sys.argv[1:] = []

    from visitapp.bootstrap import main as start

    start()


if __name__ == "__main__":
    main(*sys.argv[1:])
