"""The last visit on the same form, beside the questions: its outcome, and what it recorded for the
area in view. It follows the current question."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from forms.model import Question
from visitapp.language import translate
from visitapp.services.views.visits import LastVisit
from visitapp.ui import words
from visitapp.ui.pages.visit.visit_state import VisitState
from visitapp.ui.widgets.card import Card, ScrollColumn, clear
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.rag_chip import RagChip
from visitapp.ui.widgets.text import button, label, named, set_property

_REASONS = 3


class LastLine(QFrame):
    """What the last visit recorded for one question; the current one takes the focus."""

    def __init__(self, question: Question, last: LastVisit) -> None:
        super().__init__()
        self.question = question.id
        self.setProperty("kind", "action")
        told = last.answers.get(question.id)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.setSpacing(2)
        column.addWidget(
            label(f"{question.number} {question.ask}", size="small", tone="muted", wrap=True)
        )
        answer = told.text if told and told.text else translate("Not answered then")
        lines = [answer]
        column.addWidget(label(answer, size="small", strong=True, wrap=True))
        for text in self._beside(last):
            lines.append(text)
            column.addWidget(label(text, size="small", wrap=True))
        self._said = f"{question.number} {question.ask} {' '.join(lines)}"
        named(self, self._said)

    def _beside(self, last: LastVisit) -> list[str]:
        told = last.answers.get(self.question)
        if told is None:
            return []
        evidence = "; ".join(told.evidence)
        return [
            *([f"“{told.note}”"] if told.note else []),
            *([translate("Reason: {text}", text=told.reason)] if told.reason else []),
            *([translate("Evidence: {titles}", titles=evidence)] if evidence else []),
        ]

    def mark(self, *, current: bool) -> None:
        """Say in words and by the frame which one is current, and let Tab reach it alone."""
        policy = Qt.FocusPolicy.StrongFocus if current else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(policy)
        named(self, translate("Last visit: {text}", text=self._said) if current else self._said)
        set_property(self, "current", current)


class LastVisitCard(Card):
    """Hidden until it is asked for. `report_requested` and `visit_requested` carry the id of the
    last visit."""

    report_requested = Signal(str)
    visit_requested = Signal(str)
    closed = Signal()

    def __init__(self, scroll: ScrollColumn) -> None:
        super().__init__()
        self._scroll = scroll
        self._last: LastVisit | None = None
        self._visit = ""
        self._sheet: VisitState | None = None
        self._area = ""
        self._lines: list[LastLine] = []
        self._head = label(size="small", strong=True, wrap=True)
        self._chip = RagChip("unrated")
        self._why = label(size="small", tone="muted", wrap=True)
        ways = Flow()
        self.report = button(translate("Open the report (Shift F8)"), kind="chip")
        self.look = button(translate("Open that visit"), kind="chip")
        self.close_it = button(translate("Close (F8)"), kind="chip")
        for way in (self.report, self.look, self.close_it):
            ways.add(way)
        self.report.clicked.connect(lambda: self.report_requested.emit(self._id()))
        self.look.clicked.connect(lambda: self.visit_requested.emit(self._id()))
        self.close_it.clicked.connect(self.closed)
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        for part in (self._head, self._chip, self._why, ways):
            self.column.addWidget(part)
        self.column.addLayout(self._list)
        self.hide()

    @property
    def current(self) -> str:
        """The question that it stands at; empty when the last visit is not shown."""
        marked = (
            one.question for one in self._lines if one.focusPolicy() != Qt.FocusPolicy.NoFocus
        )
        return "" if self.isHidden() else next(marked, "")

    def open(self, sheet: VisitState, last: LastVisit | None, question: str) -> None:
        """Show the last visit at a question, or that there is none."""
        self._last, self._sheet, self._visit = last, sheet, sheet.view.summary.id
        self._area = ""
        for part in (self._chip, self._why, self.report, self.look):
            part.setVisible(last is not None)
        clear(self._list)
        self._lines = []
        if last is None:
            self._head.setText(
                translate("This laptop has no earlier visit here on this form that is signed off.")
            )
        else:
            self._head.setText(self._title(last, sheet))
            self._chip.set_rag(last.rag, last.level)
            told = [*last.because[:_REASONS], last.summary]
            self._why.setText("\n".join(text for text in told if text))
        self.show()
        self.follow(question)

    def follow(self, question: str) -> None:
        """Go to a question: the answers of its area, with its own in view."""
        if self.isHidden() or self._last is None or self._sheet is None:
            return
        form = self._sheet.form
        if question not in form.questions:
            return
        area = form.area_of[question]
        if area.id != self._area:
            self._area = area.id
            clear(self._list)
            self._lines = [LastLine(one, self._last) for one in area.questions]
            for line in self._lines:
                self._list.addWidget(line)
        for line in self._lines:
            line.mark(current=line.question == question)
            if line.question == question:
                line.show()
                self._scroll.column.activate()
                self._scroll.ensureWidgetVisible(line, 0, 40)

    def show_sheet(self, sheet: VisitState) -> None:
        """Another visit is shown: the last one of it was not asked for."""
        if sheet.view.summary.id != self._visit:
            self.hide()
        self._sheet = sheet

    @staticmethod
    def _title(last: LastVisit, sheet: VisitState) -> str:
        day = words.day(last.visited_on)
        if last.form_version == sheet.form.version:
            return translate("Last visit on this form, {day}", day=day)
        return translate(
            "Last visit on this form, {day}, version {version}", day=day, version=last.form_version
        )

    def _id(self) -> str:
        return self._last.id if self._last is not None else ""


class LastVisitBeside(QObject):
    """Opens and closes the card by a key; `find` gives the visit before the one named."""

    def __init__(
        self,
        card: LastVisitCard,
        find: Callable[[str], LastVisit | None],
        sheet: Callable[[], VisitState],
        question: Callable[[], str],
    ) -> None:
        super().__init__(card)
        self._card, self._find, self._sheet, self._question = card, find, sheet, question
        card.closed.connect(self.turn)

    def turn(self) -> None:
        """Show the last visit at the current question, or close it."""
        if self._card.isHidden():
            sheet = self._sheet()
            self._card.open(sheet, self._find(sheet.view.summary.id), self._question())
        else:
            self._card.hide()
