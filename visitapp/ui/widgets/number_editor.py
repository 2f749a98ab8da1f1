"""The answer to a number or a percentage."""

from __future__ import annotations

from forms.model import Question
from visitapp.services.views.visits import AnswerView
from visitapp.ui.widgets.answer_editor import fill
from visitapp.ui.widgets.fields import NumberField
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.text import label
from visitapp.ui.widgets.typed_editor import ScoredEditor

MOST = 1_000_000.0


class NumberEditor(ScoredEditor):
    """A number with its unit, and what it comes to when the question has bands."""

    def __init__(self, question: Question) -> None:
        super().__init__(question)
        percent = question.type == "percent"
        self.field = NumberField(question.ask, 0, 100.0 if percent else MOST)
        self.field.setMaximumWidth(110)
        self.watch(self.field)
        row = Flow()
        fill(self, row)
        unit = label("%" if percent else question.unit, size="small")
        for part in (self.field, unit, self.result, self.aside):
            row.add(part)

    def show_answer(self, answer: AnswerView) -> None:
        number = answer.value if isinstance(answer.value, int | float) else None
        if not (self.field.hasFocus() and self.field.isModified()):
            self.field.setText("" if number is None else f"{number:g}")
        self.show_result({"value": answer.value})

    def save(self) -> None:
        number = self.field.number()
        if self.field.text() and number is None:
            self.invalid.emit(self.tr("This is not a number that can be recorded here."))
            return
        self.give_typed(value=number)
