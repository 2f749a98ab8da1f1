"""Where the keyboard is: the first field of a dialog, and Enter on a focused button."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
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


class _LastPress:
    """The button that Enter pressed last in any window, and when: it may open another window."""

    pressed: QAbstractButton | None = None
    at = 0


_last = _LastPress()


class EnterKey:
    """Enter presses the button in focus, in one window.

    Qt presses buttons by Space alone, and by Enter the default button of a dialog, whatever has the
    focus.
    """

    def __init__(self, window: QWidget) -> None:
        self._window = window

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
        if _second_of_two(focused, event.timestamp()):
            return True
        if not isinstance(focused, QAbstractButton):
            return False
        _last.pressed, _last.at = focused, event.timestamp()
        focused.click()
        return True


def _second_of_two(focused: QWidget | None, at: int) -> bool:
    """A key that is pressed twice must not press the button that the first press moved the focus
    to, nor agree to a dialog that it opened."""
    soon = 0 < at - _last.at < QApplication.doubleClickInterval()
    return soon and _last.pressed is not None and _last.pressed is not focused
