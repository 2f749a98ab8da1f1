"""Review and sign off: the outcome, then what stands in the way or has no action yet, then the
paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from forms.levels import outcome_label
from forms.rating.outcome import Outcome
from visitapp.errors import VisitappError
from visitapp.language import message, plural, translate
from visitapp.services.actions.actions import Actions
from visitapp.services.events.events import Events
from visitapp.services.views.visits import Need, VisitView
from visitapp.services.visits.answers.findings import findings_without_action
from visitapp.services.visits.blind import hidden_line
from visitapp.services.visits.visits import Visits
from visitapp.ui import words
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.visits.audit_choice import AuditChoiceFields
from visitapp.ui.dialogs.visits.review_warnings import show_warnings
from visitapp.ui.dialogs.visits.review_ways import ReviewWays, conclusion_line
from visitapp.ui.widgets.card import Card, clear
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.rag_chip import RagChip
from visitapp.ui.widgets.result_row import ResultRow
from visitapp.ui.widgets.text import button, label, named
from visitapp.ui.widgets.tile import Tile

MOST_NEEDS = 40
PARTS = {"reason": "reason", "note": "note", "correction": "answer"}
"""Where on its question a need is met; the others are met by an answer or by evidence."""


class SignOffDialog(Dialog):
    """`asked` carries the question to go to and the part of it; `signed` and `reporting` the
    visit's id, `next_requested` that of the setting whose next visit is to be planned; `acted` says
    that actions were added. `asked_for` carries what else is asked for, by the command of its key
    on the visit's page, and the visit."""

    asked = Signal(str, str)
    signed = Signal(str)
    reporting = Signal(str)
    acted = Signal()
    next_requested = Signal(str)
    asked_for = Signal(str, str)

    def __init__(
        self,
        parent: QWidget | None,
        visits: Visits,
        actions: Actions,
        events: Events,
        visit_id: str,
        unsaved: Mapping[str, str],
    ) -> None:
        """`unsaved`: the questions whose page shows something that is not recorded, and the part
        (`answer`, `reason` or `note`)."""
        super().__init__(parent, translate("Review and sign off"), translate("Sign off"), width=640)
        self._visits, self._actions = visits, actions
        self._id, self._unsaved = visit_id, unsaved
        self._form = visits.form(visit_id)
        self._view = visits.view(visit_id)
        self._signed = False
        self._outcome = Card()
        self.audit = AuditChoiceFields(events.today(), events.latest_review())
        self.audit.changed.connect(self._show_ways)
        self._last = label(tone="muted", size="small", wrap=True)
        self.fix(self._outcome, above=True)
        self.fix(self.audit, above=True)
        self.fix(self._last, above=False)
        self._ways = ReviewWays(self)
        self._ways.asked.connect(lambda what: self.asked_for.emit(what, self._id))
        self._show()
        self.watch(lambda: self._visits.view(visit_id))

    def show_again(self) -> None:
        """The officer added something from here: it is no news to them."""
        self._view = self._visits.view(self._id)
        self.watch(lambda: self._visits.view(self._id))
        self._show()

    def record_changed(self) -> None:
        """Show the review again: what would be signed is another now."""
        if self._signed:
            return
        self._view = self._visits.view(self._id)
        self._show()
        self.messages.show_text(
            translate("This visit was changed elsewhere while you were reviewing it."),
            translate("Review the outcome again."),
        )

    def attempt(self) -> None:
        """Sign off; once signed, print the report."""
        if self._signed:
            self.reporting.emit(self._id)
            return
        try:
            audit = self.audit.choice() if self._view.finds_worse else None
            self._view = self._visits.sign_off(self._id, reviewed=self._view, audit=audit)
        except VisitappError:
            self._view = self._visits.view(self._id)
            self._show()
            raise
        self._signed = True
        self.watch(lambda: None)
        self.signed.emit(self._id)
        self._show_signed()

    def _show(self) -> None:
        self._show_outcome(self._view)
        clear(self.column)
        self._show_unsaved()
        self._show_needs(self._view.needs)
        self._show_findings()
        self._show_conclusion()
        show_warnings(self.column, self._view, self._link)
        self._show_rest(self._view.outcome)
        self.column.addStretch(1)
        self._last.setText(self._view.not_mine_to_sign or self._what_signing_does())
        self.primary.setVisible(not self._view.not_mine_to_sign)
        self._show_ways()
        first: QWidget | None = self.body.findChild(QPushButton) if self._blocked else None
        if first is None and self._chooses:
            first = self.audit.propose
        (first or self.primary).setFocus()

    @property
    def _blocked(self) -> bool:
        return bool(self._unsaved or self._view.needs)

    @property
    def _chooses(self) -> bool:
        """Whether the officer has yet to say what becomes of a worse rating."""
        return self._view.finds_worse and not self.audit.made

    def _show_ways(self) -> None:
        self.audit.setVisible(self._view.finds_worse and not self._signed)
        self.primary.setEnabled(not self._blocked and not self._chooses)

    def _what_signing_does(self) -> str:
        if self._form.kind == "visit":
            return translate(
                "A signed-off visit can no longer be changed. Your team lead sees it once this "
                "laptop has synced."
            )
        return translate("A signed-off assessment can no longer be changed.")

    def _show_outcome(self, view: VisitView) -> None:
        card, outcome = self._outcome, view.outcome
        clear(card.column)
        if view.hidden:
            card.column.addWidget(label(hidden_line(), strong=True, wrap=True))
            return
        level = outcome_label(self._form, outcome)
        head = Flow()
        unfinished = bool(view.needs or self._unsaved)
        so_far = words.so_far(outcome.overall, level) if unfinished else level
        chip = RagChip(outcome.overall, large=True)
        chip.set_rag(outcome.overall, so_far, faint=outcome.provisional and unfinished)
        head.add(chip)
        covered = translate("{n}% of the form is covered", n=outcome.coverage)
        raised = plural("{n} action raised", "{n} actions raised", len(view.actions))
        provisional = translate("provisional") if outcome.provisional else ""
        head.add(label(words.joined(covered, provisional, raised), size="small", tone="muted"))
        card.column.addWidget(head)
        meaning = words.meaning_so_far(self._form, outcome, view.rating, signed=self._signed)
        if level:
            meaning = f"{words.rag_word(outcome.overall)}. {meaning}"
        card.column.addWidget(label(meaning, wrap=True))
        for reason in outcome.because[:1]:
            card.column.addWidget(label(reason.text, size="small", tone="muted", wrap=True))

    def _show_unsaved(self) -> None:
        if not self._unsaved:
            return
        heading = plural(
            "{n} question has an unsaved entry",
            "{n} questions have unsaved entries",
            len(self._unsaved),
        )
        self._heading(heading)
        names = {
            "answer": message("Question {number}: the answer is not saved yet."),
            "reason": message("Question {number}: the reason is not saved yet."),
            "note": message("Question {number}: the note is not saved yet."),
        }
        for question, part in self._unsaved.items():
            number = self._form.questions[question].number
            self._link(translate(names[part].template, number=number), question, part)

    def _show_needs(self, needs: Sequence[Need]) -> None:
        if not needs:
            return
        heading = plural("{n} thing to complete first", "{n} things to complete first", len(needs))
        self._heading(heading)
        for need in needs[:MOST_NEEDS]:
            self._link(need.text, need.question, PARTS.get(need.what, ""))
        if len(needs) > MOST_NEEDS:
            more = translate("and {n} more", n=len(needs) - MOST_NEEDS)
            self.column.addWidget(label(more, tone="muted"))

    def _show_findings(self) -> None:
        """Findings that nobody has raised an action for; they do not bar the sign-off."""
        found = findings_without_action(self._form, self._view)
        if not found:
            return
        heading = plural("{n} finding has no action", "{n} findings have no action", len(found))
        self._heading(heading)
        suggested = [q for q in found if self._actions.suggested(self._id, q) is not None]
        if suggested:
            text = plural(
                "Add the suggested action", "Add all {n} suggested actions", len(suggested)
            )
            self.add_all = named(button(text), text)
            self.add_all.clicked.connect(lambda: self._add_all(suggested))
            self.column.addWidget(self.add_all, 0, Qt.AlignmentFlag.AlignLeft)
        for question in found:
            asked = self._form.questions[question]
            self._link(f"{asked.number} {asked.ask}", question, "")

    def _show_conclusion(self) -> None:
        """What page 1 of the report still has no words or signature for; it bars nothing."""
        if self._form.kind != "visit" or self._view.not_mine_to_sign:
            return
        self._heading(translate("Summary and signatures"))
        told = conclusion_line(self._view)
        self.column.addWidget(label(told, size="small", tone="muted", wrap=True))
        way = button(translate("Write and sign… (Ctrl T)"), name=translate("Write and sign"))
        way.clicked.connect(lambda: self.asked_for.emit("conclude", self._id))
        self.column.addWidget(way, 0, Qt.AlignmentFlag.AlignLeft)

    def _show_signed(self) -> None:
        view = self._view
        self._show_outcome(view)
        self._show_ways()
        clear(self.column)
        at = view.summary.signed_off_at
        moment = f"{at.astimezone():%H:%M}" if at else ""
        self._heading(translate("Signed off {time}", time=moment))
        if self._form.kind == "visit":
            book = button(translate("Plan the next visit…"), makes="planned_visit")
            book.clicked.connect(lambda: self.next_requested.emit(view.summary.setting_id))
            self.column.addWidget(book, 0, Qt.AlignmentFlag.AlignLeft)
        self._show_rest(view.outcome)
        self.column.addStretch(1)
        visit = self._form.kind == "visit"
        teaching = translate(
            "Print, send or save the report now, so that the provider has it before you leave."
        )
        self._last.setText(teaching if visit else "")
        for one, text in (
            (self.primary, translate("Save the report (PDF)…")),
            (self.cancel, translate("Close")),
        ):
            named(one, text).setText(text)
        if visit:
            self._ways.show_papers()
        self.primary.setFocus()

    def _show_rest(self, outcome: Outcome) -> None:
        """The reasons after the first, which stands with the outcome, and the named results."""
        if outcome.because[1:] or outcome.results:
            self._heading(translate("Reasons and results"))
        for reason in outcome.because[1:]:
            self.column.addWidget(label(reason.text, size="small", wrap=True))
        for result in outcome.results:
            self.column.addWidget(ResultRow(self._form, result))

    def _add_all(self, questions: Sequence[str]) -> None:
        self.guarded(lambda: self._actions.add_suggested(self._id, questions))
        self.show_again()
        # The key that added them, pressed twice, must not sign off.
        self.cancel.setFocus()
        self.acted.emit()

    def _heading(self, text: str) -> None:
        self.column.addWidget(label(text, strong=True, wrap=True))

    def _link(self, text: str, question: str, part: str) -> None:
        face = QVBoxLayout()
        face.setContentsMargins(2, 3, 2, 3)
        link = named(Tile("line", face), text)
        link.add(label(text, tone="accent", wrap=True))
        link.clicked.connect(lambda: self._go(question, part))
        self.column.addWidget(link)

    def _go(self, question: str, part: str) -> None:
        self.asked.emit(question, part)
        self.reject()
