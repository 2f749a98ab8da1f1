"""The window from the first moment: empty while the program loads, then around its pages."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QDeadlineTimer, QEvent, QEventLoop, QObject, Qt
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QMainWindow, QWidget

from visitapp.language import translate
from visitapp.ui.shell.placement import put_on_screen
from visitapp.ui.theme.look import Look

NAVIGATION_WIDTH, WIDEST = 208, 330
"""Of the left side: at normal text size, and at any."""

_FIRST_PAINT_MS = 250
"""A display server says within this time that a window is in view, or it is not."""
_DROPPED = (
    QEvent.Type.KeyPress,
    QEvent.Type.KeyRelease,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.Wheel,
)


def navigation_width(look: Look) -> int:
    """Pixels of the left side at the text size in force."""
    return min(look.px(NAVIGATION_WIDTH), WIDEST)


class Frame(QMainWindow):
    """Says that the records are being opened until it holds the pages.

    Shortcuts that are pressed meanwhile wait for the pages, which alone can take them. Closing it
    meanwhile gives up, and `breathe` says so.
    """

    def __init__(self, look: Look, geometry: QByteArray) -> None:
        """geometry: where the window was the last time (`Preferences.geometry`)."""
        super().__init__()
        self.setWindowTitle("Visitapp")
        self._closed = False
        self._content: QWidget | None = None
        opening = _Opening(look)
        self.setCentralWidget(opening)
        put_on_screen(self, geometry)
        self.show()
        limit = QDeadlineTimer(_FIRST_PAINT_MS)
        while not (opening.is_painted or limit.hasExpired()):
            self.breathe()

    def breathe(self) -> bool:
        """Paint, and let the window be moved and closed; false when it was closed."""
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        return not self._closed

    def hold(self, content: QWidget) -> None:
        """Show the pages from now on."""
        self._content = content
        self.setCentralWidget(content)
        content.show()
        self.show()

    def deliver(self) -> bool:
        """Hand the pages the shortcuts that waited: Qt finds those before it gives the window a
        key. Any other key or click was for nothing that was in view, and is dropped. False when the
        window was closed."""
        handle = self.windowHandle()
        handle.installEventFilter(self)
        QApplication.processEvents()
        handle.removeEventFilter(self)
        return not self._closed

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return event.type() in _DROPPED

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._content is not None and not self._content.close():
            event.ignore()
            return
        self._closed = True
        super().closeEvent(event)


class _Opening(QWidget):
    """The left side without its pages, and beside it what is going on. It has the focus, so that a
    screen reader says it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.is_painted = False
        side, text = QFrame(), QLabel(translate("Opening your records…"))
        side.setProperty("kind", "side")
        side.setFixedWidth(navigation_width(look))
        text.setProperty("step", "heading")
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        text.setWordWrap(True)
        text.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        text.setAccessibleName(text.text())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side)
        row.addWidget(text, 1)
        look.dress(self)
        text.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        self.is_painted = True
        super().paintEvent(event)
