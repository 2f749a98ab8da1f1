"""Somebody who answers a form by keys."""

from __future__ import annotations

from PySide6.QtCore import Qt

from forms.model import Form, Question
from tests.support.forms.answers import best_answer
from tests.support.window.evidence_screens import EvidenceScreen
from tests.support.window.visit_screen import ActionScreen
from tests.support.window.windows import Desktop
from visitapp.ui.widgets.option_keys import option_keys

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape


class Typist:
    """Answers the question in focus, and counts the keys; prose is counted apart."""

    def __init__(self, desktop: Desktop, *, every: int) -> None:
        """Each `every`-th choice is answered by the worst value of its scale."""
        self.desktop, self.screen = desktop, desktop.visit
        self.every = every
        self.keys = self.prose = self.choices = 0

    def press(self, *keys: str | Qt.Key) -> None:
        for key in keys:
            self.desktop.press(key)
            self.keys += 1

    def write(self, text: str) -> None:
        self.desktop.type(text)
        self.prose += len(text)

    def answer(self, question: Question) -> None:
        """Answer, and go on to the next question."""
        match question.type:
            case "choice":
                self._choose(question)
            case "sample":
                self.press("5", "m")
            case "text":
                self.press(ENTER)
                self.write("Seen.")
                self.press(ESC)
            case "date":
                self.press("t")
            case "people":
                self.press("4")
            case _:
                self.press(*f"{best_answer(question)['value']:g}")
        if self.screen.current == question.id:
            self.press("j")

    def _choose(self, question: Question) -> None:
        assert question.scale is not None
        self.choices += 1
        scored = [v for v in question.scale.values if v.score is not None]
        worst = self.every and self.choices % self.every == 0
        value = min(scored, key=lambda v: v.score or 0) if worst and scored else None
        wanted = value.value if value else best_answer(question)["value"]
        values = [v.value for v in question.scale.values]
        keys = option_keys(question.scale.values)
        self.press(keys[values.index(wanted)].keys[0])
        if value is not None:
            self._explain(question)

    def _explain(self, question: Question) -> None:
        """A note, the evidence that is asked for, and the action that is suggested."""
        self.press("n")
        self.write("Two of the five we looked at were out of date.")
        self.press(ESC)
        if "as evidence" in self.screen.text(question.id):
            self.press("e")
            EvidenceScreen(self.desktop)
            self.write("Audit of 3 November")
            self.press(ENTER)
        if any(text.startswith("+ Action") for text in self.screen.offers(question.id)):
            self.press("a")
            ActionScreen(self.desktop)
            self.press(ENTER)

    def fill(self, form: Form) -> list[str]:
        """Answer from the question in focus to the last; gives those that were answered."""
        last, answered = "", []
        while self.screen.current != last:
            last = self.screen.current
            self.answer(form.questions[last])
            answered.append(last)
        return answered
