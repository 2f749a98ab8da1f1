"""A clock that can be put back, so that the past is recorded as if it were lived."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time


class DemoClock:
    """Gives the real moment in UTC, except inside `at`."""

    def __init__(self) -> None:
        self._stopped: datetime | None = None

    def __call__(self) -> datetime:
        """The moment it is, or the one the clock was put back to."""
        return self._stopped or datetime.now(UTC)

    @contextmanager
    def at(self, day: date, hour: int, minute: int = 0) -> Iterator[None]:
        """Put the clock to this moment (UTC) for a while."""
        before = self._stopped
        self._stopped = datetime.combine(day, time(hour, minute), UTC)
        try:
            yield
        finally:
            self._stopped = before
