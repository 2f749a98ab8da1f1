"""An officer who answers one question after the other in the real desktop, by keys, and says on
standard output each time the page has called an answer saved. With `note` as the second argument
they type one note without a pause, and say how much of it is called saved. Run as a process of its
own, to be killed."""

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
from visitapp.services.views.visits import AnswerSaved
from visitapp.ui.shell import app
from visitapp.ui.shell.routes import Route
from visitapp.ui.shell.start.openers import Openers
from visitapp.ui.shell.window import MainWindow

KEYS = ("1", "2", "3")
KEY_MS = 20
"""Between two keys of a note; the pause that saves it is thirty times as long."""

LONGEST = 3_000
"""Keys after which the officer gives up."""


class Officer:
    """At the desk, with an open visit of which nothing is answered."""

    def __init__(self, services: Services, window: MainWindow) -> None:
        self.services, self.window = services, window
        self.page = window.pages.visit
        self.visit = services.visits.list()[0].id
        self.form = services.visits.form(self.visit)
        window.go(Route("visit", self.visit))
        self.timer = QTimer(window)

    def every(self, pause: int, act: Callable[[], None]) -> None:
        """Act again and again, once the window has the keyboard."""
        self.timer.timeout.connect(lambda: act() if QApplication.focusWidget() else None)
        self.timer.start(pause)

    def press(self, keys: str) -> None:
        """Press keys wherever the focus is."""
        QTest.keyClicks(QApplication.focusWidget(), keys)

    def say(self, question: str, given: str) -> None:
        """Say what is called saved."""
        sys.stdout.write(f"{question}\t{given}\n")
        sys.stdout.flush()


class Answers(Officer):
    """Answers every choice of the form by key, and writes a note at each third."""

    def __init__(self, services: Services, window: MainWindow) -> None:
        super().__init__(services, window)
        self.questions = iter([q for q in self.form.questions.values() if q.type == "choice"])
        self.answered = 0
        self.every(1, self.answer)

    def answer(self) -> None:
        """One question."""
        question = next(self.questions)
        self.window.go(Route("visit", self.visit, question.id))
        place = self.answered % len(KEYS)
        assert question.scale is not None
        if not any(digit in value.label for value in question.scale.values for digit in "0123456"):
            self.press(KEYS[place])
            self._tell(question.id, question.scale.values[place].value)
        if self.answered % 3 == 0:
            self.window.go(Route("visit", self.visit, question.id, "note"))
            self.press(f"Note {self.answered}")
            self.page.leave()
            self._tell(question.id, f"Note {self.answered}")
        self.answered += 1

    def _tell(self, question: str, given: str) -> None:
        """Say what was given once the page says that it is saved."""
        line = self.page.sidebar.saved.text()
        if not line.startswith("All answers saved"):
            raise SystemExit(f"not called saved: {line}")
        self.say(question, given)


class Note(Officer):
    """Types one note without a pause."""

    def __init__(self, services: Services, window: MainWindow) -> None:
        super().__init__(services, window)
        self.question = next(iter(self.form.questions))
        window.go(Route("visit", self.visit, self.question, "note"))
        self.typed = 0
        self.page.answer_saved.connect(self.saved)
        self.every(KEY_MS, self.type)

    def type(self) -> None:
        """One letter more."""
        self.press("abcdefghij"[self.typed % 10])
        self.typed += 1
        if self.typed == LONGEST:
            raise SystemExit("typed to the end, and nothing was called saved")

    def saved(self, saved: AnswerSaved) -> None:
        """The page calls so much of the note saved."""
        self.say(self.question, saved.answer.note)


def no_sample(folder: Path, progress: Callable[[int, int], None]) -> Services:
    """This laptop is set up, so nobody asks for the sample council."""
    raise LookupError(folder)


def main() -> int:
    """Open the desktop as `visitapp` does, with the officer at it."""
    opened: list[Services] = []
    officer = Note if sys.argv[2:] == ["note"] else Answers

    def open_and_keep(folder: Path, passphrase: str | None) -> Services:
        opened.append(open_services(folder, passphrase))
        return opened[0]

    def sit_down() -> None:
        windows = [w for w in QApplication.allWidgets() if isinstance(w, MainWindow)]
        if windows:
            arrival.stop()
            officers.append(officer(opened[0], windows[0]))

    officers: list[Officer] = []
    app.make_application([])
    arrival = QTimer(interval=1)
    arrival.timeout.connect(sit_down)
    arrival.start()
    configuration = ClientConfiguration(passphrase=os.environ["VISITAPP_PASSPHRASE"])
    return app.run(Path(sys.argv[1]), Openers(open_and_keep, no_sample), configuration)


if __name__ == "__main__":
    sys.exit(main())
