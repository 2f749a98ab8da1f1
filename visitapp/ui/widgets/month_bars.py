"""Counts by month, as bars."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from visitapp.dates import month_of_year
from visitapp.language import translate
from visitapp.ui.theme.look import Look

BARS, LINE = 96, 18


class MonthBars(QWidget):
    """A bar for each month with its count above and its name below; the same is said in words to a
    screen reader."""

    def __init__(self, name: str, look: Look) -> None:
        super().__init__()
        self._look = look
        self._months: Sequence[date] = ()
        self._counts: Sequence[int] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        look.changed.connect(self.updateGeometry)

    def show_counts(self, months: Sequence[date], counts: Sequence[int]) -> None:
        """Show as many counts as there are months, the oldest first."""
        self._months, self._counts = months, counts
        self.setAccessibleDescription(
            "; ".join(
                translate("{month}: {n}", month=month_of_year(month), n=count)
                for month, count in zip(months, counts, strict=True)
            )
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(360, self._look.px(BARS + 2 * LINE))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._months:
            return
        painter = QPainter(self)
        painter.setFont(self._look.font("small"))
        colours, line, room = self._look.colours, self._look.px(LINE), self._look.px(BARS)
        wide, most = self.width() / len(self._months), max(*self._counts, 1)
        for place, (month, count) in enumerate(zip(self._months, self._counts, strict=True)):
            high = room * count / most
            bar = QRectF(place * wide + wide / 5, line + room - high, wide * 3 / 5, max(high, 1))
            painter.fillRect(bar, QColor(colours.text if count else colours.line))
            painter.setPen(QColor(colours.text))
            above = QRectF(place * wide, bar.top() - line, wide, line)
            painter.drawText(above, Qt.AlignmentFlag.AlignHCenter, str(count))
            painter.setPen(QColor(colours.muted))
            below = QRectF(place * wide, line + room, wide, line)
            painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, month_of_year(month))
        painter.end()
