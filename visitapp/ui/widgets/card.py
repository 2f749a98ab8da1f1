"""Surfaces: a card, a rule between lines, a quoted line, and a scrolling column of them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from visitapp.ui.widgets.by_role import ByRole
from visitapp.ui.widgets.text import label

AROUND = 40
"""Pixels above and below what is brought into view."""


class Card(ByRole, QFrame):
    """A white surface with a column in it; `column` is where content goes. One that is `of` a kind
    of record is left out where the user's role does not see those."""

    of = ""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(20, 16, 20, 18)
        self.column.setSpacing(6)
        if title:
            self.column.addWidget(label(title, size="heading"))


class Quote(QFrame):
    """A line at the left edge, for words from another time or person."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 0, 0, 0)
        column.addWidget(content)


class Body(QWidget):
    """The column inside a scrolling page."""


class ScrollColumn(QScrollArea):
    """A column that scrolls when it is taller than the page, and to whatever gets the focus by
    keys: Qt itself follows Tab alone, not the arrow keys."""

    def __init__(self, name: str, *, margins: tuple[int, int, int, int] = (24, 20, 24, 24)) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body = Body()
        self.column = QVBoxLayout(self.body)
        self.column.setContentsMargins(*margins)
        self.column.setSpacing(12)
        self.setWidget(self.body)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        # A page that moved under a mouse button would let it go on something else.
        if new is None or QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            return
        if self.body.isAncestorOf(new) and new.height() <= self.viewport().height():
            self.ensureWidgetVisible(new, 0, AROUND)


def rule() -> QFrame:
    """A hairline between two lines of a card."""
    line = QFrame()
    line.setProperty("rule", True)
    return line


def clear(layout: QLayout) -> None:
    """Take everything out of a layout; its widgets are deleted."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)
