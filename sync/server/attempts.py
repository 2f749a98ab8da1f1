"""A limit on sign-in attempts by name, in the memory of one server process.

Each worker counts for itself, so the limit of a server is this one times its workers. A name that
fails too often waits; the right password does not open it earlier.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock

from visitapp.errors import Code, NotAllowed

ALLOWED = 8
WITHIN = timedelta(minutes=5)
NAMES = 10_000
"""How many names are remembered at most, so that invented ones cannot fill the memory."""


class Attempts:
    """The failed attempts of the last minutes."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._failed: dict[str, deque[datetime]] = {}
        self._lock = Lock()

    def require_room(self, name: str) -> None:
        """Raise NotAllowed TOO_MANY_ATTEMPTS when the name failed too often."""
        with self._lock:
            if len(self._recent(name)) >= ALLOWED:
                raise NotAllowed(
                    "There were too many attempts to sign in under this name.",
                    "Wait five minutes and try again.",
                    code=Code.TOO_MANY_ATTEMPTS,
                )

    def failed(self, name: str) -> None:
        """Count one failure."""
        with self._lock:
            if name not in self._failed and len(self._failed) >= NAMES:
                del self._failed[next(iter(self._failed))]
            self._failed.setdefault(name, deque(maxlen=ALLOWED)).append(self._clock())

    def succeeded(self, name: str) -> None:
        """Forget the failures of a name."""
        with self._lock:
            self._failed.pop(name, None)

    def _recent(self, name: str) -> deque[datetime]:
        since = self._clock() - WITHIN
        failed = self._failed.get(name, deque())
        while failed and failed[0] < since:
            failed.popleft()
        return failed
