"""A button whose face is a layout of labels."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QPushButton, QSizePolicy, QWidget


class Tile(QPushButton):
    """As large as its layout asks for at the width it is given. `kind` is the style's name."""

    def __init__(self, kind: str, face: QBoxLayout) -> None:
        super().__init__()
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._face = face
        self.setLayout(face)

    def add(self, part: QWidget, stretch: int = 0) -> None:
        """Put a label on the face; clicks go through it."""
        self._face.addWidget(part, stretch)
        let_through(part)

    def sizeHint(self) -> QSize:
        return self._face.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._face.minimumSize()

    def hasHeightForWidth(self) -> bool:
        return self._face.hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        return self._face.totalHeightForWidth(width)


def let_through(part: QWidget) -> QWidget:
    """A label on a tile does not take clicks of its own."""
    part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return part
