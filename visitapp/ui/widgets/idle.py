"""Saving while someone types: after a pause, when the field is left, when the page closes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

IDLE_MS = 600


class IdleSaver(QObject):
    """Calls `save` once typing has paused (600 ms, or the pause given), or at once on `flush`."""

    def __init__(self, save: Callable[[], None], parent: QObject, pause_ms: int = IDLE_MS) -> None:
        super().__init__(parent)
        self._save = save
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(pause_ms)
        self._timer.timeout.connect(self._save)

    def typed(self) -> None:
        """Something was typed: start the pause again."""
        self._timer.start()

    def stop(self) -> None:
        """Forget the pause that runs."""
        self._timer.stop()

    def flush(self) -> None:
        """Save now what was typed."""
        if self._timer.isActive():
            self._timer.stop()
            self._save()
