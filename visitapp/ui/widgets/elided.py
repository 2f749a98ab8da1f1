"""Buttons that give way when there is no room: cut, with the rest in the tool tip, or in lines."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy


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


class WrappingButton(QPushButton):
    """A button whose words go on in the next line when they do not fit."""

    def __init__(self, text: str) -> None:
        self._whole = _literal(text)
        super().__init__(self._whole)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """The whole text on one line."""
        return self._around() + self._size(self._whole)

    def minimumSizeHint(self) -> QSize:
        """The longest word."""
        words = [self._size(word).width() for word in self._whole.split()]
        return QSize(self._around().width() + max(words, default=0), self.sizeHint().height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return (self._around() + self._size(self._lines(width))).height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wrapped = self._lines(self.width())
        if wrapped != self.text():
            self.setText(wrapped)

    def _lines(self, width: int) -> str:
        """The text with an end of line wherever the next word has no room."""
        room, lines = width - self._around().width(), [""]
        for word in self._whole.split():
            longer = f"{lines[-1]} {word}".lstrip()
            if lines[-1] and self._size(longer).width() > room:
                lines.append(word)
            else:
                lines[-1] = longer
        return "\n".join(lines)

    def _around(self) -> QSize:
        """What the button takes beside its text."""
        return super().sizeHint() - self._size(self.text())

    def _size(self, text: str) -> QSize:
        return self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, text)


def _literal(text: str) -> str:
    """The text with its ampersands shown, not read as keys."""
    return text.replace("&", "&&")
