"""Ending what takes too long, from a thread that is kept: a timer for each request makes an empty
round take 1.6 times the processor time (decision 49)."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from time import monotonic


class _Timed:
    """Something under way: when it is late, in monotonic seconds, and whether it was."""

    def __init__(self, until: float) -> None:
        self.until = until
        self.late = False


class Deadlines:
    """Calls `end` when something under way takes longer than it may.

    The thread begins with the first turn, sleeps until the earliest deadline that it knew of, and
    ends when nothing is under way then, or with `close`.
    """

    def __init__(self, end: Callable[[], None]) -> None:
        self._end = end
        self._turns: set[_Timed] = set()
        self._looks_at: float | None = None
        """When the thread looks next; None without a thread."""
        self._change = threading.Condition()

    @contextlib.contextmanager
    def at_most(self, seconds: float) -> Iterator[None]:
        """Raises TimeoutError at the end of a body that was not done in time."""
        turn = _Timed(monotonic() + seconds)
        with self._change:
            self._turns.add(turn)
            if self._looks_at is None:
                self._looks_at = turn.until
                threading.Thread(target=self._watch, daemon=True).start()
            elif turn.until < self._looks_at:
                self._change.notify()
        try:
            yield
        finally:
            with self._change:
                self._turns.discard(turn)
        if turn.late:
            raise TimeoutError

    def close(self) -> None:
        """Let the thread go, unless something is under way."""
        with self._change:
            self._change.notify()

    def _watch(self) -> None:
        with self._change:
            while self._turns:
                self._looks_at = min(turn.until for turn in self._turns)
                self._change.wait(max(0.0, self._looks_at - monotonic()))
                late = {turn for turn in self._turns if turn.until <= monotonic()}
                for turn in late:
                    turn.late = True
                self._turns -= late
                if late:
                    self._end()
            self._looks_at = None
