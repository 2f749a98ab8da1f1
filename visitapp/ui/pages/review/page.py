"""Signed-off visits that wait for a decision, one of them in full."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from math import ceil

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QStackedWidget,
)

from visitapp.language import translate
from visitapp.records import VisitStatus
from visitapp.rules.text import folded
from visitapp.rules.visit_life import awaits_review
from visitapp.services.sync.conflicts import Conflicts
from visitapp.services.views.visits import VisitSummary
from visitapp.services.visits.sign_off.reviews import Reviews
from visitapp.services.visits.sign_off.second_reviews import SecondReviews
from visitapp.services.visits.visits import Visits
from visitapp.ui.models.reviews import review_columns
from visitapp.ui.models.shown_list import ShownList
from visitapp.ui.pages.page import Page
from visitapp.ui.pages.review.detail import ReviewDetail
from visitapp.ui.pages.review.queue_list import Line, ReviewList
from visitapp.ui.shell.routes import Route
from visitapp.ui.shell.shortcuts import listen, listen_buttons, review_keys
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.empty_state import EmptyState
from visitapp.ui.widgets.folding_side import FoldingSide
from visitapp.ui.widgets.header import PageHeader

DETAIL = 420
"""Pixels that the visit under review needs at 100 %, to stand beside the list."""


class ReviewPage(Page):
    """Signals carry the id of the visit in view, `comment_requested` also the question;
    `second_answered` carries a second review's id and what is said of it, `export_requested` the
    visits in the list."""

    tells = "visit"
    return_requested = Signal(str)
    report_requested = Signal(str)
    sheet_requested = Signal(str)
    comment_requested = Signal(str, str)
    second_requested = Signal(str)
    second_answered = Signal(str, str)
    export_requested = Signal(object)

    def __init__(
        self,
        reviews: Reviews,
        seconds: SecondReviews,
        visits: Visits,
        conflicts: Conflicts,
        look: Look,
        today: Callable[[], date],
    ) -> None:
        header = PageHeader(
            translate("Review"), search=translate("Search visits to review, Ctrl F")
        )
        super().__init__(translate("Review"), header)
        self._reviews, self._seconds = reviews, seconds
        self._visits, self._conflicts = visits, conflicts
        self._today = today
        self._current = ""
        self._kept = ""
        """A visit that stays in view although it does not wait: decided on, or asked for."""
        self._place = 0
        """Where the visit in view is, or was, in the list."""
        self._lines: list[Line] = []
        self._shown: list[VisitSummary] = []
        self._hold_over = QTimer(self, singleShot=True)
        self.list, self.detail = ReviewList(look), ReviewDetail()
        self.empty = EmptyState(
            translate("Nothing to review"),
            translate(
                "Visits signed off by officers in your team appear here after a sync. Read what "
                "changed since the last visit, then approve the visit or return it with comments. "
                "The search finds approved visits, and those that were not sampled, too."
            ),
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(
            FoldingSide(self.detail, self.list, look, needs=DETAIL, side_first=True)
        )
        self.stack.addWidget(self.empty)
        self.column.addWidget(self.stack, 1)
        self._connect()

    def _connect(self) -> None:
        self.header.search.textEdited.connect(self.refresh)
        self.list.chosen.connect(self._choose)
        self.list.filters.changed.connect(self.refresh)
        self.list.filters.export_requested.connect(lambda: self.export_requested.emit(self._shown))
        self.detail.approval_requested.connect(self.approve)
        self.detail.return_requested.connect(lambda: self.return_requested.emit(self._current))
        self.detail.answers_requested.connect(lambda: self.went.emit(Route("visit", self._current)))
        self.detail.report_requested.connect(lambda: self.report_requested.emit(self._current))
        self.detail.sheet_requested.connect(lambda: self.sheet_requested.emit(self._current))
        self.detail.comment_requested.connect(
            lambda question: self.comment_requested.emit(self._current, question)
        )
        self.detail.second_requested.connect(lambda: self.second_requested.emit(self._current))
        self.detail.second.answered.connect(self.second_answered)
        self.detail.settled.connect(self._settle)
        self.detail.decision.undo_requested.connect(self.undo)
        self.detail.decision.next_requested.connect(self._next)
        self.detail.decision.reopen_requested.connect(
            lambda: self.return_requested.emit(self._current)
        )
        self._hold_over.timeout.connect(self._let_go)
        self._listen()

    def _listen(self) -> None:
        steps = {"next": lambda: self._step(1), "previous": lambda: self._step(-1)}
        listen(self, [key for key in review_keys() if key.command in steps], steps)
        listen_buttons(self, review_keys(), self.detail.buttons())

    def open(self, route: Route) -> None:
        if route.id:
            self._current = self._kept = route.id
        elif self._kept and self._reviews.time_to_undo(self._kept) is None:
            self._kept = ""
        self.refresh()

    def lists(self) -> list[ShownList]:
        filters = self.list.filters
        return [
            ShownList(
                name=translate("Visits to review"),
                columns=review_columns(),
                rows=self._lines,
                filters=filters.words(),
                typed=[*filters.names(), *self.typed_filters()],
            )
        ]

    def focus_first(self) -> None:
        """Go to the list: Enter there opens a visit, and decides nothing."""
        if not self.list.focus_current():
            self.header.search.setFocus()
        self.detail.to_top()

    def refresh(self) -> None:
        queue, filters = self._reviews.queue(), self.list.filters
        filters.show_queue(queue)
        search = self.header.search.text()
        lines = [Line(one.visit, one) for one in filters.chosen(queue, search)]
        # Those that wait for nobody are many: they show once something is searched for.
        if wanted := folded(search):
            lines += [
                Line(visit, None)
                for visit in self._reviews.closed()
                if wanted in folded(visit.setting) or wanted in folded(visit.officer)
            ]
        self._lines = lines
        self._shown = [line.visit for line in lines]
        ids = [visit.id for visit in self._shown]
        if self._current in ids:
            self._note_place(ids.index(self._current))
        elif not self._kept or self._current != self._kept:
            self._current = ids[0] if ids else ""
        narrowed = bool(search.strip()) or filters.narrow()
        self.list.show_lines(lines, self._current, self._today(), narrowed=narrowed)
        self.stack.setCurrentIndex(0 if queue.waiting or self._shown or self._current else 1)
        self.detail.setVisible(bool(self._current))
        if self._current:
            self._show()

    def approve(self) -> None:
        """Approve the visit that is shown. It stays in view, and the focus goes to Undo."""
        decision = self.detail.decision
        view = self._reviews.approve(self._current, decision.comment.text())
        self._kept = self._current
        self.said.emit(translate("Approved: {setting}.", setting=view.setting_name), None)
        self._hold_over.stop()
        self.changed.emit()
        self.refresh()
        decision.undo.setFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The second click of a double click on Approve gives the page the focus: Undo keeps it."""
        super().focusInEvent(event)
        by_click = event.reason() == Qt.FocusReason.MouseFocusReason
        if by_click and self.detail.decision.undo.isVisible():
            self.detail.decision.undo.setFocus()

    def undo(self) -> None:
        """Take the approval back, and go on from the comment that went with it."""
        view = self._reviews.undo_approval(self._current)
        undone = translate("Approval undone: {setting}.", setting=view.setting_name)
        self.said.emit(undone, None)
        self.changed.emit()
        self.refresh()
        self.detail.decision.comment.setFocus()

    def _let_go(self) -> None:
        """An approval can be sent from now on."""
        self.changed.emit()
        self.refresh()

    def _next(self) -> None:
        """Open the visit that took the place of this one. The focus goes where Enter does nothing:
        a second press must not decide on a visit that nobody has looked at."""
        waiting = self._others()
        self._choose(waiting[min(self._place, len(waiting) - 1)].id)
        self.detail.decision.comment.setFocus()

    def _step(self, by: int) -> None:
        """Look at the next or previous visit that waits, and decide on none."""
        waiting = [v.id for v in self._shown if awaits_review(v.status)]
        if self._current not in waiting:
            place = self._place if by > 0 else self._place - 1
        else:
            place = waiting.index(self._current) + by
        if 0 <= place < len(waiting):
            self._choose(waiting[place])
            self.list.focus_current()

    def _choose(self, visit_id: str) -> None:
        self._current, self._kept = visit_id, ""
        self._note_place([visit.id for visit in self._shown].index(visit_id))
        self.list.mark(visit_id)
        self._show()
        self.detail.to_top()

    def _note_place(self, place: int) -> None:
        if awaits_review(self._shown[place].status):
            self._place = place

    def _others(self) -> list[VisitSummary]:
        """The visits in the list that wait, but for the one in view."""
        return [v for v in self._shown if awaits_review(v.status) and v.id != self._current]

    def _show(self) -> None:
        view = self._visits.view(self._current)
        about = [c for c in self._conflicts.list() if c.visit_id == self._current]
        self.detail.show_visit(view, self._visits.form(self._current), about, self._today())
        seconds = self._seconds.of_visit(self._current)
        left = self._reviews.time_to_undo(self._current)
        if left is not None and not self._hold_over.isActive():
            self._hold_over.start(ceil(left / timedelta(milliseconds=1)) + 1)
        why = self._reviews.objection(self._current)
        why_no_approval = self._reviews.objection(self._current, VisitStatus.APPROVED)
        self.detail.second.show_reviews(seconds, may=not why)
        more = bool(self._others())
        self.detail.show_decision(view, why, why_no_approval, can_undo=left is not None, more=more)

    def _settle(self, conflict_id: str, side: str) -> None:
        self._conflicts.settle(conflict_id, side)
        self.said.emit(translate("Resolved. Your choice is kept in the history."), None)
        self.changed.emit()
        self.refresh()
