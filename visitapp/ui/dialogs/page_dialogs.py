"""What the dialogs of every page have in common."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from visitapp.services.services import Services


class PageDialogs(QObject):
    """Opens a page's dialogs over the window. `went` carries a Route to go to, `said` a text for
    the toast and a way back (or None), `changed` says that something was written."""

    went = Signal(object)
    said = Signal(str, object)
    changed = Signal()

    def __init__(self, window: QWidget, services: Services) -> None:
        super().__init__(window)
        self._window, self._services = window, services

    def role(self) -> str:
        """The user's role."""
        return self._services.me().role

    def _saved(self, text: str) -> None:
        self.said.emit(text, None)
        self.changed.emit()
