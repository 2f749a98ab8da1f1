"""Handing out revisions, in the order in which readers will see them.

Why a reader at cursor N can never miss a change below N: whoever takes a number first locks the one
row of `counter` and holds the lock until commit or rollback (PostgreSQL's row lock; SQLite's write
lock). So the taker of N + 1 starts only after the taker of N has committed. A reader who sees the
counter at N therefore sees every change numbered N or below, and sets its cursor no higher than
the counter it read first. A sequence would not do: it hands out N + 1 while N is still uncommitted.
"""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select, update

from visitapp.records import Counter

_MOVE = (
    update(Counter)
    .values(revision=Counter.revision + bindparam("expected"))
    .returning(Counter.revision)
)
_CURRENT = select(Counter.server_id, Counter.revision)


class Revisions:
    """The revisions of one transaction. Making one takes the lock; the commit lets it go."""

    def __init__(self, connection: Connection, expected: int) -> None:
        self._connection = connection
        self._last = self._reserve(expected)
        self._next = self.first = self._last - expected + 1
        self._own_last: int | None = None

    def take(self) -> int:
        """The next revision; more are reserved when the expected ones are used up."""
        if self._next > self._last:
            self._last = self._reserve(1)
        taken = self._next
        self._next += 1
        return taken

    def take_all(self, count: int) -> int:
        """The first of `count` revisions in a row."""
        short = self._next + count - 1 - self._last
        if short > 0:
            self._last = self._reserve(short)
        first = self._next
        self._next += count
        return first

    def give_back(self, first: int) -> None:
        """Take back what was given out from `first` on; nothing may have been written with it."""
        self._next = first

    def end_own(self) -> None:
        """What is taken from here on is the server's own work, which the sender is given back."""
        if self._own_last is None:
            self._own_last = self._next - 1

    @property
    def last_own(self) -> int:
        """The highest revision that a change of the sender's got."""
        return self.last_taken if self._own_last is None else self._own_last

    @property
    def last_taken(self) -> int:
        """The highest revision given out so far; `first - 1` when none was."""
        return self._next - 1

    def _reserve(self, count: int) -> int:
        return self._connection.execute(_MOVE, {"expected": count}).scalar_one()


def current(connection: Connection) -> tuple[str, int]:
    """The server's id and the highest revision that every reader may rely on."""
    found = connection.execute(_CURRENT).one()
    return found.server_id, found.revision
