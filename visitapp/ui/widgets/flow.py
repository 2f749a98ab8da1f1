"""A row that goes on in the next line when it is full."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from visitapp.ui.widgets.text import label

LEAST = 60


class Flow(QWidget):
    """Left to right, then down; every part at its own size, none wider than the room. With
    `at_right` each line ends at the right edge."""

    def __init__(self, gap: int = 8, *, at_right: bool = False) -> None:
        super().__init__()
        self._gap, self._at_right = gap, at_right
        self._parts: list[QWidget] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, part: QWidget) -> None:
        """Put a widget at the end."""
        self.insert(len(self._parts), part)

    def insert(self, place: int, part: QWidget) -> None:
        """Put a widget at a place among the others; one that was hidden stays so."""
        hidden = part.isHidden() and part.testAttribute(
            Qt.WidgetAttribute.WA_WState_ExplicitShowHide
        )
        part.setParent(self)
        part.setVisible(not hidden)
        self._parts.insert(place, part)
        self._changed()

    def parts(self) -> list[QWidget]:
        """Its widgets, in order."""
        return list(self._parts)

    def clear(self) -> None:
        """Let every widget go."""
        self.let_go(self.take())

    def take(self) -> list[QWidget]:
        """Take every widget out of the row, to be let go once others stand in their place."""
        taken, self._parts = self._parts, []
        return taken

    def let_go(self, taken: list[QWidget]) -> None:
        """Let widgets go that were taken out."""
        for part in taken:
            part.hide()
            part.deleteLater()
        self._changed()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(width, place=False)

    def sizeHint(self) -> QSize:
        hints = [part.sizeHint() for part in self._shown()]
        width = sum(hint.width() for hint in hints) + self._gap * max(len(hints) - 1, 0)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(self.width(), place=True)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._changed()  # a part that grew while out of sight asked for no room

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._changed()
            return True
        return super().event(event)

    def _changed(self) -> None:
        self.updateGeometry()
        self._arrange(self.width(), place=True)

    def _shown(self) -> list[QWidget]:
        return [part for part in self._parts if not part.isHidden()]

    def _arrange(self, room: int, *, place: bool) -> int:
        """Place the parts in this width (or only measure); gives the height."""
        line: list[tuple[QWidget, QRect]] = []
        x, y = 0, 0
        for part in self._shown():
            size = _size_of(part, room)
            if line and x + size.width() > room:
                y += self._end_line(line, room, place=place) + self._gap
                line, x = [], 0
            line.append((part, QRect(x, y, size.width(), size.height())))
            x += size.width() + self._gap
        return y + self._end_line(line, room, place=place)

    def _end_line(self, line: list[tuple[QWidget, QRect]], room: int, *, place: bool) -> int:
        """Centre the parts of a line on its height, which is given back."""
        height = max((rect.height() for _, rect in line), default=0)
        free = room - line[-1][1].right() - 1 if line and self._at_right else 0
        if place:
            for part, rect in line:
                part.setGeometry(rect.translated(free, (height - rect.height()) // 2))
        return height


def beside(caption: str, *fields: QWidget) -> QWidget:
    """Fields after their caption, kept together when the row goes on in the next line."""
    pair = QWidget()
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    if caption:
        row.addWidget(label(caption, size="small"))
    for field in fields:
        row.addWidget(field)
    return pair


def _size_of(part: QWidget, room: int) -> QSize:
    hint = part.sizeHint()
    width = min(hint.width(), part.maximumWidth(), room)
    height = part.heightForWidth(width) if part.hasHeightForWidth() else 0
    return QSize(width, max(height, 0) or hint.height())
