"""One signed-off visit, as a team lead reads it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from forms.model import Form
from visitapp.language import plural, translate
from visitapp.rules.visit_life import may_be_approved
from visitapp.services.views.sync import ConflictView
from visitapp.services.views.visits import ReviewView, VisitView
from visitapp.services.visits.outcome_labels import level_label
from visitapp.services.visits.sign_off.override_views import override_line
from visitapp.ui import words
from visitapp.ui.pages.review.changes_card import ChangesCard
from visitapp.ui.pages.review.decision_card import DecisionCard
from visitapp.ui.pages.review.second_card import SecondReviewCard
from visitapp.ui.widgets.card import Card, Quote, ScrollColumn, clear, rule
from visitapp.ui.widgets.conflict_card import ConflictCard
from visitapp.ui.widgets.header import HeaderButtons
from visitapp.ui.widgets.rag_chip import RagChip
from visitapp.ui.widgets.result_row import ResultRow
from visitapp.ui.widgets.text import button, label
from visitapp.ui.widgets.wrapping import FoldingRow, WrappingLabel


class ReviewDetail(ScrollColumn):
    """`answers_requested` asks for the whole form, `sheet_requested` for the review on paper;
    `comment_requested` carries a question; `settled` a conflict's id and the side to keep."""

    approval_requested = Signal()
    return_requested = Signal()
    answers_requested = Signal()
    report_requested = Signal()
    sheet_requested = Signal()
    comment_requested = Signal(str)
    second_requested = Signal()
    settled = Signal(str, str)

    def __init__(self) -> None:
        super().__init__("", margins=(28, 20, 28, 24))
        self.setAccessibleName(translate("The visit under review"))
        self.title = WrappingLabel(size="title")
        self.chip = RagChip("unrated")
        self.return_ = button(translate("Return with comments"))
        self.approve = button(translate("Approve"), kind="primary")
        self.read = button(translate("Read every answer"), kind="link")
        self.report = button(translate("Report (PDF)"), kind="link")
        self.sheet = button(translate("Review sheet (PDF)"), kind="link")
        self.ask = button(translate("Ask for a second review"), kind="link")
        self._facts = WrappingLabel(size="small", tone="muted")
        self._objection = label(tone="muted", wrap=True)
        self.decision, self.second = DecisionCard(), SecondReviewCard()
        self._conflicts = QVBoxLayout()
        self._why = Card()
        self._changes = ChangesCard()
        self._actions = Card()
        self._lay_out()
        self.approve.clicked.connect(self.approval_requested)
        self.return_.clicked.connect(self.return_requested)
        self.read.clicked.connect(self.answers_requested)
        self.report.clicked.connect(self.report_requested)
        self.sheet.clicked.connect(self.sheet_requested)
        self.ask.clicked.connect(self.second_requested)
        self._changes.comment_requested.connect(self.comment_requested)

    def buttons(self) -> dict[str, QPushButton]:
        """What can be done with the visit, by the command of its key."""
        return {
            "approve": self.approve,
            "return": self.return_,
            "undo": self.decision.undo,
            "reopen": self.decision.reopen,
            "answers": self.read,
            "report": self.report,
            "second": self.ask,
        }

    def to_top(self) -> None:
        """Bring the rating and the decision into view."""
        self.verticalScrollBar().setValue(0)

    def _lay_out(self) -> None:
        decide, look_further = HeaderButtons(gap=12), HeaderButtons(gap=12)
        for part in (self.chip, self.return_, self.approve):
            decide.add(part)
        for link in (self.read, self.report, self.sheet, self.ask):
            look_further.add(link)
        self.column.addWidget(FoldingRow([self.title, decide]))
        self.column.addWidget(FoldingRow([self._facts, look_further]))
        self.column.addWidget(self._objection)
        self.column.addWidget(self.decision)
        self.column.addWidget(self.second)
        self.column.addLayout(self._conflicts)
        for card in (self._why, self._changes, self._actions):
            self.column.addWidget(card)
        self.column.addStretch(1)

    def show_visit(
        self, view: VisitView, form: Form, conflicts: Sequence[ConflictView], today: date
    ) -> None:
        """Show a visit and what is open about it."""
        summary = view.summary
        purpose = words.purpose_visit(summary.purpose)
        self.title.setText(f"{view.setting_name}, {purpose[:1].lower()}{purpose[1:]}")
        self.chip.set_rag(summary.rag, summary.level)
        self._facts.setText(self._facts_line(view, form.title))
        clear(self._conflicts)
        for conflict in conflicts:
            card = ConflictCard(conflict)
            card.settled.connect(self.settled)
            self._conflicts.addWidget(card)
        self._show_why(view, form)
        self._changes.show_visit(view, form)
        self._show_actions(view, today)

    def show_decision(
        self, view: VisitView, why: str, why_no_approval: str, *, can_undo: bool, more: bool
    ) -> None:
        """Show how far the decision is. `why`: the reason that this person may not decide, or
        empty; `why_no_approval`: that they may not approve. `more`: whether another visit waits.

        The two buttons stay in their place after the decision, so that the second click of a
        double click meets nothing else."""
        open_ = may_be_approved(view.summary.status)
        said = why or (why_no_approval if open_ else "")
        self._objection.setText(said)
        self._objection.setVisible(bool(said))
        for one in (self.approve, self.return_, self.ask):
            one.setVisible(not why)
            one.setEnabled(open_)
        self.approve.setEnabled(open_ and not why_no_approval)
        self.decision.show_visit(view, may=not why, can_undo=can_undo, more=more)

    def _facts_line(self, view: VisitView, title: str) -> str:
        summary, signed = view.summary, view.summary.signed_off_at
        how = translate("announced") if view.announced else translate("unannounced")
        by = translate(
            "signed off by {who} {when}",
            who=view.signed_off_by or summary.officer,
            when=f"{words.day(signed.astimezone().date())} {signed.astimezone():%H:%M}"
            if signed
            else "",
        )
        form = translate("{title}, version {version}", title=title, version=summary.form_version)
        answers = plural("{n} answer", "{n} answers", len(view.answers))
        return words.joined(words.day(summary.visited_on), how, by, form, answers)

    def _show_why(self, view: VisitView, form: Form) -> None:
        clear(self._why.column)
        column = self._why.column
        moved = _moved(view)
        column.addWidget(label(translate("Outcome"), size="heading"))
        if moved:
            column.addWidget(label(moved, tone="amber", strong=True, wrap=True))
        outcome = view.outcome
        level = level_label(form, outcome.level)
        if level:
            column.addWidget(label(words.graded(outcome.overall, level), strong=True))
        means = words.meaning_so_far(form, outcome, view.rating, signed=True)
        if any(one.counts for one in view.outcome_overrides):
            means = translate("An override decides the rating, not this outcome.")
        column.addWidget(label(means, wrap=True))
        for one in view.outcome_overrides:
            column.addWidget(label(override_line(one), tone="amber", wrap=True))
        for result in outcome.results:
            column.addWidget(ResultRow(form, result))
        for reason in view.outcome.because:
            column.addWidget(label(reason.text, wrap=True))
        for reason in view.outcome.also:
            column.addWidget(label(reason.text, size="small", tone="muted", wrap=True))
        for warning in view.warnings:
            column.addWidget(label(warning, size="small", tone="amber", wrap=True))
        for review in view.reviews:
            column.addWidget(Quote(_review_line(review)))

    def _show_actions(self, view: VisitView, today: date) -> None:
        clear(self._actions.column)
        column = self._actions.column
        title = translate("Actions from this visit  {n}", n=len(view.actions))
        column.addWidget(label(title, size="heading"))
        for place, action in enumerate(view.actions):
            if place:
                column.addWidget(rule())
            row = QHBoxLayout()
            row.addWidget(label(action.title, wrap=True), 1)
            row.addWidget(label(words.priorities()[action.priority], size="small", tone="muted"))
            due = label(words.near_day(action.due_on, today), strong=True)
            due.setMinimumWidth(90)
            due.setAlignment(Qt.AlignmentFlag.AlignRight)
            row.addWidget(due)
            column.addLayout(row)
        if not view.actions:
            column.addWidget(label(translate("No action was raised."), tone="muted"))


def _moved(view: VisitView) -> str:
    before, now = view.summary.previous_rag, view.summary.rag
    if before in ("", "unrated", now):
        return ""
    return translate(
        "Was {before}, is now {now}.", before=words.rag_word(before), now=words.rag_word(now)
    )


def _review_line(review: ReviewView) -> QLabel:
    decided = {"approved": translate("Approved"), "returned": translate("Returned")}
    day = words.day(review.at.astimezone().date())
    text = words.joined(f"{decided.get(review.decision, review.decision)} {day}", review.by)
    return label(f"{text}: {review.comment}" if review.comment else text, size="small", wrap=True)
