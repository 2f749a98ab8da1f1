"""What every page has in common."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from visitapp.language import translate
from visitapp.ui.models.shown_list import ShownList
from visitapp.ui.pages.context_menu import Entry, context_menu
from visitapp.ui.roles import hidden, may_make
from visitapp.ui.shell.routes import Route
from visitapp.ui.widgets.card import Card, ScrollColumn
from visitapp.ui.widgets.empty_state import EmptyState
from visitapp.ui.widgets.filter_chips import FilterChips
from visitapp.ui.widgets.focus_order import tab_stops
from visitapp.ui.widgets.header import PageHeader
from visitapp.ui.widgets.message_bar import MessageBar
from visitapp.ui.widgets.table import RowTable
from visitapp.ui.widgets.text import Button


class Page(QWidget):
    """A header, messages, then content in `column`; some pages have a side of their own.

    `went` carries a Route to go to; `said` a text and a way back (or None) for the toast;
    `changed` says that something was written, so that counts elsewhere are read again.
    """

    tells = ""
    """The kind of record that the whole page tells of."""
    role: Callable[[], str] = staticmethod(lambda: "")
    """The user's role; empty where nobody said it."""
    went = Signal(object)
    said = Signal(str, object)
    changed = Signal()

    def __init__(self, name: str, header: PageHeader, side: QWidget | None = None) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.header, self.beside = header, side
        self.messages = MessageBar()
        # After the refresh: what it made is not in view before, and takes no focus.
        self._focus_lost = QTimer(self, singleShot=True)
        self._focus_lost.timeout.connect(self._find_focus)
        self._lost_at: tuple[QWidget, int] | None = None
        self._withheld: EmptyState | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        if side is not None:
            row.addWidget(side)
        self.column = QVBoxLayout()
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        row.addLayout(self.column, 1)
        self.column.addWidget(header)
        bar = QVBoxLayout()
        bar.setContentsMargins(24, 0, 24, 0)
        bar.addWidget(self.messages)
        self.column.addLayout(bar)

    def lists(self) -> list[ShownList]:
        """The lists in view, as they are shown: the one with the focus alone, else every one."""
        tables = [table for table in self.findChildren(RowTable) if table.isVisible()]
        tables = [table for table in tables if table.hasFocus()] or tables
        chips = [chips for chips in self.findChildren(FilterChips) if chips.isVisible()]
        filters = [one.text() for one in chips if one.narrows]
        return [table.shown_list(filters, self.typed_filters()) for table in tables]

    def typed_filters(self) -> list[str]:
        """What the person typed, or chose by name, that narrows the lists in view."""
        text = self.header.search.text().strip() if self.header.search.isVisible() else ""
        return [translate("search for “{text}”", text=text)] if text else []

    def open(self, route: Route) -> None:
        """The page is gone to: show what the route asks for."""
        self.refresh()

    def way_back(self, route: Route) -> Route:
        """Where the page was left, for the way back; `route`: what it was gone to by."""
        return route

    def takes_focus_back(self, widget: QWidget) -> bool:
        """Whether what had the focus when the page was left gets it again."""
        return True

    def focus_first(self) -> None:
        """Put the focus where the person goes on."""
        self.setFocus()

    def refresh(self) -> None:
        """Read again what the page shows."""
        raise NotImplementedError

    def read_again(self) -> None:
        """Refresh behind a dialog, or unasked: the focus stays. When what had it is gone it goes to
        `focus_first`, or from there, if that is in the header, to what is now in its place on its
        card: Enter must not press what the page offers first. Qt would give it to the first control
        of the window."""
        had = self.window().focusWidget()
        place = _place(had)
        self.refresh()
        self.show_to_role()
        if had is not None and isValid(had):
            if had.isVisible() and had.isEnabled():
                return
            had.clearFocus()
        self._lost_at = place or self._lost_at
        self._focus_lost.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Show what the user's role is to see."""
        self.show_to_role()
        super().showEvent(event)

    def show_to_role(self) -> None:
        """Leave out what the user's role does not see and cannot make."""
        role = self.role()
        if not role:
            return
        kinds = hidden(role)
        for table in self.findChildren(RowTable):
            table.hide_kinds(kinds)
        for one in self.findChildren(Button):
            one.allow(not one.makes or may_make(role, one.makes))
        for card in self.findChildren(Card):
            card.allow(card.of not in kinds)
        self._withhold(self.tells in kinds)

    def _withhold(self, withheld: bool) -> None:
        """Say in place of the content that the role is not shown it."""
        if withheld == (self._withheld is not None):
            return
        items = [self.column.itemAt(place) for place in range(1, self.column.count())]
        for part in (item.widget() for item in items if item is not None):
            if part is not None and part is not self._withheld:
                part.setVisible(not withheld)
        if self._withheld is not None:
            self._withheld.hide()
            self._withheld.deleteLater()
            self._withheld = None
        elif withheld:
            self._withheld = EmptyState(
                translate("Not shown to your role"),
                translate("People with your role do not receive these records."),
            )
            self.column.addWidget(self._withheld, 1)

    def _find_focus(self) -> None:
        lost_at, self._lost_at = self._lost_at, None
        if not self.isVisible():
            return
        self.focus_first()
        focused = self.window().focusWidget()
        if lost_at is None or focused is None or not self.header.isAncestorOf(focused):
            return
        card, place = lost_at
        outside = (one for one in tab_stops(self) if not self.header.isAncestorOf(one))
        stops = list(tab_stops(card)) if isValid(card) else []
        found = stops[min(place, len(stops) - 1)] if stops else next(outside, self)
        found.setFocus()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what the keys do here; a field that takes text has a menu of its own."""
        menu = context_menu(self, self.menu_entries(), event.globalPos())
        if menu.actions():
            menu.popup(event.globalPos())
            if event.reason() == QContextMenuEvent.Reason.Keyboard:
                menu.setActiveAction(menu.actions()[0])
        event.accept()

    def menu_entries(self) -> list[Entry]:
        """What keys do on this page without a button, for its menu."""
        return []

    def leave(self) -> None:
        """The page is about to be left or the window closed: save what is being typed."""


def _place(widget: QWidget | None) -> tuple[QWidget, int] | None:
    """The card or the column that a widget is on, and how many controls are before it there."""
    card = widget
    while card is not None and not isinstance(card, (Card, ScrollColumn)):
        card = card.parentWidget()
    if card is None or widget is None:
        return None
    stops = list(tab_stops(card))
    return (card, stops.index(widget)) if widget in stops else None
