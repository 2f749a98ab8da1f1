"""Who was spoken to: counts, never names."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLineEdit

from forms.model import PEOPLE_GROUPS, Question
from visitapp.services.views.visits import AnswerView
from visitapp.ui.widgets.answer_editor import fill
from visitapp.ui.widgets.fields import CountField
from visitapp.ui.widgets.flow import Flow, beside
from visitapp.ui.widgets.typed_editor import TypedEditor
from visitapp.ui.words import people_groups


class PeopleEditor(TypedEditor):
    """A count for each group of people."""

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.counts: dict[str, CountField] = {}
        row = Flow(gap=14)
        fill(self, row)
        names = people_groups()
        for group in PEOPLE_GROUPS:
            field = CountField(f"{question.ask}: {names[group]}")
            field.setMaximumWidth(52)
            self.watch(field)
            self.counts[group] = field
            row.add(beside(names[group], field))
        row.add(self.hint)

    def show_fields(self, answer: AnswerView) -> None:
        for group, field in self.counts.items():
            field.show_count((answer.value or {}).get(group))

    def shows(self, answer: AnswerView) -> bool:
        return self._typed_counts() == (answer.value or {})

    def needs(self, field: QLineEdit) -> bool:
        return not field.text()

    def typed(self) -> dict[str, Any]:
        return {"value": self._typed_counts() or None}

    def _typed_counts(self) -> dict[str, int]:
        counts = {group: field.count() for group, field in self.counts.items()}
        return {group: count for group, count in counts.items() if count is not None}
