"""The answer to a number or a percentage."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from forms.answers import scale_value
from forms.model import Question
from visitapp.services.views import AnswerView
from visitapp.ui.widgets.answer_editor import AnswerEditor
from visitapp.ui.widgets.fields import NumberField
from visitapp.ui.widgets.idle import IdleSaver
from visitapp.ui.widgets.rag_chip import RagChip
from visitapp.ui.widgets.text import label

MOST = 1_000_000.0


class NumberEditor(AnswerEditor):
    """A number with its unit, and what it comes to when the question has bands."""

    def __init__(self, question: Question) -> None:
        super().__init__()
        self._question = question
        percent = question.type == "percent"
        self.field = NumberField(question.ask, 0, 100.0 if percent else MOST)
        self.field.setMaximumWidth(110)
        self._result = RagChip("unrated")
        self._saver = IdleSaver(self._save, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.field)
        row.addWidget(label("%" if percent else question.unit, size="small"))
        row.addWidget(self._result)
        row.addStretch(1)
        self.field.textEdited.connect(self._typed)
        self.field.editingFinished.connect(self._saver.flush)

    def show_answer(self, answer: AnswerView) -> None:
        text = "" if answer.value is None else f"{answer.value:g}"
        if not (self.field.hasFocus() and self.field.isModified()):
            self.field.setText(text)
        value = (
            None if answer.value is None else scale_value(self._question, {"value": answer.value})
        )
        self._result.setVisible(value is not None)
        if value is not None:
            self._result.set_rag(value.rag or "unrated", value.label)

    def press(self, digit: int) -> None:
        self.begin()
        self.field.setText(str(digit))
        self.field.setModified(True)
        self.field.deselect()
        self._typed()

    def begin(self) -> None:
        self.field.setFocus()
        self.field.selectAll()

    def flush(self) -> None:
        self._saver.flush()

    def _typed(self) -> None:
        self.typing.emit()
        self._saver.typed()

    def _save(self) -> None:
        number = self.field.number()
        if self.field.text() and number is None:
            self.invalid.emit(self.tr("This is not a number that can be recorded here."))
            return
        self.field.setModified(False)
        self.give(value=number)
