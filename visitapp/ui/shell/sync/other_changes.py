"""Shows in the window what a terminal command changed beside it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

ASK_MS = 400
"""How often to ask: a change shows within a second, and asking takes microseconds."""


class OtherChanges(QObject):
    """`seen` says that another process changed this device's data."""

    seen = Signal()

    def __init__(self, others_wrote: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._others_wrote = others_wrote
        self._timer = QTimer(self)
        self._timer.setInterval(ASK_MS)
        self._timer.timeout.connect(self._ask)
        self._ask()
        self._timer.start()

    def _ask(self) -> None:
        if self._others_wrote():
            self.seen.emit()
