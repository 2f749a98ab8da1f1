"""Review and sign off: what stands in the way, then the outcome, then the paper."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from visitapp.services.views.visits import Need, VisitView
from visitapp.services.visits.outcome_labels import level_label
from visitapp.services.visits.visits import Visits
from visitapp.ui import words
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.widgets.card import Card, ScrollColumn, clear
from visitapp.ui.widgets.rag_chip import RagChip
from visitapp.ui.widgets.result_row import ResultRow
from visitapp.ui.widgets.text import button, label

MOST_NEEDS = 40


class SignOffDialog(Dialog):
    """`asked` carries the question to go to; `signed` the visit's id; `reporting` the same."""

    asked = Signal(str)
    signed = Signal(str)
    reporting = Signal(str)

    def __init__(self, parent: QWidget | None, visits: Visits, visit_id: str) -> None:
        super().__init__(parent, self.tr("Review and sign off"), self.tr("Sign off"), width=600)
        self._visits = visits
        self._id = visit_id
        self._signed = False
        self._form = visits.form(visit_id)
        self._body = QVBoxLayout()
        self._body.setSpacing(8)
        self.column.addLayout(self._body)
        self._show(visits.view(visit_id))

    def attempt(self) -> None:
        """Sign off; once signed, print the report."""
        if self._signed:
            self.reporting.emit(self._id)
            return
        view = self._visits.sign_off(self._id)
        self._signed = True
        self.signed.emit(self._id)
        self._show_signed(view)

    def _show(self, view: VisitView) -> None:
        clear(self._body)
        if view.needs:
            self._show_needs(view.needs)
        else:
            self._show_outcome(view)
            self._body.addWidget(label(self._frozen(), tone="muted", wrap=True))
        self.primary.setEnabled(not view.needs)
        if view.not_mine_to_sign:
            self._body.addWidget(label(view.not_mine_to_sign, strong=True, wrap=True))
            self.primary.hide()

    def _frozen(self) -> str:
        if self._form.kind == "visit":
            return self.tr(
                "A signed-off visit can no longer be changed. It goes to your team lead at the "
                "next sync."
            )
        return self.tr("A signed-off assessment can no longer be changed.")

    def _show_needs(self, needs: list[Need]) -> None:
        heading = words.count(
            len(needs),
            self.tr("{n} thing stands in the way"),
            self.tr("{n} things stand in the way"),
        )
        self._body.addWidget(label(heading, strong=True))
        scroll = ScrollColumn(heading, margins=(0, 0, 12, 0))
        scroll.column.setSpacing(2)
        scroll.setMinimumHeight(min(60 + 30 * len(needs), 380))
        for need in needs[:MOST_NEEDS]:
            link = button(need.text, kind="link")
            link.clicked.connect(lambda _checked, need=need: self._go(need.question))
            scroll.column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        if len(needs) > MOST_NEEDS:
            more = self.tr("and {n} more").format(n=len(needs) - MOST_NEEDS)
            scroll.column.addWidget(label(more, tone="muted"))
        scroll.column.addStretch(1)
        self._body.addWidget(scroll)
        first = scroll.findChild(QPushButton)
        if first is not None:
            first.setFocus()

    def _show_outcome(self, view: VisitView) -> None:
        card = Card()
        outcome = view.outcome
        level = level_label(self._form, outcome.level)
        card.column.addWidget(RagChip(outcome.overall, level, large=True))
        if level:
            card.column.addWidget(label(words.rag_word(outcome.overall), strong=True))
        meaning = words.meaning(self._form.kind, view.outcome.overall)
        card.column.addWidget(label(meaning, wrap=True))
        for result in outcome.results:
            card.column.addWidget(ResultRow(self._form, result))
        for reason in outcome.because:
            card.column.addWidget(label(reason.text, wrap=True))
        covered = self.tr("{n}% of the form is covered").format(n=view.outcome.coverage)
        raised = words.count(
            len(view.actions), self.tr("{n} action raised"), self.tr("{n} actions raised")
        )
        provisional = self.tr("provisional") if view.outcome.provisional else ""
        line = words.joined(covered, provisional, raised)
        card.column.addWidget(label(line, size="small", tone="muted", wrap=True))
        self._body.addWidget(card)
        for warning in view.warnings:
            self._body.addWidget(label(warning, size="small", tone="amber", wrap=True))

    def _show_signed(self, view: VisitView) -> None:
        clear(self._body)
        at = view.summary.signed_off_at
        moment = f"{at.astimezone():%H:%M}" if at else ""
        self._body.addWidget(label(self.tr("Signed off {time}").format(time=moment), strong=True))
        self._show_outcome(view)
        if self._form.kind == "visit":
            teaching = self.tr(
                "Print the report now, so that the provider has it before you leave."
            )
            self._body.addWidget(label(teaching, tone="muted", wrap=True))
        self.primary.setText(self.tr("Print report"))
        self.primary.setAccessibleName(self.primary.text())
        self.cancel.setText(self.tr("Close"))
        self.cancel.setAccessibleName(self.cancel.text())

    def _go(self, question: str) -> None:
        self.asked.emit(question)
        self.reject()
