"""Lines and buttons that give way when there is no room, and say the rest in their tool tip."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy

LEAST = 60


class ElidedLabel(QLabel):
    """Plain text on one line, cut with an ellipsis when it does not fit."""

    def __init__(
        self, text: str = "", *, size: str = "body", tone: str = "", least: int = LEAST
    ) -> None:
        super().__init__(text)
        self._least = least
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("step", size)
        self.setProperty("tone", tone)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(min(self._least, hint.width()), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        room = self.contentsRect()
        shown = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room.width()
        )
        self.setToolTip(self.text() if shown != self.text() else "")
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, int(self.alignment()), shown)
        painter.end()


class ElidedButton(QPushButton):
    """A button whose words are cut with an ellipsis when they do not fit."""

    def __init__(self, text: str) -> None:
        self._whole = text
        super().__init__(_literal(text))

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(
            hint.width() + self._width(_literal(self._whole)) - self._width(self.text()),
            hint.height(),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        whole = _literal(self._whole)
        missing = self.sizeHint().width() - self.width()
        shown = self._whole
        if missing > 0:
            metrics, room = self.fontMetrics(), self._width(whole) - missing
            shown = metrics.elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        if _literal(shown) != self.text():
            self.setText(_literal(shown))
            self.setToolTip("" if shown == self._whole else self._whole)

    def _width(self, text: str) -> int:
        return self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, text).width()


def _literal(text: str) -> str:
    """The text with its ampersands shown, not read as keys."""
    return text.replace("&", "&&")
