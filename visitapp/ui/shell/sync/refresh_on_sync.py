"""Shows what a sync in the background brought, but never under somebody's hands."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QPlainTextEdit, QTextEdit

from visitapp.services.views.sync import SyncReport

_TYPED_IN = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox)


class News(QObject):
    """Calls `refresh` for a report that changed something here: at once, or when the person has
    left the field that they type in."""

    def __init__(self, refresh: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._refresh = refresh
        self._waiting = False
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._look)

    def arrived(self, report: SyncReport) -> None:
        """A sync that nobody asked for ended well."""
        if report.received or report.merged or report.conflicts or report.refused:
            self._waiting = True
            self._look()

    def stop(self) -> None:
        """The window closes: what waits is shown by the next one."""
        self._waiting = False

    def _look(self) -> None:
        if self._waiting and not isinstance(QApplication.focusWidget(), _TYPED_IN):
            self._waiting = False
            self._refresh()
