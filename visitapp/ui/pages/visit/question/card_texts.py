"""The reason and the note of a question's card, made when they are first needed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from forms.model import Question
from visitapp.language import translate
from visitapp.services.views.visits import AnswerView
from visitapp.ui.pages.visit.question.card_lines import QuietLine
from visitapp.ui.widgets.note_editor import NoteEditor


class CardTexts(QWidget):
    """The reason above the note. `edited` carries `reason` or `note` and the text to save."""

    edited = Signal(str, str)
    typing = Signal()

    def __init__(self, question: Question) -> None:
        super().__init__()
        self._question = question
        self._editors: dict[str, NoteEditor] = {}
        self._frozen = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(7)
        self._column = column
        self.hide()

    def show_answer(self, answer: AnswerView, *, reason_needed: bool, frozen: bool) -> None:
        """Show what is recorded, with an empty reason where one is needed."""
        self._frozen = frozen
        self._show("reason", answer.reason, wanted=reason_needed)
        self._show("note", answer.note, wanted="note" in self._editors)

    def begin(self, field: str) -> None:
        """Open the reason or the note, with the caret at its end."""
        if not self._frozen:
            editor = self._editor(field)
            editor.show()
            self.show()
            editor.begin()

    def has(self, field: str) -> bool:
        """Whether that text is open."""
        return field in self._editors and not self._editors[field].isHidden()

    def flush(self) -> None:
        """Save what is being typed."""
        for editor in self._editors.values():
            editor.flush()

    def unsaved(self) -> str:
        """The field that is on screen and not recorded; empty when there is none."""
        return next((name for name, one in self._editors.items() if one.is_unsaved()), "")

    def _show(self, field: str, text: str, *, wanted: bool) -> None:
        if field not in self._editors and not (text or wanted):
            return
        editor = self._editor(field)
        if self._frozen:
            editor.revert()
        editor.setReadOnly(self._frozen)
        editor.show_text(text)
        editor.setVisible(bool(text) or wanted or editor.is_unsaved())
        self.setVisible(any(self.has(name) for name in self._editors))

    def _editor(self, field: str) -> NoteEditor:
        if field not in self._editors:
            self._editors[field] = self._make(field)
        return self._editors[field]

    def _make(self, field: str) -> NoteEditor:
        ask = self._question.ask
        if field == "reason":
            name = translate("Reason: {ask}", ask=ask)
            editor = NoteEditor(name, translate("Why? A reason is needed."), rows=1)
        else:
            name = translate("Note: {ask}", ask=ask)
            editor = NoteEditor(name, translate("What did you see or hear? No names, please."))
        room = QuietLine("amber")
        editor.room.connect(room.say)
        editor.edited.connect(lambda text: self.edited.emit(field, text))
        editor.typing.connect(self.typing)
        place = 0 if field == "reason" else self._column.count()
        self._column.insertWidget(place, editor)
        self._column.insertWidget(place + 1, room)
        return editor
