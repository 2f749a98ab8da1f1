"""The band at the top of a page: where you are, and the one thing to do next."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from visitapp.language import translate
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.focus import ENTER, EnterKey
from visitapp.ui.widgets.text import button, named, set_property
from visitapp.ui.widgets.wrapping import FoldingRow, WrappingLabel

SEARCH_LETTERS = 30
"""How many letters the search shows."""
TITLE_LETTERS = 6
"""How many letters of a title are shown at least."""


class StatusPill(WrappingLabel):
    """A word about the server: changes waiting, synced, not reachable."""

    def __init__(self) -> None:
        super().__init__(size="small")
        self.say("")

    def say(self, text: str) -> None:
        """Show a text; an empty one hides the pill."""
        self.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))


class SearchField(QLineEdit):
    """A search that shows a whole name whatever the size of the text. `left_down` says that the
    Down key goes on to what was found."""

    left_down = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        named(self, name)
        self.setPlaceholderText(name)
        self.setClearButtonEnabled(True)
        for inner in self.findChildren(QToolButton):
            named(inner, translate("Clear the search"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        hint = super().sizeHint()
        return QSize(self.fontMetrics().averageCharWidth() * SEARCH_LETTERS, hint.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter ends here: it may open a page, and must not press the button in focus there."""
        if event.key() == Qt.Key.Key_Down and not event.modifiers():
            self.left_down.emit()
            return
        if event.key() not in ENTER:
            super().keyPressEvent(event)
            return
        enter_key = EnterKey.of(self)
        if enter_key is None or enter_key.opens(self, event):
            super().keyPressEvent(event)
        event.accept()


class HeaderButtons(Flow):
    """What stands at the right end; it goes on in a second line rather than widen the window."""

    def add(self, part: QWidget) -> None:
        part.installEventFilter(self)
        super().add(part)

    def eventFilter(self, part: QObject, event: QEvent) -> bool:
        """A button that comes or goes later makes room or takes it."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._changed()
        return super().eventFilter(part, event)


class HeaderTitle(WrappingLabel):
    """The title: it wraps, or where height is short it is cut in one line, whole as a tool tip."""

    def __init__(self, text: str) -> None:
        super().__init__(text, size="title")
        self._whole, self._tight = text, False

    def setText(self, text: str) -> None:
        self._whole = text
        self.setAccessibleName(text)
        self._fit()

    def set_tight(self, *, tight: bool) -> None:
        """In one line, or in as many as it takes."""
        self._tight = tight
        self.setWordWrap(not tight)
        set_property(self, "step", "lead" if tight else "title")
        self._fit()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return self._least() if self._tight else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._least() if self._tight else super().minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _least(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.averageCharWidth() * TITLE_LETTERS, metrics.height())

    def _fit(self) -> None:
        shown, room = self._whole, self.contentsRect().width()
        if self._tight:
            shown = self.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideRight, room)
        self.setToolTip("" if shown == self._whole else self._whole)
        if shown != self.text():
            super().setText(shown)


class PageHeader(QFrame):
    """Title, with a way back above it and a line below it where wanted; then search, pill, buttons.

    Folds into several rows where there is less width; nothing in it is ever cut.
    """

    def __init__(self, title: str = "", *, back: str = "", search: str = "") -> None:
        super().__init__()
        self.back = button(back, kind="link", name=back or translate("Back"))
        self.back.setProperty("tone", "muted")
        self.title = HeaderTitle(title)
        self.line = WrappingLabel(tone="muted")
        self.search = SearchField(search or translate("Search"))
        # Only hidden here: what is shown outside a page is a window of its own for a moment.
        for part, wanted in ((self.back, back), (self.search, search)):
            if not wanted:
                part.hide()
        self.pill = StatusPill()
        self._tools = HeaderButtons(gap=12)
        self._tools.add(self.pill)
        self.pill.say("")
        front = FoldingRow([self._names(), self.search], gap=24)
        row = FoldingRow([front, self._tools], gap=12)
        self._column = QVBoxLayout(self)
        self._column.addWidget(row)
        self.set_tight(tight=False)

    def set_tight(self, *, tight: bool) -> None:
        """Be low, in one row where the buttons leave room for some of the title; or as usual."""
        edge = 6 if tight else 12
        self._column.setContentsMargins(24, edge, 24, edge)
        self.title.set_tight(tight=tight)
        self.line.setHidden(tight)

    def _names(self) -> QWidget:
        names = QWidget()
        column = QVBoxLayout(names)
        column.setSpacing(0)
        column.setContentsMargins(0, 0, 0, 0)
        column.addStretch(1)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.title)
        column.addWidget(self.line)
        column.addStretch(1)
        return names

    def focus_search(self) -> None:
        """Go into the search, where the page has one."""
        if self.search.isVisible():
            self.search.setFocus()
            self.search.selectAll()

    def add(self, widget: QWidget) -> None:
        """Put a button at the right end."""
        self._tools.add(widget)
