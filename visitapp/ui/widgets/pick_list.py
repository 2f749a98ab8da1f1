"""A list of which any number is ticked."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from visitapp.ui.widgets.text import named

LINES = 6
"""How many lines it shows before it scrolls."""
MOST_SQUEEZED = 4
"""How many of them where there is little room."""


class PickList(QListWidget):
    """The arrow keys move, Space ticks. `picked` says that a person ticked or unticked one."""

    picked = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        named(self, name)
        self.setUniformItemSizes(True)
        self.setTabKeyNavigation(False)
        self.itemChanged.connect(lambda _item: self.picked.emit())

    def show_items(self, items: Iterable[tuple[str, str]], ticked: Iterable[str]) -> None:
        """Offer these, by key and text."""
        chosen = set(ticked)
        self.blockSignals(True)
        self.clear()
        for key, text in items:
            item = QListWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, key)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            state = Qt.CheckState.Checked if key in chosen else Qt.CheckState.Unchecked
            item.setCheckState(state)
            self.addItem(item)
        self.blockSignals(False)
        self.updateGeometry()

    def ticked(self) -> list[str]:
        """The keys of those that are ticked, in order."""
        items = [self.item(place) for place in range(self.count())]
        return [
            str(item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item.checkState() == Qt.CheckState.Checked
        ]

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._height(LINES))

    def _height(self, most: int) -> int:
        """Of all lines, or of so many."""
        line = max(self.sizeHintForRow(0), self.fontMetrics().height() + 8)
        lines = min(max(self.count(), 2), most)
        return line * lines + 2 * self.frameWidth() + 4

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self._height(MOST_SQUEEZED))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A person who comes by key sees where Space would tick."""
        # Before Qt, which would make the first row the current one without marking it.
        if self.currentRow() < 0 and self.count():
            self.setCurrentRow(0)
        super().focusInEvent(event)
