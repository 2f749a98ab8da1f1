"""Whether somebody is at the window."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

LOOK_MS = 10_000
_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class IdleWatch(QObject):
    """`idled` says that no key was pressed and the mouse was not used for so many minutes.

    It listens at the windows of the system, where input arrives first, and not at every widget.
    minutes: 0 for never. The clock is that of the wall: a laptop that slept was left alone.
    """

    idled = Signal()

    def __init__(
        self, minutes: Callable[[], int], clock: Callable[[], datetime], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._minutes, self._clock = minutes, clock
        self._limit = timedelta(minutes=minutes())
        self._last = clock()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Watch from now on."""
        self.begin()
        self.watch(QGuiApplication.focusWindow())
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self.watch)
        self._timer.start()

    def watch(self, window: QWindow | None) -> None:
        """Hear what is typed into a window, from now on."""
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def look(self) -> None:
        """Say so when nobody was there for long enough; the policy may have changed."""
        self._limit = timedelta(minutes=self._minutes())
        if self._is_over():
            self.begin()
            self.idled.emit()

    def begin(self) -> None:
        """Somebody is there now."""
        self._last = self._clock()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice input. What comes after too long, such as when the laptop wakes up, locks the
        window and does nothing else."""
        if event.type() not in _INPUT:
            return False
        over = self._is_over()
        self.begin()
        if over:
            self.idled.emit()
        return over

    def _is_over(self) -> bool:
        return bool(self._limit) and self._clock() - self._last >= self._limit
