"""Frees garbage in the thread of the window alone."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 500


class GarbageTimer(QObject):
    """Python's collector runs in whichever thread makes the next object. In the thread of a sync it
    frees widgets that Qt deletes at the same moment, and the program ends. While this lives, it is
    off, and what is due is collected here."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        timer = QTimer(self, interval=EVERY_MS)
        timer.timeout.connect(self.collect_due)
        timer.start()

    def collect_due(self) -> None:
        """Collect the oldest generation whose limit is passed, as Python would."""
        counts, limits = gc.get_count(), gc.get_threshold()
        if counts[0] > limits[0]:
            gc.collect(max(at for at in range(3) if at == 0 or counts[at] > limits[at]))

    def stop(self) -> None:
        """Leave it to Python again."""
        gc.enable()
        self.deleteLater()
