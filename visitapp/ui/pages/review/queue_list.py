"""The list of visits to review: how far the week is, filters, and each visit with its reasons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from visitapp.language import plural, translate
from visitapp.records import ReviewReason, SecondReviewStatus
from visitapp.rules.visit_life import awaits_review
from visitapp.services.views.reviews import QueuedReview, ReviewQueue
from visitapp.services.views.visits import VisitSummary
from visitapp.services.visits.sign_off.queue import chosen
from visitapp.ui import words
from visitapp.ui.dialogs.fields import choices
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.card import ScrollColumn, clear
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.folding_side import Side
from visitapp.ui.widgets.rag_chip import RagChip
from visitapp.ui.widgets.text import button, label
from visitapp.ui.widgets.tile import Tile, let_through
from visitapp.vocabulary import choice_word, choice_words

WIDTH = 336
WIDEST = 480
ABOVE = 130


class Line(NamedTuple):
    """A visit in the list; `queued` is None for one that does not wait."""

    visit: VisitSummary
    queued: QueuedReview | None


class ReviewItem(Tile):
    """One visit in the list."""

    def __init__(self, line: Line, today: date) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(16, 13, 16, 13)
        column.setSpacing(5)
        super().__init__("item", column)
        self.setCheckable(True)
        visit = line.visit
        texts = [_standing(visit), *(_waiting(line.queued, today) if line.queued else [])]
        said = [text for text, _ in texts]
        self.setAccessibleName(
            ", ".join([visit.setting, words.graded(visit.rag, visit.level), *said])
        )
        head = QHBoxLayout()
        head.addWidget(let_through(label(visit.setting, strong=True, wrap=True)), 1)
        head.addWidget(let_through(RagChip(visit.rag, visit.level)), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        for text, tone in texts:
            self.add(label(text, size="small", tone=tone, wrap=True))


class QueueFilters(QWidget):
    """Progress, order and filters. `changed` tells that a choice was made, `export_requested` that
    the reports of the visits in the list are wanted."""

    changed = Signal()
    export_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.progress = label(size="small", tone="muted", wrap=True)
        orders = {
            "urgent": translate("Red and moved first"),
            "due": translate("By due date"),
            "officer": translate("By officer"),
            "setting": translate("By setting"),
            "outcome": translate("By outcome"),
        }
        self.order = choices(translate("Order"), orders)
        self.officer = choices(translate("Officer"), {"": translate("All officers")})
        outcomes = {rag: words.rag_word(rag) for rag in ("red", "amber", "green", "unrated")}
        self.outcome = choices(translate("Outcome"), {"": translate("All outcomes"), **outcomes})
        reasons = {"": translate("All reasons"), **choice_words(ReviewReason)}
        self.reason = choices(translate("Reason for the review"), reasons)
        self.export = button(translate("Save these reports (PDF)…"), kind="link")
        self.export.clicked.connect(self.export_requested)
        boxes = Flow(gap=6)
        for box in self._boxes():
            box.currentIndexChanged.connect(self.changed)
            boxes.add(box)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 6)
        column.setSpacing(6)
        for part in (self.progress, boxes, self.export):
            column.addWidget(part)

    def show_queue(self, queue: ReviewQueue) -> None:
        """Show how far the week is, and offer the officers whose visits wait."""
        self.progress.setText(
            translate("{done} of {total} reviewed this week", done=queue.decided, total=queue.total)
        )
        officers = sorted({one.visit.officer for one in queue.waiting if one.visit.officer})
        offered = [self.officer.itemData(n) for n in range(1, self.officer.count())]
        if officers != offered:
            kept = self.officer.currentData()
            self.officer.blockSignals(True)
            while self.officer.count() > 1:
                self.officer.removeItem(1)
            for officer in officers:
                self.officer.addItem(officer, officer)
            self.officer.setCurrentIndex(max(0, self.officer.findData(kept)))
            self.officer.blockSignals(False)

    def chosen(self, queue: ReviewQueue, search: str) -> list[QueuedReview]:
        """The visits that the filters and the search let through, in the order chosen."""
        return chosen(
            queue.waiting,
            search=search,
            officer=self.officer.currentData(),
            outcome=self.outcome.currentData(),
            reason=self.reason.currentData(),
            order=self.order.currentData(),
        )

    def narrow(self) -> bool:
        """Whether a filter is set."""
        return any(box.currentData() for box in (self.officer, self.outcome, self.reason))

    def words(self) -> list[str]:
        """What the boxes say that name no person."""
        chosen = (self.order, self.outcome, self.reason)
        return [box.currentText() for box in chosen if box.currentData()]

    def names(self) -> list[str]:
        """The officer that was chosen."""
        return [self.officer.currentText()] if self.officer.currentData() else []

    def _boxes(self) -> tuple[QComboBox, ...]:
        return self.order, self.officer, self.outcome, self.reason


class ReviewList(Side):
    """The visits to review. `chosen` carries one's id."""

    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, width=WIDTH, widest=WIDEST, height=ABOVE)
        self._items: dict[str, ReviewItem] = {}
        self._lines: list[Line] = []
        self.filters = QueueFilters()
        self._none = label(
            translate("No visit fits these filters."), tone="muted", size="small", wrap=True
        )
        self._none.setContentsMargins(16, 8, 16, 8)
        self._scroll = ScrollColumn(translate("Visits to review"), margins=(0, 0, 0, 0))
        self._scroll.column.setSpacing(0)
        self._places = QVBoxLayout()
        self._places.setSpacing(0)
        self._scroll.column.addWidget(self.filters)
        self._scroll.column.addWidget(self._none)
        self._scroll.column.addLayout(self._places)
        self._scroll.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll)

    def mark(self, visit_id: str) -> None:
        """Show which visit is read."""
        for key, item in self._items.items():
            item.setChecked(key == visit_id)

    def focus_current(self) -> bool:
        """Focus the visit that is read, or the first; false when none is listed."""
        items = list(self._items.values())
        for item in [one for one in items if one.isChecked()] + items:
            item.setFocus()
            return True
        return False

    def show_lines(
        self, lines: Sequence[Line], current: str, today: date, *, narrowed: bool
    ) -> None:
        """Show visits, one of them chosen; the focus stays where it is in the list. narrowed:
        whether a filter or a search may have left some out."""
        if list(lines) != self._lines:
            focused = any(item.hasFocus() for item in self._items.values())
            self._lines = list(lines)
            clear(self._places)
            self._items = {line.visit.id: ReviewItem(line, today) for line in lines}
            for key, item in self._items.items():
                item.clicked.connect(lambda _checked, key=key: self.chosen.emit(key))
                self._places.addWidget(item)
            self.mark(current)
            if focused:
                self.focus_current()
        self._none.setVisible(not lines and narrowed)
        self.filters.export.setEnabled(bool(lines))
        self.mark(current)


