"""The answer to a choice."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from forms.model import Question
from visitapp.services.views.visits import AnswerView
from visitapp.ui.widgets.answer_editor import AnswerEditor
from visitapp.ui.widgets.segmented import SegmentedChoice


class ChoiceEditor(AnswerEditor):
    """One value of the question's scale."""

    def __init__(self, question: Question) -> None:
        super().__init__()
        values = question.scale.values if question.scale else ()
        self.choice = SegmentedChoice(question.ask, values)
        self.choice.chosen.connect(lambda value: self.give(value=value))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.choice)

    def show_answer(self, answer: AnswerView) -> None:
        self.choice.show_value(answer.value)

    def press(self, digit: int) -> None:
        self.choice.choose(digit - 1)

    def begin(self) -> None:
        self.choice.focusNextChild()
