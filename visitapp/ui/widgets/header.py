"""The band at the top of a page: where you are, and the one thing to do next."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from visitapp.ui.widgets.elided import ElidedLabel
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.text import button, named

LEAST_TITLE = 160
LEAST_WORD = 120
MOST_BUTTONS = 540
"""Pixels that buttons may claim; at 100 % no page has more."""


class StatusPill(QFrame):
    """A word about the link: offline, waiting, synced."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self._text = ElidedLabel(size="small", least=LEAST_WORD)
        row.addWidget(self._text)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def say(self, text: str) -> None:
        """Show a text; an empty one hides the pill."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))

    def text(self) -> str:
        """What the pill says."""
        return self._text.text()


class HeaderButtons(Flow):
    """The buttons at the right end; they go on in a second line rather than widen the window."""

    def add(self, part: QWidget) -> None:
        part.installEventFilter(self)
        super().add(part)

    def eventFilter(self, part: QObject, event: QEvent) -> bool:
        """A button that comes or goes later makes room or takes it."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._changed()
        return super().eventFilter(part, event)

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), MOST_BUTTONS), hint.height())


class PageHeader(QFrame):
    """Title, an optional way back above it and a line beside it, then the pill and the buttons."""

    def __init__(self, title: str = "", *, back: str = "", search: str = "") -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(24, 12, 24, 12)
        self._row.setSpacing(12)
        self.back = button(back, kind="link", name=back or self.tr("Back"))
        self.back.setProperty("tone", "muted")
        self.back.setVisible(bool(back))
        self.title = ElidedLabel(title, size="title", least=LEAST_TITLE)
        self.line = ElidedLabel(tone="muted")
        self.line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.search = named(QLineEdit(), search or self.tr("Search"))
        self.search.setPlaceholderText(search)
        self.search.setClearButtonEnabled(True)
        for inner in self.search.findChildren(QToolButton):
            named(inner, self.tr("Clear the search"))
        self.search.setVisible(bool(search))
        self.search.setMaximumWidth(420)
        self.pill = StatusPill()
        self._row.addLayout(self._names())
        self._row.addWidget(self.search, 2)
        self._row.addWidget(self.line, 2)
        self.line.setVisible(not search)
        if search:
            self._row.addStretch(1)
        self._row.addWidget(self.pill)
        self.pill.say("")
        self._buttons = HeaderButtons(gap=12)
        self._row.addWidget(self._buttons, 0, Qt.AlignmentFlag.AlignVCenter)

    def _names(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        column.setContentsMargins(0, 0, 12, 0)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.title)
        return column

    def add(self, widget: QWidget) -> None:
        """Put a button at the right end."""
        self._buttons.add(widget)
