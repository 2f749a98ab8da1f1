"""The questions of one area. Only one area is built at a time."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from forms.model import Area
from visitapp.ui.pages.visit.question_card import QuestionCard
from visitapp.ui.pages.visit.sheet import Sheet
from visitapp.ui.widgets.card import Body, ScrollColumn
from visitapp.ui.widgets.text import label


class AreaView(ScrollColumn):
    """Cards, one of them current. The signals are those of the cards."""

    given = Signal(str, dict)
    typing = Signal()
    invalid = Signal(str, str)
    acting = Signal(str)
    proving = Signal(str)

    def __init__(self) -> None:
        super().__init__("")
        self.setAccessibleName(self.tr("Questions"))
        self.cards: list[QuestionCard] = []
        self._sheet: Sheet | None = None
        self._place = 0

    def build(self, sheet: Sheet, area: Area, today: date, *, unanswered_only: bool) -> None:
        """Make the cards of an area; with `unanswered_only`, of what has no answer yet."""
        self._sheet = sheet
        body = Body()
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 20, 12, 24)
        column.setSpacing(12)
        self.cards = []
        for question in area.questions:
            if unanswered_only and sheet.answered(question):
                continue
            card = QuestionCard(question, sheet, today)
            self._join(card)
            self.cards.append(card)
            column.addWidget(card)
        if not any(card.question.id in sheet.relevant for card in self.cards):
            column.addWidget(label(self.tr("Everything in this area is answered."), tone="muted"))
        column.addStretch(1)
        self._hide_irrelevant()
        self.setWidget(body)
        self._place = 0

    def _join(self, card: QuestionCard) -> None:
        card.given.connect(self.given)
        card.typing.connect(self.typing)
        card.invalid.connect(self.invalid)
        card.acting.connect(self.acting)
        card.proving.connect(self.proving)

    def show_sheet(self, question: str = "") -> None:
        """Show again what the sheet says, of one question or of all."""
        for card in self.cards:
            if question in ("", card.question.id):
                card.show_sheet()
        self._hide_irrelevant()

    def put_back(self, question: str) -> None:
        """A choice was not saved: show the recorded one. What was typed stays where it is."""
        for card in self.cards:
            if card.question.id == question:
                card.put_back()

    def current(self) -> QuestionCard | None:
        """The card that the number keys answer."""
        return self.cards[self._place] if self._place < len(self.cards) else None

    def go(self, card: QuestionCard, *, focus: bool = True) -> None:
        """Make a card the current one and bring it into view."""
        for other in self.cards:
            other.set_current(other is card)
        self._place = self.cards.index(card)
        if focus:
            card.setFocus()
            self.ensureWidgetVisible(card, 0, 40)

    def step(self, by: int) -> bool:
        """Go to the next or previous card shown; False when there is none."""
        place = self._place + by
        while 0 <= place < len(self.cards):
            if not self.cards[place].isHidden():
                self.go(self.cards[place])
                return True
            place += by
        return False

    def go_first(self) -> None:
        """Go to the first card shown."""
        shown = [card for card in self.cards if not card.isHidden()]
        if shown:
            self.go(shown[0])

    def go_question(self, question: str) -> None:
        """Go to a question of this area."""
        for card in self.cards:
            if card.question.id == question:
                self.go(card)

    def flush(self) -> None:
        """Save what is being typed."""
        for card in self.cards:
            card.flush()

    def _hide_irrelevant(self) -> None:
        if self._sheet is not None:
            for card in self.cards:
                card.setVisible(card.question.id in self._sheet.relevant)
