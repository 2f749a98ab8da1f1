"""A part with a narrower one beside it, or above or below it where there is too little width."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from visitapp.ui.theme.look import Look

QWIDGETSIZE_MAX = 16_777_215
"""Qt's own word for no limit, which PySide does not export."""


class Side(QFrame):
    """The narrower part: as wide as `width`, and as high as `height` when it is above or below.
    Both are pixels at 100 %; at larger text it grows to `widest` at most. `refold` says that it
    needs another height."""

    refold = Signal()

    def __init__(self, look: Look, *, width: int, widest: int, height: int) -> None:
        super().__init__()
        self._look, self._width, self._widest, self._height = look, width, widest, height

    @property
    def width_beside(self) -> int:
        """Pixels at the text size in force."""
        return min(self._look.px(self._width), self._widest)

    @property
    def height_folded(self) -> int:
        """Pixels at the text size in force."""
        return self._look.px(self._height)

    def heights_folded(self, room: int) -> tuple[int, int]:
        """The least and the most pixels above or below the main part; both share `room`."""
        return self.height_folded * 2 // 3, self.height_folded

    def set_folded(self, *, folded: bool) -> None:
        """Said when it comes to stand above or below the main part, or beside it."""


class FoldingSide(QFrame):
    """Holds the two. `needs`: the pixels that the main part needs at 100 % beside the other."""

    def __init__(
        self, main: QWidget, side: Side, look: Look, *, needs: int, side_first: bool
    ) -> None:
        super().__init__()
        self._main, self._side, self._look, self._needs = main, side, look, needs
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        for part in (side, main) if side_first else (main, side):
            self._box.addWidget(part, part is main)
        # Without the main part, the side stays at its edge.
        self._box.insertStretch(-1 if side_first else 0, 0)
        look.changed.connect(self._fold)
        side.refold.connect(self._fold)
        self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def minimumSizeHint(self) -> QSize:
        """The width is that of the main part alone."""
        return QSize(self._look.px(self._needs) // 2, super().minimumSizeHint().height())

    def _fold(self) -> None:
        beside = self.width() >= self._side.width_beside + self._look.px(self._needs)
        direction = QBoxLayout.Direction
        self._side.setFixedWidth(self._side.width_beside if beside else QWIDGETSIZE_MAX)
        self._side.set_folded(folded=not beside)
        least, most = (0, QWIDGETSIZE_MAX) if beside else self._side.heights_folded(self.height())
        self._side.setMaximumHeight(most)
        self._side.setMinimumHeight(least)
        self._box.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
