"""One of a few choices, of which a group allows one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QRadioButton

_ARROWS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)


class RadioChoice(QRadioButton):
    """An arrow key chooses the one it goes to. Qt does so only once one of the group is chosen."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() not in _ARROWS:
            return
        reached = QApplication.focusWidget()
        if isinstance(reached, RadioChoice) and reached.group() is self.group():
            reached.setChecked(True)
