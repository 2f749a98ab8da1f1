"""Keeps the window open while a visit shows typed text that could not be saved."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from visitapp.ui.dialogs.unsaved import UnsavedDialog
from visitapp.ui.pages.visit.page import VisitPage
from visitapp.ui.shell.pages import Book
from visitapp.ui.shell.routes import Route


class CloseGuard(QObject):
    """Asks what becomes of the text. `go` shows a route in the window."""

    def __init__(self, window: QWidget, pages: Book, go: Callable[[Route], None]) -> None:
        super().__init__(window)
        self._window, self._pages, self._go = window, pages, go
        self._released = False

    def keeps_open(self) -> bool:
        """Ask when something is not saved; false when the window may close."""
        if self._released:
            return False
        if "visit" not in self._pages.made:
            return False
        visit = self._pages.visit
        visit.leave()
        numbers = visit.unsaved_numbers()
        if numbers:
            dialog = UnsavedDialog(self._window, numbers)
            dialog.shown.connect(partial(self._show, visit))
            dialog.discarded.connect(self.close_anyway)
            dialog.open()
        return bool(numbers)

    def close_anyway(self) -> None:
        """Close the window without asking."""
        self._released = True
        self._window.window().close()

    def _show(self, visit: VisitPage) -> None:
        self._go(visit.way_back())
        visit.go_unsaved()
