"""How far an improvement plan has come, as one bar."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from visitapp.ui.theme.look import Look


class PlanBar(QWidget):
    """Verified, done, in time and overdue, as parts of one bar. The words stand beside it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._parts = (0, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_parts(self, verified: int, done: int, in_time: int, overdue: int, words: str) -> None:
        """Counts of actions, and the same in words for assistive technology."""
        self._parts = (verified, done, in_time, overdue)
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, 10)

    def paintEvent(self, event: QPaintEvent) -> None:
        c = self._look.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()), 5, 5)
        painter.setClipPath(outline)
        painter.fillRect(self.rect(), QColor(c.track))
        total, x = sum(self._parts) or 1, 0.0
        for part, colour in zip(
            self._parts, (c.green_solid, c.green_soft, c.track, c.red_solid), strict=True
        ):
            width = self.width() * part / total
            painter.fillRect(QRectF(x, 0, width, self.height()), QColor(colour))
            x += width
        painter.end()
