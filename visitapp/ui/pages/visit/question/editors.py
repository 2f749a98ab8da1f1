"""Which editor takes the answer to which type of question."""

from __future__ import annotations

from collections.abc import Callable

from forms.model import Question
from visitapp.ui.widgets.answer_editor import AnswerEditor
from visitapp.ui.widgets.choice_editor import ChoiceEditor
from visitapp.ui.widgets.date_editor import DateEditor
from visitapp.ui.widgets.note_editor import TextEditor
from visitapp.ui.widgets.number_editor import NumberEditor
from visitapp.ui.widgets.people_editor import PeopleEditor
from visitapp.ui.widgets.sample_editor import SampleEditor

EDITORS: dict[str, Callable[[Question], AnswerEditor]] = {
    "choice": ChoiceEditor,
    "sample": SampleEditor,
    "number": NumberEditor,
    "percent": NumberEditor,
    "people": PeopleEditor,
    "date": DateEditor,
    "text": TextEditor,
}


def editor_for(question: Question) -> AnswerEditor:
    """A fresh editor for a question."""
    return EDITORS[question.type](question)
