"""A line at the foot of the window after something was done, with a way back where there is one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout

from visitapp.language import translate
from visitapp.ui.widgets.text import button
from visitapp.ui.widgets.wrapping import WrappingLabel

SHOWN_MS = 8000
UNDO_MS = 30_000


class Toast(QFrame):
    """Stands below the page for eight seconds, so that it never covers what it confirms; with a way
    back for half a minute."""

    def __init__(self) -> None:
        super().__init__()
        self._undo: Callable[[], None] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 8, 24, 8)
        self._text = WrappingLabel()
        self.undo = button(translate("Undo"), name=translate("Undo the last step"))
        self.undo.clicked.connect(self._take_back)
        row.addWidget(self._text, 1)
        row.addWidget(self.undo)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Show a text, and an Undo button when there is a way back."""
        self._undo = undo
        self._text.setText(text)
        self.setAccessibleName(text)
        self.undo.setVisible(undo is not None)
        self.show()
        self._timer.start(SHOWN_MS if undo is None else UNDO_MS)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def text(self) -> str:
        """What the toast says; empty when it is gone."""
        return "" if self.isHidden() else self._text.text()

    def take(self, event: QKeyEvent) -> bool:
        """Go back when the key is Ctrl Z, which fields and pages have had first; whether it was."""
        offered = event.matches(QKeySequence.StandardKey.Undo) and self.undo.isVisible()
        if offered and not event.isAutoRepeat():
            self.undo.click()
        return offered

    def _take_back(self) -> None:
        self.undo.clearFocus()
        self.hide()
        if self._undo is not None:
            self._undo()
