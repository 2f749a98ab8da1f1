"""Keeps the window open while a visit shows typed text that could not be saved."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from visitapp.ui.dialogs.unsaved import UnsavedDialog
from visitapp.ui.pages.visit.page import VisitPage
from visitapp.ui.shell.routes import Route


class CloseGuard(QObject):
    """Asks what becomes of the text. `go` shows a route in the window."""

    def __init__(self, window: QWidget, visit: VisitPage, go: Callable[[Route], None]) -> None:
        super().__init__(window)
        self._window, self._visit, self._go = window, visit, go
        self._released = False

    def keeps_open(self) -> bool:
        """Ask when something is not saved; false when the window may close."""
        if self._released:
            return False
        self._visit.leave()
        numbers = self._visit.unsaved_numbers()
        if numbers:
            dialog = UnsavedDialog(self._window, numbers)
            dialog.shown.connect(self._show)
            dialog.discarded.connect(self.close_anyway)
            dialog.open()
        return bool(numbers)

    def close_anyway(self) -> None:
        """Close the window without asking."""
        self._released = True
        self._window.close()

    def _show(self) -> None:
        self._go(self._visit.route())
        self._visit.go_unsaved()
