"""Saving while someone types: after a pause, when the field is left, when the page closes, and
every second and a half while they type on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

IDLE_MS = 600
LONGEST_MS = 1500
"""From the first unsaved key to its save, so that it is on disk within two seconds."""


class IdleSaver(QObject):
    """Calls `save` once typing has paused (600 ms, or the pause given) or has gone on for
    `LONGEST_MS`, and at once on `flush`."""

    def __init__(self, save: Callable[[], None], parent: QObject, pause_ms: int = IDLE_MS) -> None:
        super().__init__(parent)
        self._save = save
        self._pause = self._timer(pause_ms)
        self._longest = self._timer(max(pause_ms, LONGEST_MS))

    def typed(self) -> None:
        """Something was typed: start the pause again, and the longest wait if none runs."""
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()

    def stop(self) -> None:
        """Forget what waits."""
        self._pause.stop()
        self._longest.stop()

    def flush(self) -> None:
        """Save now what was typed."""
        if self._pause.isActive():
            self._fire()

    def _timer(self, interval: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        timer.timeout.connect(self._fire)
        return timer

    def _fire(self) -> None:
        self.stop()
        self._save()
