"""Who was spoken to: counts, never names."""

from __future__ import annotations

from forms.model import PEOPLE_GROUPS, Question
from visitapp.services.views import AnswerView
from visitapp.ui.widgets.answer_editor import AnswerEditor, fill
from visitapp.ui.widgets.fields import CountField
from visitapp.ui.widgets.flow import Flow, beside
from visitapp.ui.widgets.idle import IdleSaver
from visitapp.ui.words import people_groups


class PeopleEditor(AnswerEditor):
    """A count for each group of people."""

    def __init__(self, question: Question) -> None:
        super().__init__()
        self._saver = IdleSaver(self._save, self)
        self.counts: dict[str, CountField] = {}
        row = Flow(gap=14)
        fill(self, row)
        names = people_groups()
        for group in PEOPLE_GROUPS:
            field = CountField(f"{question.ask}: {names[group]}")
            field.setMaximumWidth(52)
            field.textEdited.connect(self._typed)
            field.editingFinished.connect(self._saver.flush)
            self.counts[group] = field
            row.add(beside(names[group], field))

    def show_answer(self, answer: AnswerView) -> None:
        for group, field in self.counts.items():
            field.show_count((answer.value or {}).get(group))

    def press(self, digit: int) -> None:
        self.begin()
        first = self.counts[PEOPLE_GROUPS[0]]
        first.setText(str(digit))
        first.setModified(True)
        first.deselect()
        self._typed()

    def begin(self) -> None:
        first = self.counts[PEOPLE_GROUPS[0]]
        first.setFocus()
        first.selectAll()

    def flush(self) -> None:
        self._saver.flush()

    def _typed(self) -> None:
        self.typing.emit()
        self._saver.typed()

    def _save(self) -> None:
        counts = {g: f.count() for g, f in self.counts.items() if f.count() is not None}
        for field in self.counts.values():
            field.setModified(False)
        self.give(value=counts or None)
