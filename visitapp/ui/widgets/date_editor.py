"""The answer to a date."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from forms.model import Question
from visitapp.services.views.visits import AnswerView
from visitapp.ui.widgets.answer_editor import AnswerEditor
from visitapp.ui.widgets.fields import read_date
from visitapp.ui.widgets.idle import IdleSaver
from visitapp.ui.widgets.text import button, named
from visitapp.ui.words import day


class DateEditor(AnswerEditor):
    """A day, typed in any usual shape, or today by one button."""

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.field = named(QLineEdit(), question.ask)
        self.field.setPlaceholderText(self.tr("dd/mm/yyyy"))
        self.field.setMaximumWidth(150)
        self.today = button(
            self.tr("Today"), kind="chip", name=f"{question.ask}: {self.tr('Today')}"
        )
        self.today.clicked.connect(lambda: self.give(value=date.today().isoformat()))
        self._saver = IdleSaver(self._save, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.field)
        row.addWidget(self.today)
        row.addStretch(1)
        self.field.textEdited.connect(self._typed)
        self.field.editingFinished.connect(self._saver.flush)

    def show_answer(self, answer: AnswerView) -> None:
        if not (self.field.hasFocus() and self.field.isModified()):
            self.field.setText(day(date.fromisoformat(answer.value)) if answer.value else "")

    def press(self, digit: int) -> None:
        self.begin()
        self.field.setText(str(digit))
        self.field.deselect()
        self._typed()

    def begin(self) -> None:
        self.field.setFocus()
        self.field.selectAll()

    def flush(self) -> None:
        self._saver.flush()

    def _typed(self) -> None:
        self.field.setModified(True)
        self.typing.emit()
        self._saver.typed()

    def _save(self) -> None:
        typed = read_date(self.field.text())
        if self.field.text().strip() and typed is None:
            self.invalid.emit(self.tr("Type a day, such as 23/11/2026."))
            return
        self.field.setModified(False)
        self.give(value=typed.isoformat() if typed else None)
