"""Dialogs that edit a record, filled in by keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from tests.support.window.screens import visible
from tests.support.window.windows import Desktop
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.records.dialog import RecordDialog

CTRL = Qt.KeyboardModifier.ControlModifier


def press(desktop: Desktop, root: QWidget, name: str) -> None:
    """Go to a button that Tab reaches, and press it. Enter is for a dialog's own: pressed twice at
    once it does nothing."""
    button = visible(root, QAbstractButton, name)
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    button.setFocus()
    desktop.press(Qt.Key.Key_Space)


def fill(desktop: Desktop, dialog: RecordDialog, **values: str) -> None:
    """Type values into fields, over what is there."""
    for name, value in values.items():
        dialog.lines[name].widget.setFocus()
        desktop.press("a", CTRL)
        desktop.type(value) if value else desktop.press(Qt.Key.Key_Delete)


def choose(desktop: Desktop, dialog: RecordDialog, name: str, start: str) -> None:
    """Choose from a list by the first letters."""
    dialog.lines[name].widget.setFocus()
    desktop.type(start)


def agree(desktop: Desktop, dialog: Dialog) -> None:
    """Press the primary button, and see the dialog close."""
    press(desktop, dialog, dialog.primary.text())
    desktop.until(lambda: not dialog.isVisible())
