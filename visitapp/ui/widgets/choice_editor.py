"""The answer to a choice."""

from __future__ import annotations

from forms.model import Question
from visitapp.services.views.visits import AnswerView
from visitapp.ui.widgets.answer_editor import AnswerEditor, fill
from visitapp.ui.widgets.option_keys import option_keys
from visitapp.ui.widgets.segmented import SegmentedChoice


class ChoiceEditor(AnswerEditor):
    """One value of the question's scale."""

    def __init__(self, question: Question) -> None:
        super().__init__()
        values = question.scale.values if question.scale else ()
        self.choice = SegmentedChoice(question.ask, values, option_keys(values))
        self.choice.chosen.connect(lambda value: self.give(value=value))
        fill(self, self.choice)

    def show_answer(self, answer: AnswerView) -> None:
        self.choice.show_value(answer.value)

    def press(self, key: str) -> bool:
        return self.choice.press(key)

    def begin(self) -> None:
        self.choice.begin()
