"""One question: what is asked, what to look for, the answer, and what goes with it."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from forms.model import Question
from forms.rating.answers import scale_value
from forms.rating.suggest import suggested_action
from visitapp.rules.due import action_due
from visitapp.services.views.visits import EvidenceView
from visitapp.services.visits.frameworks import lenses
from visitapp.services.visits.plain import plain
from visitapp.ui import words
from visitapp.ui.pages.visit.card_lines import (
    QuietLine,
    last_time_line,
    offer,
    repeat_sentence,
    suggested,
    tag,
)
from visitapp.ui.pages.visit.editors import editor_for
from visitapp.ui.pages.visit.from_records import FromRecords
from visitapp.ui.pages.visit.sheet import QuestionState, Sheet
from visitapp.ui.widgets.card import Card, Quote
from visitapp.ui.widgets.evidence_tag import EvidenceTag
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.note_editor import NoteEditor
from visitapp.ui.widgets.text import label, set_property


class QuestionCard(Card):
    """`given` carries the question and the fields to save; `typing` that something is being typed;
    `acting` and `proving` ask for an action or for evidence; `invalid` says what is wrong;
    `showing` carries evidence to open, `picturing` a tag that wants its thumbnail."""

    given = Signal(str, dict)
    typing = Signal()
    invalid = Signal(str, str)
    acting = Signal(str)
    proving = Signal(str)
    showing = Signal(object)
    picturing = Signal(object)

    def __init__(self, question: Question, sheet: Sheet, today: date) -> None:
        super().__init__()
        self.question = question
        self._sheet = sheet
        self._today = today
        self._state: QuestionState | None = None
        self.shown_before = False
        self._note: NoteEditor | None = None
        self._reason: NoteEditor | None = None
        self.setAccessibleName(f"{question.number} {question.ask}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("current", False)
        self.column.setSpacing(7)
        self.editor = editor_for(question)
        self._texts = QVBoxLayout()
        self._records = FromRecords(question) if sheet.filled(question.id) else None
        self._invalid = QuietLine("red")
        self._needs = QuietLine("amber")
        self._repeat = QuietLine("amber")
        self._extras = Flow()
        self._lay_out()
        self._connect()
        self.show_sheet()

    def _lay_out(self) -> None:
        asked, view = self.question, self._sheet.view
        head = QHBoxLayout()
        head.addWidget(_wrapped(f"{asked.number} {asked.ask}", size="lead", strong=True), 1)
        if asked.id in view.not_checked_last_time:
            mark = tag(self.tr("Not checked last time"), "amber")
            head.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(head)
        for line in (asked.look_for, words.joined(*lenses(self._sheet.form, asked))):
            if line:
                self.column.addWidget(_wrapped(line, size="small", tone="muted"))
        self.column.addWidget(self.editor)
        self.column.addLayout(self._texts)
        if self._records is not None:
            self.column.addWidget(self._records)
        if (last := view.last_time.get(asked.id)) is not None:
            told = last_time_line(last, self._sheet.form.kind, view.previous_visit_on)
            self.column.addWidget(Quote(told))
        for part in (self._repeat, self._invalid, self._needs, self._extras):
            self.column.addWidget(part)

    def _connect(self) -> None:
        self.editor.given.connect(self._take)
        self.editor.typing.connect(self.typing)
        self.editor.invalid.connect(self._show_invalid)

    def show_sheet(self) -> None:
        """Show what the sheet says now; nothing is done when it says what it said before."""
        state = self._sheet.state(self.question.id)
        if state == self._state:
            return
        self._state = state
        answer = state.answer
        self.editor.setEnabled(not state.frozen)
        self.editor.show_answer(answer)
        if self._records is not None and state.filled is not None:
            self._records.show_answer(state.filled, answer)
        if answer.reason or self._reason_needed():
            self._reason_editor().show_text(answer.reason)
        if self._reason is not None:
            self._reason.setVisible(bool(answer.reason) or self._reason_needed())
        last = self._sheet.view.last_time.get(self.question.id)
        self._repeat.say(repeat_sentence(self.question, state.in_a_row, last))
        if answer.note or self._note is not None:
            self._note_editor().show_text(answer.note)
        self._needs.say(" ".join(state.needs))
        self._show_extras()

    def put_back(self) -> None:
        """Show the recorded choice again; typed text is left alone."""
        if self.question.type == "choice":
            self.editor.show_answer(self._sheet.answer(self.question.id))

    def set_current(self, current: bool) -> None:
        """Mark the card that the number keys answer."""
        set_property(self, "current", current)

    def begin_note(self) -> None:
        """Open the note and put the focus in it."""
        if not self._sheet.frozen:
            note = self._note_editor()
            note.show()
            note.setFocus()

    def flush(self) -> None:
        """Save what is being typed."""
        self.editor.flush()
        for text in (self._note, self._reason):
            if text is not None:
                text.flush()

    def _take(self, fields: dict[str, Any]) -> None:
        """Save what was given; what takes the place of the records' answer needs a reason next."""
        if self._records is not None:
            fields = self._records.settle(fields)
        self._give(**fields)
        if self._unexplained():
            self._reason_editor().setFocus()

    def _unexplained(self) -> bool:
        answer = self._sheet.answer(self.question.id)
        return self._records is not None and self._records.unexplained(answer)

    def _give(self, **fields: Any) -> None:
        self.given.emit(self.question.id, fields)

    def _show_invalid(self, sentence: str) -> None:
        self._invalid.say(sentence)
        self.invalid.emit(self.question.id, sentence)

    def _reason_needed(self) -> bool:
        answer = self._sheet.answer(self.question.id)
        value = scale_value(self.question, {"value": answer.value})
        return (value is not None and value.needs_reason) or self._unexplained()

    def _note_editor(self) -> NoteEditor:
        if self._note is None:
            name = self.tr("Note: {ask}").format(ask=self.question.ask)
            self._note = NoteEditor(name, self.tr("What did you see or hear? No names, please."))
            self._note.edited.connect(lambda text: self._give(note=text))
            self._add_text(self._note)
        return self._note

    def _reason_editor(self) -> NoteEditor:
        if self._reason is None:
            name = self.tr("Reason: {ask}").format(ask=self.question.ask)
            self._reason = NoteEditor(name, self.tr("Why is that so? A reason is needed."), rows=1)
            self._reason.edited.connect(lambda text: self._give(reason=text))
            self._add_text(self._reason)
        return self._reason

    def _add_text(self, editor: NoteEditor) -> None:
        editor.setReadOnly(self._sheet.frozen)
        editor.typing.connect(self.typing)
        editor.left.connect(self.setFocus)
        self._texts.addWidget(editor)

    def _add_evidence(self, piece: EvidenceView) -> None:
        if not piece.sha256:
            kind = words.evidence_kinds().get(piece.kind, piece.kind)
            self._extras.add(tag(f"{kind}: {piece.title}"))
            return
        shown = EvidenceTag(piece)
        shown.clicked.connect(lambda: self.showing.emit(piece))
        shown.seen.connect(self.picturing)
        self._extras.add(shown)

    def _show_extras(self) -> None:
        self._extras.clear()
        for piece in self._sheet.evidence(self.question.id):
            self._add_evidence(piece)
        for action in self._sheet.actions(self.question.id):
            due = words.near_day(action.due_on, self._today)
            self._extras.add(tag(self.tr("Action: {t} · {d}").format(t=action.title, d=due)))
        if not self._sheet.frozen:
            self._add_offers()

    def _add_offers(self) -> None:
        ask = self.question.ask
        if self._note is None:
            note = offer(self.tr("Note"), self.tr("Add a note: {a}").format(a=ask))
            note.clicked.connect(self.begin_note)
            self._extras.add(note)
        proof = offer(self.tr("Evidence"), self.tr("Add evidence: {a}").format(a=ask))
        proof.clicked.connect(lambda: self.proving.emit(self.question.id))
        self._extras.add(proof)
        action = offer(self.tr("Action"), self.tr("Add an action: {a}").format(a=ask))
        suggestion = self._suggestion()
        if suggestion:
            action = suggested(suggestion, f"{suggestion} ({ask})")
        action.clicked.connect(lambda: self.acting.emit(self.question.id))
        self._extras.add(action)

    def _suggestion(self) -> str:
        """`+ Action: review all plans, due 7 Dec`, unless one was raised here already."""
        if self._sheet.actions(self.question.id):
            return ""
        found = suggested_action(self.question, plain(self._sheet.answer(self.question.id)))
        if found is None:
            return ""
        due = words.near_day(action_due(self._today, found.priority, found.due_days), self._today)
        return self.tr("+ Action: {title}, due {day}").format(title=found.suggest, day=due)


def _wrapped(text: str, *, size: str, tone: str = "", strong: bool = False) -> QLabel:
    return label(text, size=size, tone=tone, strong=strong, wrap=True)