def _standing(visit: VisitSummary) -> tuple[str, str]:
    """`Annual quality visit, 23 Nov 2026 · outcome unchanged`, and its tone."""
    if not awaits_review(visit.status):
        return words.joined(words.visit_status(visit.status), words.day(visit.visited_on)), "muted"
    if visit.previous_rag not in ("", "unrated", visit.rag):
        before, now = words.rag_word(visit.previous_rag), words.rag_word(visit.rag)
        return translate("Was {before}, is now {now}", before=before, now=now), "amber"
    line = f"{words.purpose_visit(visit.purpose)}, {words.day(visit.visited_on)}"
    same = translate("outcome unchanged") if visit.previous_rag == visit.rag else ""
    return words.joined(line, same), "muted"


def _waiting(one: QueuedReview, today: date) -> list[tuple[str, str]]:
    """Who signed it off and how long it waits, why it is reviewed, and who else was asked."""
    waits = plural("waiting {n} day", "waiting {n} days", one.days_waiting)
    due = translate("due {day}", day=words.near_day(one.due_on, today))
    late = translate("overdue, was due {day}", day=words.near_day(one.due_on, today))
    lines = [
        (
            words.joined(one.visit.officer, waits, late if one.overdue else due),
            "red" if one.overdue else "muted",
        )
    ]
    reasons = ", ".join(choice_word(ReviewReason, reason) for reason in one.reasons)
    if reasons:
        lines.append((reasons, "muted"))
    for second in one.second:
        status = choice_word(SecondReviewStatus, second.status).lower()
        told = translate("Second reviewer {who}: {status}", who=second.reviewer, status=status)
        lines.append((told, "muted"))
    return lines
