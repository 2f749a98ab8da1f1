"""The cards of one area, made one after another so that no single step is felt."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import isValid

from forms.model import Area
from visitapp.ui.pages.visit.question.question_card import QuestionCard
from visitapp.ui.pages.visit.visit_state import VisitState
from visitapp.ui.widgets.card import ScrollColumn
from visitapp.ui.widgets.text import label

MARGIN = 40
"""Pixels above and below a card that is brought into view."""


class AreaPage(ScrollColumn):
    """Scrolls the cards of an area. `join` connects each new card."""

    def __init__(
        self, area: Area, sheet: VisitState, today: date, join: Callable[[QuestionCard], None]
    ) -> None:
        super().__init__(area.title, margins=(24, 20, 12, 24))
        self.area = area
        self.cards: list[QuestionCard] = []
        self.place = 0
        self._sheet = sheet
        self._today = today
        self._join = join
        self._kept: Collection[str] | None = None
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._cards_column = QVBoxLayout()
        self._cards_column.setSpacing(12)
        self._revealed: QWidget | None = None
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.timeout.connect(self._show_revealed)
        self._nothing = label(tone="muted", wrap=True)
        self._nothing.hide()
        self.column.addLayout(self._cards_column)
        self.column.addWidget(self._nothing)
        self.column.addStretch(1)

    @property
    def complete(self) -> bool:
        """Are all cards there?"""
        return len(self.cards) == len(self.area.questions)

    def build_next(self) -> None:
        """Make the next card, styled and measured before it is shown."""
        question = self.area.questions[len(self.cards)]
        card = QuestionCard(question, self._sheet, self._today)
        self._join(card)
        self.cards.append(card)
        self._show_or_hide(card)
        self._cards_column.addWidget(card)
        for part in (card, *card.findChildren(QWidget)):
            part.ensurePolished()
        card.resize(self._room(), card.heightForWidth(self._room()))

    def _room(self) -> int:
        """The width a card will have, so that it is laid out before it is shown."""
        edges = self.column.contentsMargins()
        bar = self.verticalScrollBar().sizeHint().width()
        return self.width() - edges.left() - edges.right() - bar

    def build_to(self, question: str) -> None:
        """Make cards until that question's is there."""
        while not self.complete and question not in {card.question.id for card in self.cards}:
            self.build_next()

    def show_sheet(self) -> None:
        """Show again what the sheet says, and only the questions that are relevant."""
        for card in self.cards:
            card.show_sheet()
            self._show_or_hide(card)
        self._say_nothing()

    def filter(self, kept: Collection[str] | None, nothing: str) -> None:
        """Show every question, or those kept; `nothing` is said when there is none to show."""
        self._kept = kept
        self._nothing.setText(nothing)
        for card in self.cards:
            self._show_or_hide(card)
        self._say_nothing()

    def reveal(self, widget: QWidget) -> None:
        """Bring a card, or something on one, into view, now and again once a card just made has
        its place."""
        self._revealed = widget
        self._show_revealed()
        self._settled.start()

    def _show_revealed(self) -> None:
        widget = self._revealed
        if widget is None or not isValid(widget):
            return
        self.ensureWidgetVisible(widget, 0, MARGIN)
        if isinstance(widget, QuestionCard) and widget.height() > self.viewport().height():
            self.ensureWidgetVisible(_answered(widget), 0, MARGIN)

    def sees(self, card: QuestionCard) -> bool:
        """Whether what a key would change on a card can be seen: what has the focus there, else the
        answer. A card that was just gone to is brought into view first."""
        if card.isHidden():
            return False
        if self._settled.isActive():
            self._settled.stop()
            self._show_revealed()
            return True
        return self._in_view(_answered(card), self.viewport().height())

    def _in_view(self, widget: QWidget, height: int) -> bool:
        """Whether half of a widget, or more, is in a view of that many pixels."""
        top = widget.mapTo(self.viewport(), QPoint(0, 0)).y()
        seen = min(top + widget.height(), height) - max(top, 0)
        return 2 * seen >= min(widget.height(), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What was in view stays so when a message takes room; what was scrolled away does too."""
        super().resizeEvent(event)
        shown = self._revealed
        if shown is None or not isValid(shown):
            return
        shown = _answered(shown) if isinstance(shown, QuestionCard) else shown
        if self._in_view(shown, event.oldSize().height()):
            self._settled.start()

    def wanted(self) -> list[QuestionCard]:
        """The cards that are shown."""
        return [card for card in self.cards if self.wants(card.question.id)]

    def wants(self, question: str) -> bool:
        """Whether a question of the area is shown."""
        return question in self._sheet.relevant and (self._kept is None or question in self._kept)

    def _show_or_hide(self, card: QuestionCard) -> None:
        wanted = self.wants(card.question.id)
        if not wanted:
            card.hide()
        elif card.shown_before and card.isHidden():
            card.show()
        card.shown_before = True

    def _say_nothing(self) -> None:
        self._nothing.setVisible(self.complete and not self.wanted())


def _answered(card: QuestionCard) -> QWidget:
    """What a key changes on a card."""
    focus = QApplication.focusWidget()
    inside = focus is not None and focus is not card and card.isAncestorOf(focus)
    return focus if inside and focus is not None else card.editor
