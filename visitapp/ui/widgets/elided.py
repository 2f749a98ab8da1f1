"""Lines and buttons that give way when there is no room, and say the rest in their tool tip."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton


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
        self.fit()

    def fit(self) -> None:
        """Show as much as there is room for beside the icon."""
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
