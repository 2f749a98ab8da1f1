"""Where the keyboard is: the first field of a dialog, and Enter on a focused button."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

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


def press_focused(event: QKeyEvent, window: QWidget) -> bool:
    """Press the focused button when the key is Enter alone; whether there was one.

    Qt presses buttons by Space alone outside dialogs, and in dialogs Enter would press the default
    button whatever has the focus.
    """
    focused = window.focusWidget()
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    if not enter or held != Qt.KeyboardModifier.NoModifier:
        return False
    if not isinstance(focused, QAbstractButton):
        return False
    # A key that is held down must not press the button that the first press moved the focus to.
    if not event.isAutoRepeat():
        focused.click()
    return True
