"""Text and rows that use more lines where there is less width."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from visitapp.ui.theme.look import Look


class WrappingLabel(QLabel):
    """Plain text that asks for one line and wraps when it gets less width."""

    def __init__(self, text: str = "", *, size: str = "body", tone: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setIndent(0)
        self.setProperty("step", size)
        self.setProperty("tone", tone)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """The whole text on one line."""
        self.ensurePolished()
        edges = self.contentsMargins()
        width = self.fontMetrics().size(0, self.text()).width() + edges.left() + edges.right()
        return QSize(width + 2, self.heightForWidth(width + 2))

    def minimumSizeHint(self) -> QSize:
        """The longest word."""
        self.ensurePolished()
        metrics = self.fontMetrics()
        widest = max((metrics.horizontalAdvance(word) for word in self.text().split()), default=0)
        return QSize(widest + 2, metrics.height())


class FoldingRow(QWidget):
    """Parts side by side while their hints fit, otherwise one under the other."""

    def __init__(self, parts: Sequence[QWidget], *, gap: int = 12, push_last: bool = False) -> None:
        """push_last: the last part goes to the right end while there is one row."""
        super().__init__()
        self._parts = parts
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(gap)
        for part in parts:
            if push_last and part is parts[-1]:
                self._box.addStretch(1)
            self._box.addWidget(part)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def one_row_width(self) -> int:
        """Pixels that all shown parts need side by side."""
        shown = [part for part in self._parts if not part.isHidden()]
        widths = [
            part.one_row_width() if isinstance(part, FoldingRow) else part.sizeHint().width()
            for part in shown
        ]
        return sum(widths) + self._box.spacing() * max(len(widths) - 1, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fold()
        return super().event(event)

    def _fold(self) -> None:
        side_by_side = self.one_row_width() <= self.width()
        direction = QBoxLayout.Direction
        wanted = direction.LeftToRight if side_by_side else direction.TopToBottom
        if self._box.direction() != wanted:
            self._box.setDirection(wanted)


class FoldingColumns(QWidget):
    """Columns of cards side by side while each has the width it needs, otherwise in one column."""

    def __init__(
        self, columns: Sequence[tuple[int, Sequence[QWidget]]], look: Look, needs: int
    ) -> None:
        """columns: each with its share of the width. needs: pixels for a column at 100 %."""
        super().__init__()
        self._look, self._needs, self._count = look, needs, len(columns)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(16)
        for share, cards in columns:
            column = QVBoxLayout()
            column.setSpacing(12)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
            self._box.addLayout(column, share)
        look.changed.connect(self._fold)

    def minimumSizeHint(self) -> QSize:
        """As narrow as one column, into which it folds."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), self._look.px(self._needs)), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        direction = QBoxLayout.Direction
        fits = self.width() >= self._look.px(self._needs) * self._count
        self._box.setDirection(direction.LeftToRight if fits else direction.TopToBottom)


class EqualCells(QWidget):
    """Parts in columns of one width, in as many rows as it takes to give each what it needs.
    `letters`: no column is narrower than so many letters while there is room."""

    def __init__(self, gap: int = 24, letters: int = 0) -> None:
        super().__init__()
        self._letters = letters
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(gap)
        self._parts: list[QWidget] = []

    def show_parts(self, parts: Sequence[QWidget]) -> None:
        """Put these in place of those before."""
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self._parts = list(parts)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._widest(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _widest(self) -> int:
        return max((part.minimumSizeHint().width() for part in self._parts), default=0)

    def _arrange(self) -> None:
        count, gap = len(self._parts), self._grid.spacing()
        needed = max(self._widest(), self.fontMetrics().averageCharWidth() * self._letters)
        columns = min(max((self.width() + gap) // (needed + gap), 1), count)
        for place, part in enumerate(self._parts):
            self._grid.addWidget(part, place // columns, place % columns)
        for column in range(max(count, self._grid.columnCount())):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
