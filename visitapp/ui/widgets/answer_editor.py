"""What every answer editor has in common."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitapp.services.views.visits import AnswerView


class AnswerEditor(QWidget):
    """Shows one answer and tells what was given.

    `given` carries the fields to save (`value`, `checked`, `met`); `typing` says that something
    is being typed and not saved yet; `invalid` carries a sentence when what was typed cannot be
    saved (empty once it can).
    """

    given = Signal(dict)
    typing = Signal()
    invalid = Signal(str)

    def show_answer(self, answer: AnswerView) -> None:
        """Show what is recorded."""
        raise NotImplementedError

    def press(self, digit: int) -> None:
        """A number key was pressed on the question."""
        raise NotImplementedError

    def begin(self) -> None:
        """Put the focus where the answer is given."""
        raise NotImplementedError

    def flush(self) -> None:
        """Save what is typed and waits."""

    def give(self, **fields: Any) -> None:
        """Tell the fields to save."""
        self.invalid.emit("")
        self.given.emit(fields)


def fill(editor: QWidget, content: QWidget) -> None:
    """Let a widget fill an editor."""
    column = QVBoxLayout(editor)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(content)
