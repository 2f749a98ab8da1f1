"""What the editors that are typed in share: saving when idle, and setting a question aside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QLineEdit

from forms.model import Question
from forms.rating.answer_values import set_aside_values
from forms.rating.answers import scale_value
from visitapp.ui.widgets.answer_editor import AnswerEditor
from visitapp.ui.widgets.idle import IdleSaver
from visitapp.ui.widgets.rag_chip import RagChip
from visitapp.ui.widgets.segmented import SegmentedChoice


class TypedEditor(AnswerEditor):
    """Fields that save when the typing pauses or the focus leaves; a subclass says how."""

    def __init__(self) -> None:
        super().__init__()
        self._fields: list[QLineEdit] = []
        self._saver = IdleSaver(self.save, self)

    def watch(self, field: QLineEdit) -> None:
        """Save what is typed in a field; the first one watched is where the answer begins."""
        self._fields.append(field)
        field.textEdited.connect(self._typed)
        field.editingFinished.connect(self._saver.flush)

    def save(self) -> None:
        """Give what is typed, or say why it cannot be saved."""
        raise NotImplementedError

    def give_typed(self, **fields: Any) -> None:
        """Give what was typed; from now on the fields show what is recorded."""
        for field in self._fields:
            field.setModified(False)
        self.give(**fields)

    def press(self, digit: int) -> None:
        self.begin()
        first = self._fields[0]
        first.setText(str(digit))
        first.setModified(True)
        first.deselect()
        self._typed()

    def begin(self) -> None:
        self._fields[0].setFocus()
        self._fields[0].selectAll()

    def flush(self) -> None:
        self._saver.flush()

    def _typed(self) -> None:
        self.typing.emit()
        self._saver.typed()


class ScoredEditor(TypedEditor):
    """Also shows what the answer comes to, and offers the values that set the question aside, such
    as Not applicable. Choosing the one that is recorded takes it back."""

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.question = question
        self.result = RagChip("unrated")
        self.aside = SegmentedChoice(question.ask, set_aside_values(question))
        self.aside.chosen.connect(self._set_aside)
        self._recorded_aside = ""

    def show_result(self, answer: Mapping[str, Any]) -> None:
        """Show what the recorded answer comes to on the question's scale."""
        value = scale_value(self.question, answer)
        away = value is not None and (value.excluded or value.unchecked)
        self._recorded_aside = value.value if value is not None and away else ""
        self.aside.show_value(self._recorded_aside or None)
        self.result.setVisible(value is not None and not away)
        if value is not None:
            self.result.set_rag(value.rag or "unrated", value.label)

    def _set_aside(self, value: str) -> None:
        for field in self._fields:
            field.clear()
        kept = None if value == self._recorded_aside else value
        self.give_typed(value=kept, **self.nothing_typed())

    def nothing_typed(self) -> dict[str, None]:
        """The other fields of an answer that was set aside."""
        return {}
