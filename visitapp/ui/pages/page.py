"""What every page has in common."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitapp.ui.shell.routes import Route
from visitapp.ui.widgets.header import PageHeader
from visitapp.ui.widgets.message_bar import MessageBar


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

    def open(self, route: Route) -> None:
        """The page is gone to: show what the route asks for."""
        self.refresh()

    def focus_first(self) -> None:
        """Put the focus where the person goes on."""
        self.setFocus()

    def refresh(self) -> None:
        """Read again what the page shows."""
        raise NotImplementedError

    def leave(self) -> None:
        """The page is about to be left or the window closed: save what is being typed."""
