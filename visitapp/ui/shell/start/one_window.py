"""One window for each data folder: a second start brings the first to the front and ends."""

from __future__ import annotations

import hashlib
from pathlib import Path

from filelock import FileLock, Timeout
from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from visitapp.storage.private import FILE

_LOCK_FILE = "window.lock"
_ANSWER_MS = 3000
"""How long the open window may take to answer a second start."""


class OneWindow(QObject):
    """Holds a data folder for one window. `raised` says that somebody started a second one.

    The lock belongs to the process, so the system frees it even after a crash; the local socket
    only carries the request to come to the front, and a dead one is replaced by the lock's owner.
    """

    raised = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = socket_name(folder)
        self._lock = FileLock(folder / _LOCK_FILE, timeout=0, mode=FILE)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)

    def claim(self) -> bool:
        """Take the folder for this window; False when another window has it."""
        try:
            self._lock.acquire()
        except Timeout:
            return False
        QLocalServer.removeServer(self._name)
        self._server.listen(self._name)
        return True

    def raise_other(self) -> bool:
        """Ask the window that has the folder to come to the front; whether it answered."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        answered = socket.waitForConnected(_ANSWER_MS) and socket.waitForReadyRead(_ANSWER_MS)
        socket.abort()
        return answered

    def release(self) -> None:
        """Leave the folder to the next window."""
        self._server.close()
        self._lock.release()

    def _answer(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.write(b"raised\n")
            socket.flush()
            self.raised.emit()


def socket_name(folder: Path) -> str:
    """The name of the local socket of a folder. It is short, because some systems cut long ones."""
    digest = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:24]
    return f"visitapp-{digest}"
