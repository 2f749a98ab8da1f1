"""The answer to a number or a percentage."""

from __future__ import annotations

from typing import Any

from forms.model import Question
from visitapp.language import translate
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
        for part in (self.field, unit, self.result, self.aside, self.hint):
            row.add(part)

    def show_fields(self, answer: AnswerView) -> None:
        number = _number(answer)
        self.field.show_number(number)
        self.show_result({"value": answer.value})

    def shows(self, answer: AnswerView) -> bool:
        return not self.problem() and self.field.number() == _number(answer)

    def problem(self) -> str:
        if not self.field.text() or self.field.number() is not None:
            return ""
        if self.question.type == "percent":
            return translate("This is not a percentage from 0 to 100.")
        return translate("This is not a valid number.")

    def typed(self) -> dict[str, Any]:
        return {"value": self.field.number()}


def _number(answer: AnswerView) -> int | float | None:
    return answer.value if isinstance(answer.value, int | float) else None
