"""A field to sign in with a pen, a finger or the mouse."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QSizePolicy

from visitapp.language import translate
from visitapp.rules.visiting.signatures import HEIGHT, WIDTH, Strokes
from visitapp.ui.widgets.text import named


class SignaturePad(QFrame):
    """Takes what is drawn as lines in a box of `signatures.WIDTH` by `HEIGHT`; `drawn` tells of
    each line. It takes no focus: who uses the keyboard signs by the name that they type."""

    drawn = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        named(self, name)
        self.setProperty("kind", "pad")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.strokes: Strokes = []

    def show_strokes(self, strokes: Strokes) -> None:
        """Show a drawing; none clears the field."""
        self.strokes = [list(stroke) for stroke in strokes]
        said = translate("Signed by hand") if strokes else translate("Nothing drawn")
        self.setAccessibleDescription(said)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, 96)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 96)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.strokes.append([self._point(event.position())])
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = self._point(event.position())
        if self.strokes and self.strokes[-1][-1] != point:
            self.strokes[-1].append(point)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setAccessibleDescription(translate("Signed by hand"))
        self.drawn.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = QColor(self.palette().windowText().color())
        solid, cap, join = Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        painter.setPen(QPen(ink, 2, solid, cap, join))
        if not self.strokes:
            painter.setPen(self.palette().placeholderText().color())
            hint = translate("Sign here with pen, finger or mouse")
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, hint)
        for stroke in self.strokes:
            line = QPolygonF([self._place(point) for point in stroke])
            if len(stroke) == 1:
                painter.drawPoint(line.first())
            else:
                painter.drawPolyline(line)
        painter.end()

    def _scale(self) -> float:
        return min(self.width() / WIDTH, self.height() / HEIGHT) or 1.0

    def _point(self, at: QPointF) -> tuple[int, int]:
        scale = self._scale()
        return (
            round(min(max(at.x() / scale, 0), WIDTH)),
            round(min(max(at.y() / scale, 0), HEIGHT)),
        )

    def _place(self, point: tuple[int, int]) -> QPointF:
        scale = self._scale()
        return QPointF(point[0] * scale, point[1] * scale)
