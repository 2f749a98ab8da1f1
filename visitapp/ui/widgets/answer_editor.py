"""What every answer editor has in common."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitapp.services.views.visits import AnswerView


class AnswerEditor(QWidget):
    """Shows one answer and says what was given.

    `given` carries the fields to save (`value`, `checked`, `met`); `typing` says that something
    is being typed and not saved yet; `invalid` carries a sentence when what was typed cannot be
    saved (empty once it can).
    """

    given = Signal(dict)
    typing = Signal()
    invalid = Signal(str)

    def show_answer(self, answer: AnswerView) -> None:
        """Show what is recorded. What was typed and is not recorded stays."""
        raise NotImplementedError

    def is_unsaved(self) -> bool:
        """Whether what is on screen differs from what is recorded."""
        return False

    def problem(self) -> str:
        """Why what is on screen cannot be recorded, as a sentence; empty when it can."""
        return ""

    def press(self, key: str) -> bool:
        """A key was pressed on the question: choose the option it is for; false if there is none.
        No key types anything here: only a field that has the focus takes figures."""
        return False

    def begin(self) -> None:
        """Put the focus where the answer is given."""
        raise NotImplementedError

    def show_hint(self, *, shown: bool) -> None:
        """Say how an answer that is there is changed, or no more."""

    def arrive(self) -> bool:
        """The question was gone to: take the focus if a figure is to be typed; false if not."""
        return False

    def enter(self) -> bool:
        """Enter was pressed in one of its fields; true when the answer is complete and saved."""
        self.flush()
        return not self.problem()

    def flush(self) -> None:
        """Save what is typed and waits."""

    def revert(self) -> None:
        """Forget what was typed and not recorded, so that the recorded answer is shown next."""

    def give(self, **fields: Any) -> None:
        """Hand over the fields to save."""
        self.invalid.emit("")
        self.given.emit(fields)


def fill(editor: QWidget, content: QWidget) -> None:
    """Let a widget fill an editor."""
    column = QVBoxLayout(editor)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(content)
