"""Where the window opens: where it was, and always inside the screen."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QMargins, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

WANTED = QSize(1440, 900)
FRAME = QMargins(8, 32, 8, 8)
"""Room for a title bar and borders, which are not known before the window is shown."""


def put_on_screen(window: QWidget, kept: QByteArray) -> None:
    """Put a window where it was kept, or at its usual size, inside the screen that it is on.

    A window that would fill most of the screen is maximized instead.
    """
    restored = not kept.isEmpty() and window.restoreGeometry(kept)
    screen = _screen_of(window)
    room = screen.availableGeometry().marginsRemoved(FRAME)
    if restored:
        if not window.isMaximized() and not window.isFullScreen():
            window.setGeometry(inside(window.geometry(), room))
        return
    window.resize(WANTED.boundedTo(room.size()))
    window.move(room.center() - window.rect().center())
    if WANTED.width() > room.width() or WANTED.height() > room.height():
        window.setWindowState(Qt.WindowState.WindowMaximized)


def inside(wanted: QRect, room: QRect) -> QRect:
    """The rectangle, made smaller where it must and moved so that the room holds it."""
    fitted = QRect(wanted.topLeft(), wanted.size().boundedTo(room.size()))
    left = min(max(fitted.left(), room.left()), room.right() - fitted.width() + 1)
    top = min(max(fitted.top(), room.top()), room.bottom() - fitted.height() + 1)
    fitted.moveTo(left, top)
    return fitted


def _screen_of(window: QWidget) -> QScreen:
    """The screen under the window's middle; the first one when that screen is gone."""
    found = QGuiApplication.screenAt(window.geometry().center())
    return found or QGuiApplication.primaryScreen()
