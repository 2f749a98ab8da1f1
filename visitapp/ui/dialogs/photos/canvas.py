"""The photo that is being marked, with what is about to be marked on it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QSizePolicy

from visitapp.language import translate
from visitapp.storage.evidence.marking import LEAST_CROP, Mark, MarkKind, arrow
from visitapp.ui.widgets.focus import ENTER
from visitapp.ui.widgets.text import named

STEP = 50
"""A key moves by this part of the longer side; with Ctrl by `SMALL`."""

SMALL = 400

_WAYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class PhotoCanvas(QFrame):
    """`moved` says that the selection is another; `applied` that Enter was pressed on it.

    The arrow keys move the selection, with Shift they move its second corner, or the head of the
    arrow; with Ctrl in small steps. The mouse draws one.
    """

    moved = Signal()
    applied = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        named(self, translate("Photo: {title}", title=name))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("kind", "pad")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._image = QImage()
        self.kind = MarkKind.BLUR
        self.mark = Mark(self.kind, 0, 0, 0, 0)
        self.touched = False

    def sizeHint(self) -> QSize:
        """Less on a low screen, so that the tools and the hints stay in view beside it."""
        room = self.screen().availableGeometry().height()
        return QSize(640, min(max(2 * room // 5, 180), 420))

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 180)

    @property
    def size_of_picture(self) -> tuple[int, int]:
        """Width and height of the photo as it is marked now, in pixels."""
        return self._image.width(), self._image.height()

    def show_image(self, image: QImage) -> None:
        """Show the photo as it is marked now, and offer a selection in its middle."""
        self._image = image
        self.begin(self.kind)

    def begin(self, kind: MarkKind) -> None:
        """Offer a selection for a kind of mark."""
        self.kind, self.touched = kind, False
        width, height = self._image.width(), self._image.height()
        part = 8 if kind == MarkKind.CROP else 3
        self._select(width // part, height // part, width - width // part, height - height // part)

    def _select(self, x: float, y: float, to_x: float, to_y: float) -> None:
        width, height = self._image.width(), self._image.height()
        self.mark = Mark(
            self.kind,
            *(round(min(max(x, 0), width)), round(min(max(y, 0), height))),
            *(round(min(max(to_x, 0), width)), round(min(max(to_y, 0), height))),
        )
        self.setAccessibleDescription(self.said())
        self.moved.emit()
        self.update()

    def said(self) -> str:
        """Where the selection is, in words."""
        width, height = self._image.width() or 1, self._image.height() or 1
        mark = self.mark
        if self.kind == MarkKind.ARROW:
            return translate(
                "Arrow from {x}% across and {y}% down to {to_x}% across and {to_y}% down",
                x=100 * mark.x // width,
                y=100 * mark.y // height,
                to_x=100 * mark.to_x // width,
                to_y=100 * mark.to_y // height,
            )
        left, right = sorted((mark.x, mark.to_x))
        top, bottom = sorted((mark.y, mark.to_y))
        return translate(
            "From {left}% to {right}% across, from {top}% to {bottom}% down",
            left=100 * left // width,
            right=100 * right // width,
            top=100 * top // height,
            bottom=100 * bottom // height,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way, held = _WAYS.get(Qt.Key(event.key())), event.modifiers()
        if event.key() in ENTER and not held & ~Qt.KeyboardModifier.KeypadModifier:
            if not event.isAutoRepeat():
                self.applied.emit()
            return
        if way is None or self._image.isNull():
            super().keyPressEvent(event)
            return
        small = held & Qt.KeyboardModifier.ControlModifier
        longer = max(self._image.width(), self._image.height())
        step = max(1, longer // (SMALL if small else STEP))
        by_x, by_y = way[0] * step, way[1] * step
        mark = self.mark
        self.touched = True
        if held & Qt.KeyboardModifier.ShiftModifier:
            self._select(mark.x, mark.y, mark.to_x + by_x, mark.to_y + by_y)
            return
        # As far as the whole of it stays in the picture.
        by_x = min(max(by_x, -min(mark.x, mark.to_x)), self._image.width() - max(mark.x, mark.to_x))
        by_y = min(
            max(by_y, -min(mark.y, mark.to_y)), self._image.height() - max(mark.y, mark.to_y)
        )
        self._select(mark.x + by_x, mark.y + by_y, mark.to_x + by_x, mark.to_y + by_y)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus()
        at = self._point(event.position())
        self.touched = True
        self._select(at.x(), at.y(), at.x(), at.y())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._point(event.position())
        self._select(self.mark.x, self.mark.y, at.x(), at.y())

    def is_large_enough(self) -> bool:
        """Whether there is something to mark: not so after a click without a movement."""
        wide, high = abs(self.mark.to_x - self.mark.x), abs(self.mark.to_y - self.mark.y)
        if self.kind == MarkKind.ARROW:
            return max(wide, high) >= LEAST_CROP
        return min(wide, high) >= (LEAST_CROP if self.kind == MarkKind.CROP else 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._image.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawImage(self._shown(), self._image)
        for colour, width, style in (
            (Qt.GlobalColor.white, 5, Qt.PenStyle.SolidLine),
            (Qt.GlobalColor.black, 2, Qt.PenStyle.DashLine),
        ):
            painter.setPen(QPen(colour, width, style))
            self._draw_selection(painter)
        if self.hasFocus():
            painter.setPen(QPen(self.palette().highlight().color(), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _draw_selection(self, painter: QPainter) -> None:
        start = self.place(self.mark.x, self.mark.y)
        end = self.place(self.mark.to_x, self.mark.to_y)
        if self.kind != MarkKind.ARROW:
            painter.drawRect(QRectF(start, end).normalized())
            return
        shown = Mark(self.kind, *(round(v) for v in (start.x(), start.y(), end.x(), end.y())))
        shaft, head = arrow(shown, 6)
        painter.drawLine(QPointF(*shaft[0]), QPointF(*shaft[1]))
        painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in head]))

    def _shown(self) -> QRectF:
        """Where the photo is drawn: as large as there is room, in the middle."""
        room = QRectF(self.rect().adjusted(4, 4, -4, -4))
        scale = min(room.width() / self._image.width(), room.height() / self._image.height())
        size = self._image.size().toSizeF() * scale
        shown = QRectF(QPointF(0, 0), size)
        shown.moveCenter(room.center())
        return shown

    def _point(self, at: QPointF) -> QPointF:
        shown = self._shown()
        scale = self._image.width() / shown.width()
        return (at - shown.topLeft()) * scale

    def place(self, x: float, y: float) -> QPointF:
        """Where a point of the picture is drawn."""
        shown = self._shown()
        return shown.topLeft() + QPointF(x, y) * (shown.width() / self._image.width())
