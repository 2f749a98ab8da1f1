"""Where the keyboard is: the first field of a dialog, and Enter on a focused button."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_FIELDS = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox)
_WHOLE = (QComboBox, QAbstractSpinBox)
"""Fields with a line edit of Qt's own inside."""


def first_field(root: QWidget) -> QWidget | None:
    """The field in view that is read first: the topmost, then the leftmost."""
    fields = [
        widget
        for widget in root.findChildren(QWidget)
        if isinstance(widget, _FIELDS)
        and not isinstance(widget.parentWidget(), _WHOLE)
        and widget.isVisible()
        and widget.isEnabled()
    ]

    def place(widget: QWidget) -> tuple[int, int]:
        corner = widget.mapTo(root, QPoint(0, 0))
        return corner.y(), corner.x()

    return min(fields, key=place, default=None)


class Press:
    """The press of Enter that pressed a button last, and when, in ms of the system's clock."""

    def __init__(self) -> None:
        self.button: QAbstractButton | None = None
        self.at = 0


class EnterKey(QObject):
    """Enter presses the button in focus, in one window.

    Qt presses buttons by Space alone, and by Enter the default button of a dialog, whatever has the
    focus.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        opener = window.parentWidget()
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        before = opener.window().findChild(EnterKey, options=direct) if opener else None
        self._last: Press = before._last if before is not None else Press()

    def take(self, event: QKeyEvent) -> bool:
        """Press the focused button when the key is Enter; whether the key is used up by that.

        So is Enter with another key, or held down: Ctrl Enter pressed twice on a visit must not
        sign it off.
        """
        if event.key() not in ENTER:
            return False
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held != Qt.KeyboardModifier.NoModifier or event.isAutoRepeat():
            return True
        focused = self._window.focusWidget()
        if not isinstance(focused, QAbstractButton):
            return False
        self.press(focused, event)
        return True

    def press(self, button: QAbstractButton, event: QKeyEvent) -> None:
        """Press a button, unless the key is the second of two pressed at once."""
        if not self._second_of_two(button, event.timestamp()):
            self._last.button, self._last.at = button, event.timestamp()
            button.click()

    def _second_of_two(self, button: QAbstractButton, at: int) -> bool:
        """A key that is held down or pressed twice must not press the button that the first press
        moved the focus to, in this window or in the dialog that it opened or closed."""
        soon = 0 < at - self._last.at < QApplication.doubleClickInterval()
        return soon and self._last.button is not None and self._last.button is not button
