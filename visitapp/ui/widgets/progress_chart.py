"""How a plan came along: actions asked for, done and verified over time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from visitapp.dates import month_of_year
from visitapp.language import translate
from visitapp.services.plans.views import ProgressPoint
from visitapp.ui.theme.look import Look
from visitapp.ui.words import day

TOP, BOTTOM, RIGHT, HEIGHT = 12, 22, 96, 150


class ProgressChart(QWidget):
    """Three counts over time, each named at its end; the same is said in words to a screen
    reader."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._points: Sequence[ProgressPoint] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(translate("Progress"))
        look.changed.connect(self.updateGeometry)

    def show_points(self, points: Sequence[ProgressPoint]) -> None:
        """Show the counts, oldest first."""
        self._points = points
        self.setAccessibleDescription(
            "; ".join(
                translate(
                    "{day}: {asked} asked for, {done} done, {verified} verified",
                    day=day(point.on),
                    asked=point.asked,
                    done=point.done,
                    verified=point.verified,
                )
                for point in points
            )
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(280, self._look.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._points:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._look.font("small"))
        colours = self._look.colours
        done, verified = self._line(lambda p: p.done), self._line(lambda p: p.verified)
        painter.fillPath(self._area(done), QColor(colours.green_soft))
        painter.fillPath(self._area(verified), QColor(colours.green_solid))
        painter.setPen(QPen(QColor(colours.green_solid), 1.5, Qt.PenStyle.DashLine))
        painter.drawPath(done)
        painter.setPen(QPen(QColor(colours.text), 2))
        painter.drawPath(self._line(lambda p: p.asked))
        self._name_ends(painter)
        painter.end()

    def _name_ends(self, painter: QPainter) -> None:
        """The last counts beside the lines, one under the other where they meet; the first and the
        last month below."""
        last, height = self._points[-1], self._look.px(16)
        painter.setPen(QColor(self._look.colours.text))
        below = -1.0
        for count, text in (
            (last.asked, translate("{n} asked for", n=last.asked)),
            (last.done, translate("{n} done", n=last.done)),
            (last.verified, translate("{n} verified", n=last.verified)),
        ):
            y = max(self._y(count) - height / 2, below)
            below = y + height
            left = self.width() - self._look.px(RIGHT) + 8
            box = QRectF(left, y, self._look.px(RIGHT) - 8, height)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)
        painter.setPen(QColor(self._look.colours.muted))
        floor = self.height() - self._look.px(BOTTOM) + 4
        wide = self.width() - self._look.px(RIGHT)
        box = QRectF(0, floor, wide, height)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft, month_of_year(self._points[0].on))
        if len(self._points) > 1:
            painter.drawText(box, Qt.AlignmentFlag.AlignRight, month_of_year(last.on))

    def _line(self, count: Callable[[ProgressPoint], int]) -> QPainterPath:
        """Steps: a count holds until the day on which it changes."""
        path = QPainterPath(QPointF(self._x(self._points[0]), self._y(count(self._points[0]))))
        for point in self._points[1:]:
            path.lineTo(self._x(point), path.currentPosition().y())
            path.lineTo(self._x(point), self._y(count(point)))
        return path

    def _area(self, line: QPainterPath) -> QPainterPath:
        area = QPainterPath(line)
        area.lineTo(area.currentPosition().x(), self._y(0))
        area.lineTo(0, self._y(0))
        area.closeSubpath()
        return area

    def _x(self, point: ProgressPoint) -> float:
        first, last = self._points[0].on, self._points[-1].on
        width = self.width() - self._look.px(RIGHT)
        days = (last - first).days
        return width * (point.on - first).days / days if days else 0

    def _y(self, count: int) -> float:
        most = max(point.asked for point in self._points) or 1
        height = self.height() - self._look.px(TOP) - self._look.px(BOTTOM)
        return self._look.px(TOP) + height * (1 - count / most)
