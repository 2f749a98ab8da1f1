"""The outcome at each visit, as steps over time."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from visitapp.dates import month_of_year
from visitapp.language import translate
from visitapp.services.views.settings import RatingPoint
from visitapp.ui.theme.look import Look
from visitapp.ui.words import day, rag_word

LEVELS = ("green", "amber", "red")
TOP, LEFT, RIGHT, STEP = 18, 76, 24, 44


class StepChart(QWidget):
    """Points at their dates on three levels; the same is said in words to a screen reader."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._points: list[RatingPoint] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(translate("Outcome at each visit"))
        look.changed.connect(self.updateGeometry)

    def show_points(self, points: Sequence[RatingPoint]) -> None:
        """Show rated visits, oldest first."""
        self._points = [point for point in points if point.rag in LEVELS]
        self.setAccessibleDescription(
            "; ".join(f"{day(point.on)} {rag_word(point.rag)}" for point in self._points)
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, self._look.px(TOP + STEP * len(LEVELS)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._look.font("small"))
        self._paint_levels(painter)
        places = [QPointF(self._x(point), self._y(point.rag)) for point in self._points]
        self._paint_steps(painter, places)
        for point, place in zip(self._points, places, strict=True):
            self._paint_shape(painter, place, point.rag)
        self._paint_dates(painter)
        painter.end()

    def _y(self, rag: str) -> float:
        return self._look.px(TOP + STEP * LEVELS.index(rag))

    def _x(self, point: RatingPoint) -> float:
        left = self._look.px(LEFT)
        first, last = self._points[0].on, self._points[-1].on
        width = self.width() - left - self._look.px(RIGHT)
        days = (last - first).days
        return left + (width * (point.on - first).days / days if days else 0)

    def _paint_levels(self, painter: QPainter) -> None:
        for rag in LEVELS:
            y = round(self._y(rag))
            painter.setPen(QColor(self._look.colours.muted))
            words = QRectF(0, y - 12, self._look.px(LEFT - 16), 24)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, rag_word(rag))
            painter.setPen(QPen(QColor(self._look.colours.line), 1))
            painter.drawLine(self._look.px(LEFT - 18), y, self.width(), y)

    def _paint_steps(self, painter: QPainter, places: list[QPointF]) -> None:
        painter.setPen(QPen(QColor(self._look.colours.text), 2))
        for one, other in pairwise(places):
            corner = QPointF(other.x(), one.y())
            painter.drawLine(one, corner)
            painter.drawLine(corner, other)

    def _paint_shape(self, painter: QPainter, at: QPointF, rag: str) -> None:
        size = self._look.px(6)
        painter.setPen(QPen(QColor(self._look.colours.surface), 1.5))
        painter.setBrush(QColor(self._look.colours.rag_solid(rag)))
        if rag == "green":
            painter.drawEllipse(at, size, size)
        elif rag == "red":
            painter.drawRoundedRect(QRectF(at.x() - size, at.y() - size, 2 * size, 2 * size), 2, 2)
        else:
            corners = [(0, -1.2), (1.3, 1), (-1.3, 1)]
            painter.drawPolygon(QPolygonF([at + QPointF(x * size, y * size) for x, y in corners]))

    def _paint_dates(self, painter: QPainter) -> None:
        painter.setPen(QColor(self._look.colours.muted))
        y = self._y("red") + self._look.px(16)
        taken = -1.0
        wide = self._look.px(70)
        for place, point in enumerate(self._points):
            x = min(max(self._x(point) - wide / 2, 0), self.width() - wide)
            changed = place == 0 or point.rag != self._points[place - 1].rag
            if (changed or place == len(self._points) - 1) and x > taken:
                box = QRectF(x, y, wide, self._look.px(18))
                painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, month_of_year(point.on))
                taken = x + wide
