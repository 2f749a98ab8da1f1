"""The small lines of a question's card."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from forms.model import Question
from visitapp.language import plural, translate
from visitapp.services.views.visits import LastTime
from visitapp.services.visits.answers.repeat_findings import ordinal
from visitapp.ui.widgets.elided import WrappingButton
from visitapp.ui.widgets.text import button, label, named, set_tone


class QuietLine(QLabel):
    """A line that takes no room while it has nothing to say."""

    def __init__(self, tone: str) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("step", "small")
        self.setProperty("tone", tone)
        self.hide()

    def say(self, sentence: str) -> None:
        """Show a sentence, or go away."""
        if sentence != self.text():
            self.setText(sentence)
            self.setVisible(bool(sentence))


def repeat_sentence(question: Question, times: int, last: LastTime | None) -> str:
    """`Third visit in a row below Met.`, or how often it was so until the visit before."""
    best = question.scale.best.label if question.scale and question.scale.best else ""
    if times:
        return translate("{nth} visit in a row below {best}.", nth=ordinal(times), best=best)
    if last is not None and last.times_below > 1:
        return plural(
            "Below {best} at the last visit.",
            "Below {best} at the last {n} visits.",
            last.times_below,
            best=best,
        )
    return ""


def offer(text: str, name: str) -> QPushButton:
    """A quiet way to add something to the question."""
    made = button(text, kind="link", name=name)
    made.setProperty("tone", "muted")
    return made


def suggested(text: str, name: str) -> QPushButton:
    """The action that the form suggests, in as many lines as it needs."""
    made = chip(text, name)
    set_tone(made, "amber")
    return made


def chip(text: str, name: str = "") -> QPushButton:
    """A button in a lozenge, in as many lines as it needs."""
    made = named(WrappingButton(text), name or text)
    made.setProperty("kind", "chip")
    made.setAutoDefault(False)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


def tag(text: str, tone: str = "") -> QWidget:
    """A few words in a lozenge."""
    frame = QFrame()
    frame.setProperty("kind", "tag")
    frame.setProperty("tone", tone)
    frame.setAccessibleName(text)
    row = QHBoxLayout(frame)
    row.setContentsMargins(10, 3, 10, 3)
    row.addWidget(label(text, size="small", tone=tone, wrap=True))
    return frame
