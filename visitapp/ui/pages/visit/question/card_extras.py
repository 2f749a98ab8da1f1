"""What goes with an answer: its evidence, its actions, and ways to add more."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication

from forms.model import ActionRule, Question
from forms.rating.suggest import suggested_action
from visitapp.language import translate
from visitapp.rules.visiting.due import action_due
from visitapp.services.views.visits import EvidenceView
from visitapp.services.visits.answers.plain import plain
from visitapp.ui import words
from visitapp.ui.pages.visit.question.card_lines import chip, offer, suggested, tag
from visitapp.ui.pages.visit.visit_state import VisitState
from visitapp.ui.widgets.evidence_tag import EvidenceTag
from visitapp.ui.widgets.flow import Flow


class CardExtras(Flow):
    """`note_requested`, `evidence_requested` and `action_requested` ask for one more;
    `good_practice_toggled` marks the answer as good practice, or no more;
    `evidence_opened` and `action_opened` carry what to open, `thumbnail_requested` a tag that
    wants its thumbnail."""

    note_requested = Signal()
    evidence_requested = Signal()
    good_practice_toggled = Signal()
    action_requested = Signal()
    evidence_opened = Signal(object)
    action_opened = Signal(object)
    thumbnail_requested = Signal(object)

    def __init__(self, question: Question, sheet: VisitState, today: date) -> None:
        super().__init__()
        self._question, self._sheet, self._today = question, sheet, today

    def show_sheet(self, *, with_note: bool) -> None:
        """Show everything again; `with_note` offers a note. The focus stays on its button."""
        focus = QApplication.focusWidget()
        name = focus.accessibleName() if focus is not None and focus in self.parts() else ""
        # The focus moves before its button goes: Qt would send it to the next widget otherwise.
        before = self.take()
        for piece in self._sheet.evidence(self._question.id):
            self._add_evidence(piece)
        for action in self._sheet.actions(self._question.id):
            due = words.near_day(action.due_on, self._today)
            made = chip(translate("Action: {t} · {d}", t=action.title, d=due))
            made.setAccessibleDescription(translate("Opens the action."))
            made.clicked.connect(lambda _checked=False, one=action: self.action_opened.emit(one))
            self.add(made)
        if self._sheet.answer(self._question.id).good_practice:
            self.add(tag(translate("Good practice"), "green"))
        if not self._sheet.frozen:
            self._add_offers(with_note=with_note)
        if name:
            same = (part for part in self.parts() if part.accessibleName() == name)
            after = next(same, self.parentWidget())
            if after is not None:
                after.setFocus()
        self.let_go(before)

    def _add_evidence(self, piece: EvidenceView) -> None:
        if not piece.sha256:
            kind = words.evidence_kinds().get(piece.kind, piece.kind)
            self.add(tag(f"{kind}: {piece.title}"))
            return
        shown = EvidenceTag(piece)
        shown.clicked.connect(lambda: self.evidence_opened.emit(piece))
        shown.seen.connect(self.thumbnail_requested)
        self.add(shown)

    def _add_offers(self, *, with_note: bool) -> None:
        ask = self._question.ask
        if with_note:
            note = offer(translate("Note"), translate("Add a note: {a}", a=ask))
            note.clicked.connect(self.note_requested)
            self.add(note)
        evidence = offer(translate("Evidence"), translate("Add evidence: {a}", a=ask))
        evidence.clicked.connect(self.evidence_requested)
        self.add(evidence)
        action = offer(translate("Action"), translate("Add an action: {a}", a=ask))
        suggestion = self._suggestion()
        if suggestion:
            action = suggested(suggestion, f"{suggestion} ({ask})")
        action.clicked.connect(self.action_requested)
        self.add(action)
        self._add_good_practice()

    def _add_good_practice(self) -> None:
        ask, marked = self._question.ask, self._sheet.answer(self._question.id).good_practice
        if marked:
            good = offer(
                translate("Good practice: remove mark"), translate("No good practice: {a}", a=ask)
            )
        else:
            good = offer(translate("Good practice"), translate("Mark as good practice: {a}", a=ask))
        good.clicked.connect(self.good_practice_toggled)
        self.add(good)

    def _due_on(self, found: ActionRule) -> date:
        view = self._sheet.view
        return action_due(
            view.action_rules, view.calendar, self._today, found.priority, found.due_days
        )

    def _suggestion(self) -> str:
        """`+ Action: review all plans, due 7 Dec`, unless one was raised here already."""
        if self._sheet.actions(self._question.id):
            return ""
        answer = plain(self._sheet.answer(self._question.id))
        found = suggested_action(self._question, answer)
        if found is None:
            return ""
        due = words.near_day(self._due_on(found), self._today)
        return translate("+ Action: {title}, due {day}", title=found.suggest, day=due)
