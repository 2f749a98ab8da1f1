"""The questions, one area at a time; the other areas are made ready while nobody waits."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from forms.model import Area
from visitapp.language import translate
from visitapp.ui.pages.visit.area_page import AreaPage
from visitapp.ui.pages.visit.question.question_card import QuestionCard
from visitapp.ui.pages.visit.visit_state import VisitState

FIRST = 3
"""Cards made before an area is shown; more do not fit on a screen."""

PAUSE_MS = 15
"""Between two cards made ahead, so that a key press comes in between."""


class AreaView(QStackedWidget):
    """Cards, one of them current. The signals are those of the cards; `current_changed` carries the
    question that one went to."""

    given = Signal(str, dict)
    typing = Signal()
    checked = Signal()
    action_requested = Signal(str)
    evidence_requested = Signal(str)
    evidence_opened = Signal(object)
    action_opened = Signal(object)
    thumbnail_requested = Signal(object)
    comment_requested = Signal(str)
    current_changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(translate("Questions"))
        self._pages: dict[str, AreaPage] = {}
        self._sheet: VisitState | None = None
        self.expand: Callable[[], bool] = lambda: False
        self._ahead = QTimer(self)
        self._ahead.setInterval(PAUSE_MS)
        self._ahead.timeout.connect(self._build_ahead)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab first gives way to what was typed for it, such as the name of a snippet."""
        return (forward and self.expand()) or super().focusNextPrevChild(forward)

    def open(self, sheet: VisitState, today: date) -> None:
        """Another visit: forget the cards of the one before."""
        self.forget()
        self._sheet = sheet
        for area in sheet.form.areas:
            page = AreaPage(area, sheet, today, self._join)
            self._pages[area.id] = page
            self.addWidget(page)

    @property
    def ready(self) -> bool:
        """Is there nothing left to make ahead?"""
        return not self._ahead.isActive()

    def forget(self) -> None:
        """Let every card go."""
        self._ahead.stop()
        for page in self._pages.values():
            self.removeWidget(page)
            page.deleteLater()
        self._pages.clear()

    def show_area(self, area: Area, kept: Collection[str] | None, nothing: str) -> None:
        """Show an area: the questions kept of it, all when None; or say that there is nothing."""
        page = self._pages[area.id]
        page.filter(kept, nothing)
        while not page.complete and len(page.wanted()) < FIRST:
            page.build_next()
        page.show_sheet()
        self.setCurrentWidget(page)
        self._ahead.start()

    def show_sheet(self) -> None:
        """Show again what the sheet says; an area out of sight follows when it is shown."""
        page = self._page()
        if page is not None:
            page.show_sheet()

    def put_back(self, question: str) -> None:
        """A choice was not saved: show the recorded one. What was typed stays where it is."""
        for card in self.cards():
            if card.question.id == question:
                card.put_back()

    def cards(self) -> list[QuestionCard]:
        """The cards of the area shown that are made so far."""
        page = self._page()
        return page.cards if page is not None else []

    def card_with(self, widget: QWidget | None) -> QuestionCard | None:
        """The card of the area shown that a widget is on; None for one elsewhere."""
        while widget is not None and not isinstance(widget, QuestionCard):
            widget = widget.parentWidget()
        return widget if widget in self.cards() else None

    def current(self) -> QuestionCard | None:
        """The card that the number keys answer."""
        page = self._page()
        return page.cards[page.place] if page is not None and page.cards else None

    def go(self, card: QuestionCard, *, focus: bool = True) -> None:
        """Make a card the current one; with `focus`, go to it and bring it into view."""
        page = self._page()
        if page is None:
            return
        for other in page.cards:
            other.set_current(other is card)
        page.place = page.cards.index(card)
        self.current_changed.emit(card.question.id)
        if focus:
            # A card just made is shown by the event loop, and what is not shown takes no focus.
            card.show()
            card.arrive()
            page.reveal(card)

    def focus_current(self) -> None:
        """Go into the current card, unless the focus is there already."""
        card = self.current()
        focused = self.window().focusWidget()
        if card is None or card.isHidden():
            return
        if focused is None or not (focused is card or card.isAncestorOf(focused)):
            card.arrive()
        self.reveal(card)

    def takes_focus_back(self, widget: QWidget) -> bool:
        """Not on another question than the current one, nor in a figure: what is typed there would
        be added to it."""
        card = self.current()
        mine = card is not None and card.isAncestorOf(widget) and not isinstance(widget, QLineEdit)
        return mine or not self.isAncestorOf(widget)

    def sees_current(self) -> bool:
        """Whether the card that the keys answer can be seen."""
        page, card = self._page(), self.current()
        return page is not None and card is not None and page.sees(card)

    def reveal(self, widget: QWidget) -> None:
        """Bring a card, or something on one, into view."""
        page = self._page()
        if page is not None and page.isAncestorOf(widget):
            page.reveal(widget)

    def build_after(self, focus: QWidget | None) -> None:
        """Make the card that comes after the last one made, when that has the focus."""
        page = self._page()
        if page is not None and page.cards and focus is not None:
            last = page.cards[-1]
            if focus is last or last.isAncestorOf(focus):
                self._build_next_shown(page)

    def step(self, by: int) -> bool:
        """Go to the next or previous card shown; False when there is none."""
        page, current = self._page(), self.current()
        if page is None or current is None:
            return False
        if by > 0 and page.wanted()[-1:] in ([], [current]):
            self._build_next_shown(page)
        shown = page.wanted()
        place = shown.index(current) + by if current in shown else 0
        if not 0 <= place < len(shown):
            return False
        self.go(shown[place])
        return True

    def go_first(self) -> None:
        """Go to the first card shown."""
        page = self._page()
        if page is not None and page.wanted():
            self.go(page.wanted()[0])

    def go_question(self, question: str, part: str = "") -> None:
        """Go to a question of the area shown, and into its `reason`, `note` or `answer`."""
        page = self._page()
        if page is not None:
            page.build_to(question)
            card = next(card for card in page.cards if card.question.id == question)
            self.go(card)
            if part:
                card.begin(part)

    def go_near(self, question: str) -> None:
        """Stay at a question of the area, or go to the next one shown, else the one before."""
        page = self._page()
        if page is None:
            return
        names = [one.id for one in page.area.questions]
        at = names.index(question) if question in names else 0
        near = (*names[at:], *reversed(names[:at]))
        if found := next((name for name in near if page.wants(name)), ""):
            self.go_question(found)

    def flush(self) -> None:
        """Save what is being typed, and try again what could not be saved before."""
        for page in self._pages.values():
            for card in page.cards:
                card.flush()

    def take_back(self) -> str:
        """Take back what was typed and could not be saved; gives its question, or nothing."""
        current = self.current()
        cards = [card for page in self._pages.values() for card in page.cards]
        for card in sorted(cards, key=lambda card: card is not current):
            if card.take_back():
                return card.question.id
        return ""

    def unsaved(self) -> dict[str, str]:
        """The questions that are asked and whose card shows something that is not recorded, in
        form order, and which part: `answer`, `reason` or `note`."""
        cards = [card for page in self._pages.values() for card in page.cards]
        found = {card.question.id: card.unsaved() for card in cards}
        relevant = self._sheet.relevant if self._sheet is not None else ()
        return {question: part for question, part in found.items() if part and question in relevant}

    def _build_next_shown(self, page: AreaPage) -> None:
        """Make cards until one more is shown, or all are made."""
        shown = len(page.wanted())
        while not page.complete and len(page.wanted()) == shown:
            page.build_next()

    def _page(self) -> AreaPage | None:
        page = self.currentWidget()
        return page if isinstance(page, AreaPage) else None

    def _join(self, card: QuestionCard) -> None:
        card.given.connect(self.given)
        card.typing.connect(self.typing)
        card.checked.connect(self.checked)
        card.action_requested.connect(self.action_requested)
        card.evidence_requested.connect(self.evidence_requested)
        card.evidence_opened.connect(self.evidence_opened)
        card.action_opened.connect(self.action_opened)
        card.thumbnail_requested.connect(self.thumbnail_requested)
        card.comment_requested.connect(self.comment_requested)

    def _build_ahead(self) -> None:
        """One card at a time: first the area shown, then the others in order."""
        current = self._page()
        waiting = [page for page in self._pages.values() if not page.complete]
        if not waiting:
            self._ahead.stop()
        else:
            page = current if current in waiting and current is not None else waiting[0]
            page.resize(self.size())
            page.build_next()
