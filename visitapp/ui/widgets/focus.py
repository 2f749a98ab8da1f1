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
    QListWidget,
    QPlainTextEdit,
    QWidget,
)

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
FIELDS = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox)
_WHOLE = (QComboBox, QAbstractSpinBox)
"""Fields with a line edit of Qt's own inside."""


def first_field(root: QWidget) -> QWidget | None:
    """The field in view that is read first, or the list to tick in: the topmost, then the
    leftmost."""
    fields = [
        widget
        for widget in root.findChildren(QWidget)
        if isinstance(widget, (*FIELDS, QListWidget))
        and not isinstance(widget.parentWidget(), _WHOLE)
        and widget.isVisible()
        and widget.isEnabled()
    ]

    def place(widget: QWidget) -> tuple[int, int]:
        corner = widget.mapTo(root, QPoint(0, 0))
        return corner.y(), corner.x()

    return min(fields, key=place, default=None)


class Press:
    """What Enter pressed or opened last, a button, list or search, and when, in ms of the system's
    clock."""

    def __init__(self) -> None:
        self.on: QWidget | None = None
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
        before = EnterKey.of(opener) if opener else None
        self._last: Press = before._last if before is not None else Press()

    @staticmethod
    def of(widget: QWidget) -> EnterKey | None:
        """That of the widget's window; None for a window without one."""
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        return widget.window().findChild(EnterKey, options=direct)

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
        """Press a button, unless the key is the second of two pressed at once: one that is pressed
        twice must not press the button that the first press moved the focus to, in this window or
        in the dialog that it opened or closed."""
        if self._last.on is button or not self._soon(event):
            self._note(button, event)
            button.click()

    def opens(self, rows: QWidget, event: QKeyEvent) -> bool:
        """Whether Enter opens a row of a list, or what a search found: not when it is held down,
        nor as the second of two pressed at once, which would open it again."""
        if event.isAutoRepeat() or self._soon(event):
            return False
        self._note(rows, event)
        return True

    def _note(self, on: QWidget, event: QKeyEvent) -> None:
        self._last.on, self._last.at = on, event.timestamp()

    def _soon(self, event: QKeyEvent) -> bool:
        since = event.timestamp() - self._last.at
        return self._last.on is not None and 0 < since < QApplication.doubleClickInterval()
