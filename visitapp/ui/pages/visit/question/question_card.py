"""One question: what is asked, what to look for, the answer, and what goes with it."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QLineEdit

from forms.model import Question
from forms.rating.answers import scale_value
from forms.rating.suggest import suggested_action
from visitapp.language import translate
from visitapp.services.visits.answers.plain import plain
from visitapp.services.visits.frameworks import lenses
from visitapp.ui import words
from visitapp.ui.pages.visit.question.card_extras import CardExtras
from visitapp.ui.pages.visit.question.card_lines import (
    QuietLine,
    repeat_sentence,
    tag,
)
from visitapp.ui.pages.visit.question.card_texts import CardTexts
from visitapp.ui.pages.visit.question.editors import editor_for
from visitapp.ui.pages.visit.question.from_records import FromRecords
from visitapp.ui.pages.visit.question.last_time import LastTimeLines
from visitapp.ui.pages.visit.visit_state import QuestionState, VisitState
from visitapp.ui.widgets.card import Card
from visitapp.ui.widgets.comment_thread import CommentThread
from visitapp.ui.widgets.text import label, set_property
from visitapp.ui.widgets.typed_editor import TypedEditor


class QuestionCard(Card):
    """`given` carries the question and the fields to save; `typing` says that something is being
    typed; `checked` that what is on screen can or cannot be saved now; the others are those of
    `CardExtras`, with the question."""

    given = Signal(str, dict)
    typing = Signal()
    checked = Signal()
    action_requested = Signal(str)
    evidence_requested = Signal(str)
    evidence_opened = Signal(object)
    action_opened = Signal(object)
    thumbnail_requested = Signal(object)
    comment_requested = Signal(str)

    def __init__(self, question: Question, sheet: VisitState, today: date) -> None:
        super().__init__()
        self.question = question
        self._sheet = sheet
        self._state: QuestionState | None = None
        self.shown_before = False
        self.setAccessibleName(f"{question.number} {question.ask}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("current", False)
        self.column.setSpacing(7)
        self.editor = editor_for(question)
        self.texts = CardTexts(question)
        self._records = FromRecords(question) if sheet.filled(question.id) else None
        self._invalid = QuietLine("red")
        self._needs = QuietLine("amber")
        self._repeat = QuietLine("amber")
        self._extras = CardExtras(question, sheet, today)
        last = sheet.view.last_time.get(question.id)
        self._last = LastTimeLines(question, last, sheet) if last is not None else None
        self.comments = CommentThread(question.ask)
        self._lay_out()
        self._connect()
        self.show_sheet()

    def _lay_out(self) -> None:
        asked, view = self.question, self._sheet.view
        head = QHBoxLayout()
        head.addWidget(_wrapped(f"{asked.number} {asked.ask}", size="lead", strong=True), 1)
        if asked.id in view.not_checked_last_time:
            mark = tag(translate("Not checked last time"), "amber")
            head.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(head)
        for line in (asked.look_for, words.joined(*lenses(self._sheet.form, asked))):
            if line:
                self.column.addWidget(_wrapped(line, size="small", tone="muted"))
        self.column.addWidget(self.editor)
        self.column.addWidget(self._invalid)
        self.column.addWidget(self.texts)
        if self._records is not None:
            self.column.addWidget(self._records)
        if self._last is not None:
            self._last.confirmed.connect(self.confirm)
            self.column.addWidget(self._last)
        for part in (self._repeat, self._needs, self._extras, self.comments):
            self.column.addWidget(part)

    def _connect(self) -> None:
        self.editor.given.connect(self._take)
        self.editor.typing.connect(self.typing)
        self.editor.invalid.connect(self._show_invalid)
        self.texts.edited.connect(lambda field, text: self._give(**{field: text}))
        self.texts.typing.connect(self.typing)
        self._extras.note_requested.connect(lambda: self.begin("note"))
        self._extras.good_practice_toggled.connect(self.mark_good_practice)
        self._extras.evidence_requested.connect(self.ask_for_evidence)
        self._extras.action_requested.connect(self.ask_for_action)
        self._extras.evidence_opened.connect(self.evidence_opened)
        self._extras.action_opened.connect(self.action_opened)
        self._extras.thumbnail_requested.connect(self.thumbnail_requested)
        self.comments.requested.connect(self.ask_for_comment)

    def show_sheet(self) -> None:
        """Show what the sheet says now; nothing is done when it says what it said before."""
        state = self._sheet.state(self.question.id)
        if state == self._state:
            return
        self._state = state
        answer = state.answer
        if state.frozen:
            self.editor.revert()
        self.editor.setEnabled(not state.frozen)
        self.editor.show_answer(answer)
        if self._records is not None and state.filled is not None:
            self._records.show_answer(state.filled, answer)
        self.texts.show_answer(answer, reason_needed=self._reason_needed(), frozen=state.frozen)
        if self._last is not None:
            self._last.show_sheet()
        last = self._sheet.view.last_time.get(self.question.id)
        self._repeat.say(repeat_sentence(self.question, state.in_a_row, last))
        self._needs.say(" ".join(state.needs))
        self._extras.show_sheet(with_note=not self.texts.has("note"))
        self.comments.show_comments(state.comments, may=state.may_comment)

    def put_back(self) -> None:
        """Show the recorded choice again; typed text is left alone."""
        if self.question.type == "choice":
            self.editor.show_answer(self._sheet.answer(self.question.id))

    def set_current(self, current: bool) -> None:
        """Mark the card that the keys answer."""
        set_property(self, "current", current)

    @property
    def types(self) -> bool:
        """Whether the answer is typed, and can be changed."""
        return self.question.type != "choice" and not self._sheet.frozen

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.editor.show_hint(shown=not self._sheet.frozen)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.editor.show_hint(shown=False)

    def arrive(self) -> None:
        """The question was gone to: focus the figure to be typed, else the card."""
        if self._sheet.frozen or not self.editor.arrive():
            self.setFocus()

    def begin(self, part: str) -> None:
        """Put the focus where the `reason`, the `note` or the `answer` is given."""
        if self._sheet.frozen:
            self.setFocus()
        elif part in ("reason", "note"):
            offered = not self.texts.has("note")
            self.texts.begin(part)
            if offered and self.texts.has("note"):
                self._extras.show_sheet(with_note=False)
        else:
            self.editor.begin()

    def ask_for_evidence(self) -> None:
        """Ask for evidence of this question."""
        self.evidence_requested.emit(self.question.id)

    def ask_for_action(self) -> None:
        """Ask for an action at this question."""
        self.action_requested.emit(self.question.id)

    def ask_for_comment(self) -> None:
        """Ask for a comment on this question."""
        self.comment_requested.emit(self.question.id)

    def press(self, key: str) -> bool:
        """A key that may choose an option; false when it is for none."""
        return not self._sheet.frozen and self.editor.press(key)

    def confirm(self) -> bool:
        """Record what the last visit recorded, as confirmed; false where that cannot be."""
        fields = self._sheet.confirmable(self.question.id)
        if self._sheet.frozen or not fields:
            return False
        if self._last is not None and self._last.offer.hasFocus():
            self.setFocus()
        self._take(fields)
        return True

    def mark_good_practice(self) -> None:
        """Mark the answer as good practice, or take the mark back."""
        if not self._sheet.frozen:
            marked = self._sheet.answer(self.question.id).good_practice
            self._give(good_practice=not marked)

    @property
    def finished(self) -> bool:
        """Whether the answer is recorded, lacks nothing and suggests no action still to raise."""
        return self._sheet.answered(self.question) and not self.unsaved() and not self.lacks

    @property
    def lacks(self) -> bool:
        """Whether the recorded answer calls for something that is not there yet: a reason, a note,
        evidence, or the action that the form suggests."""
        answer = plain(self._sheet.answer(self.question.id))
        suggests = suggested_action(self.question, answer) is not None
        return bool(self._sheet.needs(self.question.id)) or (
            suggests and not self._sheet.actions(self.question.id)
        )

    def unsaved(self) -> str:
        """The part that is on screen and not recorded: `answer`, `reason`, `note` or nothing."""
        if self._sheet.frozen:
            return ""
        return "answer" if self.editor.is_unsaved() else self.texts.unsaved()

    def take_back(self) -> bool:
        """Put the recorded figures or date in place of what could not be saved; whether there was
        any. A text that is too long is never thrown away."""
        return isinstance(self.editor, TypedEditor) and self.editor.take_back()

    def flush(self) -> None:
        """Save what is being typed."""
        self.editor.flush()
        self.texts.flush()

    def _take(self, fields: dict[str, Any]) -> None:
        """Save what was given; a value that must be explained asks for its reason next."""
        if self._records is not None:
            fields = self._records.settle(fields)
        self._give(**fields)
        typing = isinstance(QApplication.focusWidget(), QLineEdit)
        saved = self._sheet.answer(self.question.id)
        if self._reason_needed() and not saved.reason and not typing:
            self.begin("reason")

    def _unexplained(self) -> bool:
        answer = self._sheet.answer(self.question.id)
        return self._records is not None and self._records.unexplained(answer)

    def _give(self, **fields: Any) -> None:
        self.given.emit(self.question.id, fields)

    def _show_invalid(self, sentence: str) -> None:
        self._invalid.say(sentence)
        self.checked.emit()

    def _reason_needed(self) -> bool:
        answer = self._sheet.answer(self.question.id)
        value = scale_value(self.question, {"value": answer.value})
        return (value is not None and value.needs_reason) or self._unexplained()


def _wrapped(text: str, *, size: str, tone: str = "", strong: bool = False) -> QLabel:
    return label(text, size=size, tone=tone, strong=strong, wrap=True)
