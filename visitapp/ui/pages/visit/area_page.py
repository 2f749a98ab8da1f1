"""The cards of one area, made one after another so that no single step is felt."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

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
        self._revealed: QuestionCard | None = None
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
        if not isinstance(widget, QuestionCard):
            self.ensureWidgetVisible(widget, 0, MARGIN)
            return
        self._revealed = widget
        self._show_revealed()
        self._settled.start()

    def _show_revealed(self) -> None:
        if self._revealed is not None:
            self.ensureWidgetVisible(self._revealed, 0, MARGIN)

    def wanted(self) -> list[QuestionCard]:
        """The cards that are shown."""
        return [card for card in self.cards if self._wants(card)]

    def _wants(self, card: QuestionCard) -> bool:
        relevant = card.question.id in self._sheet.relevant
        return relevant and (self._kept is None or card.question.id in self._kept)

    def _show_or_hide(self, card: QuestionCard) -> None:
        wanted = self._wants(card)
        if not wanted:
            card.hide()
        elif card.shown_before and card.isHidden():
            card.show()
        card.shown_before = True

    def _say_nothing(self) -> None:
        self._nothing.setVisible(self.complete and not self.wanted())
