"""An officer who answers one question after the other in the real desktop, and says on standard
output each time the page has called an answer saved. Run as a process of its own, to be killed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from visitapp.bootstrap import open_services
from visitapp.configuration import ClientConfiguration
from visitapp.services.services import Services
from visitapp.ui.shell import app
from visitapp.ui.shell.opening import Openers
from visitapp.ui.shell.routes import Route
from visitapp.ui.shell.window import MainWindow

KEYS = ("1", "2", "3")


class Officer:
    """Answers every choice of the form by key, and writes a note at each third."""

    def __init__(self, services: Services, window: MainWindow) -> None:
        self.window = window
        self.page = window.pages.visit
        visit = services.visits.list()[0].id
        form = services.visits.form(visit)
        window.go(Route("visit", visit))
        self.questions = iter(
            [q for q in form.questions.values() if q.type == "choice" and q.scale]
        )
        self.answered = 0
        self.timer = QTimer(window)
        self.timer.timeout.connect(self.answer)
        self.timer.start(1)

    def answer(self) -> None:
        """One question."""
        question = next(self.questions)
        self.window.go(Route("visit", self._visit(), question.id))
        card = self.page.area.current()
        assert card is not None
        assert question.scale is not None
        place = self.answered % len(KEYS)
        card.editor.press(place + 1)
        self._tell(question.id, question.scale.values[place].value)
        if self.answered % 3 == 0:
            card.begin_note()
            note = card._note_editor()
            QTest.keyClicks(note, f"Note {self.answered}")
            note.flush()
            self._tell(question.id, f"Note {self.answered}")
        self.answered += 1

    def _tell(self, question: str, given: str) -> None:
        """Say what was given once the page says that it is saved."""
        line = self.page.sidebar.saved.text()
        if not line.startswith("All answers saved"):
            raise SystemExit(f"not called saved: {line}")
        sys.stdout.write(f"{question}\t{given}\n")
        sys.stdout.flush()

    def _visit(self) -> str:
        assert self.page.sheet is not None
        return self.page.sheet.view.summary.id


def no_sample(folder: Path, progress: Callable[[int, int], None]) -> Services:
    """This laptop is set up, so nobody asks for the sample council."""
    raise LookupError(folder)


def main() -> int:
    """Open the desktop as `visitapp` does, with the officer at it."""
    opened: list[Services] = []

    def open_and_keep(folder: Path, passphrase: str | None) -> Services:
        opened.append(open_services(folder, passphrase))
        return opened[0]

    def sit_down() -> None:
        windows = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]
        officers.append(Officer(opened[0], windows[0]))

    officers: list[Officer] = []
    app.make_application([])
    QTimer.singleShot(0, sit_down)
    configuration = ClientConfiguration(passphrase=os.environ["VISITAPP_PASSPHRASE"])
    return app.run(Path(sys.argv[1]), Openers(open_and_keep, no_sample), configuration)


if __name__ == "__main__":
    sys.exit(main())
