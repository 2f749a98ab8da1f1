"""Rows of a file, put aside on disk until all of it was read.

What a row means may depend on the last one: which number of a date is the day, and which of two
rows of one location stands. A national file has hundreds of thousands of rows.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from types import TracebackType
from typing import Generic, TypeVar

import msgspec

Row = TypeVar("Row")
_AT_ONCE = 2_000


class Staged(Generic[Row]):
    """Rows by a key, in a temporary file that is gone when this is closed.

    `dates` counts the dates of the file as they are written: there are few different ones.
    """

    def __init__(self, type_: type[Row]) -> None:
        self.dates: Counter[str] = Counter()
        self._decoder = msgspec.json.Decoder(type_)
        self._waiting: list[tuple[str, int, bytes]] = []
        # A database without a name is a temporary file, of which a few megabytes are in memory.
        self._rows = sqlite3.connect("", isolation_level=None)
        self._rows.execute("PRAGMA journal_mode = OFF")
        self._rows.execute("CREATE TABLE staged (key TEXT, row INTEGER, value BLOB)")

    def __enter__(self) -> Staged[Row]:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._rows.close()

    def add(self, key: str, number: int, row: Row) -> None:
        """Put a row aside, with its number in the file."""
        self._waiting.append((key, number, msgspec.json.encode(row)))
        if len(self._waiting) >= _AT_ONCE:
            self._write()

    def groups(self) -> Iterator[tuple[str, list[tuple[int, Row]]]]:
        """The rows of each key, with their numbers, in the order of the file."""
        self._write()
        rows = self._rows.execute("SELECT key, row, value FROM staged ORDER BY key, row")
        for key, some in groupby(rows, key=lambda row: str(row[0])):
            yield key, [(number, self._decoder.decode(value)) for _, number, value in some]

    def _write(self) -> None:
        self._rows.execute("BEGIN")
        self._rows.executemany("INSERT INTO staged VALUES (?, ?, ?)", self._waiting)
        self._rows.execute("COMMIT")
        self._waiting.clear()
