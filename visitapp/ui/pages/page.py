"""What every page has in common."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from visitapp.language import translate
from visitapp.ui.models.shown_list import ShownList
from visitapp.ui.shell.routes import Route
from visitapp.ui.widgets.filter_chips import FilterChips
from visitapp.ui.widgets.header import PageHeader
from visitapp.ui.widgets.message_bar import MessageBar
from visitapp.ui.widgets.table import RowTable


class Page(QWidget):
    """A header, messages, then content in `column`; some pages have a side of their own.

    `went` carries a Route to go to; `said` a text and a way back (or None) for the toast;
    `changed` says that something was written, so that counts elsewhere are read again.
    """

    went = Signal(object)
    said = Signal(str, object)
    changed = Signal()

    def __init__(self, name: str, header: PageHeader, side: QWidget | None = None) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.header = header
        self.messages = MessageBar()
        # After the refresh: what it made is not in view before, and takes no focus.
        self._focus_lost = QTimer(self, singleShot=True)
        self._focus_lost.timeout.connect(self._find_focus)
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

    def focus_first(self) -> None:
        """Put the focus where the person goes on."""
        self.setFocus()

    def refresh(self) -> None:
        """Read again what the page shows."""
        raise NotImplementedError

    def read_again(self) -> None:
        """Refresh behind a dialog, or unasked: the focus stays, or goes to `focus_first` when what
        had it is gone. Qt would give it to the first control of the window."""
        had = self.window().focusWidget()
        self.refresh()
        if had is None or not isValid(had):
            self._focus_lost.start()
        elif not (had.isVisible() and had.isEnabled()):
            had.clearFocus()
            self._focus_lost.start()

    def _find_focus(self) -> None:
        if self.isVisible():
            self.focus_first()

    def leave(self) -> None:
        """The page is about to be left or the window closed: save what is being typed."""
