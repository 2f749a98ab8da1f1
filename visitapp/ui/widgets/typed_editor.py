"""What the editors that are typed in share: saving while someone types, and setting a question
aside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QApplication, QLineEdit

from forms.model import Question
from forms.rating.answer_values import set_aside_values
from forms.rating.answers import scale_value
from visitapp.language import translate
from visitapp.services.views.visits import AnswerView
from visitapp.ui.widgets.answer_editor import AnswerEditor
from visitapp.ui.widgets.idle import IdleSaver
from visitapp.ui.widgets.option_keys import letter_keys
from visitapp.ui.widgets.rag_chip import RagChip
from visitapp.ui.widgets.segmented import SegmentedChoice
from visitapp.ui.widgets.text import label


class TypedEditor(AnswerEditor):
    """Fields that are saved while someone types. A subclass reads and shows them.

    Typed text that is not recorded, because it cannot be or the disk refused it, stays on screen.
    """

    goes_to_field = True
    """Whether the first field takes the focus when an unanswered question is gone to. Not where
    letters are typed: J would be typed too."""

    def __init__(self) -> None:
        super().__init__()
        self._fields: list[QLineEdit] = []
        self._dirty = False
        self._recorded = AnswerView(question="")
        self._saver = IdleSaver(self._save, self)
        self.hint = label(translate("Enter to change"), size="small", tone="muted")
        self.hint.hide()

    def watch(self, field: QLineEdit) -> None:
        """Save what is typed in a field; the first one watched is where the answer begins."""
        self._fields.append(field)
        field.textEdited.connect(self._typed)
        field.editingFinished.connect(self._saver.flush)

    def show_answer(self, answer: AnswerView) -> None:
        newer = self.is_unsaved()
        self._recorded = answer
        if not (newer and self.is_unsaved()):
            self._dirty = False
            self.show_fields(answer)

    def is_unsaved(self) -> bool:
        return self._dirty and not self.shows(self._recorded)

    def shows(self, answer: AnswerView) -> bool:
        """Whether what is on screen is this answer."""
        raise NotImplementedError

    def show_fields(self, answer: AnswerView) -> None:
        """Write the recorded answer into the fields."""
        raise NotImplementedError

    def typed(self) -> dict[str, Any]:
        """The fields to save, as they are on screen."""
        raise NotImplementedError

    def begin(self) -> None:
        self._fields[0].setFocus()
        self._fields[0].selectAll()

    def show_hint(self, *, shown: bool) -> None:
        self.hint.setVisible(shown and self.is_given())

    def is_given(self) -> bool:
        """Whether there is an answer to change."""
        return any(field.text() for field in self._fields)

    def arrive(self) -> bool:
        # What cannot be saved is gone into as well: it is to be corrected.
        open_ = not self.is_given() or bool(self.problem())
        if self.goes_to_field and open_ and self.isEnabled():
            self.begin()
            return True
        return False

    def enter(self) -> bool:
        focus = QApplication.focusWidget()
        following = self._fields[self._fields.index(focus) + 1 :] if focus in self._fields else []
        complete = super().enter()
        needed = next((field for field in following if self.needs(field)), None)
        if complete and needed is not None:
            needed.setFocus()
            return False
        return complete

    def needs(self, field: QLineEdit) -> bool:
        """Whether Enter in a field before this one goes to it and not to the next question."""
        return False

    def flush(self) -> None:
        self._saver.stop()
        if self._dirty:
            self._save()

    def revert(self) -> None:
        self._saver.stop()
        self._dirty = False
        self.invalid.emit("")

    def take_back(self) -> bool:
        """Show what is recorded in place of what could not be; whether there was any."""
        unsaved = self.is_unsaved()
        if unsaved:
            self.revert()
            self.show_fields(self._recorded)
        return unsaved

    def _typed(self) -> None:
        self._dirty = True
        self.typing.emit()
        self._saver.typed()

    def _save(self) -> None:
        problem = self.problem()
        if problem:
            self.invalid.emit(problem)
        else:
            self.give(**self.typed())


class ScoredEditor(TypedEditor):
    """Also shows what the answer comes to, and offers the values that set the question aside, such
    as Not applicable. Choosing the one that is recorded takes it back."""

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.question = question
        self.result = RagChip("unrated")
        away = set_aside_values(question)
        self.aside = SegmentedChoice(question.ask, away, letter_keys(away))
        self.aside.chosen.connect(self._set_aside)
        self._recorded_aside = ""
        self._has_result = False
        self.invalid.connect(self._fit_result)

    def press(self, key: str) -> bool:
        return self.aside.press(key)

    def is_given(self) -> bool:
        return bool(self._recorded_aside) or super().is_given()

    def show_result(self, answer: Mapping[str, Any]) -> None:
        """Show what the recorded answer comes to on the question's scale."""
        value = scale_value(self.question, answer)
        away = value is not None and (value.excluded or value.unchecked)
        self._recorded_aside = value.value if value is not None and away else ""
        self.aside.show_value(self._recorded_aside or None)
        self._has_result = value is not None and not away
        if value is not None:
            self.result.set_rag(value.rag or "unrated", value.label)
        self._fit_result()

    def _typed(self) -> None:
        super()._typed()
        self._fit_result()

    def _fit_result(self) -> None:
        """Hide what the recorded answer comes to beside figures that cannot be saved."""
        self.result.setVisible(self._has_result and not self.problem())

    def _set_aside(self, value: str) -> None:
        for field in self._fields:
            field.clear()
        self.revert()
        kept = None if value == self._recorded_aside else value
        self.give(value=kept, **self.nothing_typed())

    def nothing_typed(self) -> dict[str, None]:
        """The other fields of an answer that was set aside."""
        return {}
