"""The rows of a device database for a rescue: through SQLite while it can, page by page where not.

Values are as SQLite keeps them (text, numbers, bytes), by column name, so that a database of an
older program is read alike.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import create_engine

from visitapp.errors import Code, EnvironmentProblem
from visitapp.language import message
from visitapp.records import KINDS, EvidenceCopy, HeldSetting, LocalState, Outbox, SentBatch
from visitapp.storage.engines import keyed_connection
from visitapp.storage.migrations import SHIPPED
from visitapp.storage.salvage.cells import INNER, LEAF, Row, Spoiled, children, kind_of, rows
from visitapp.storage.salvage.pages import USABLE, Pages
from visitapp.storage.salvage.shapes import Shape, fits, shapes_of
from visitapp.storage.schema import migrate

RawRow = dict[str, Any]
_SCHEMA = "SELECT type, name, tbl_name, rootpage, sql FROM sqlite_master"
_FREE_TRUNK = 32
_OF_A_DEVICE = {
    *KINDS,
    *(kept.__tablename__ for kept in (LocalState, HeldSetting, Outbox, SentBatch, EvidenceCopy)),
}
"""The tables that a device fills; those of a server lie empty beside them."""


class Unread(NamedTuple):
    """What could not be read: pages of the file, and single rows on pages that could."""

    pages: int = 0
    rows: int = 0


class Tables(Protocol):
    """Rows of a database, a table at a time. `unread` is complete once every table was asked for;
    `damaged` says that what waits may be missing from the outbox."""

    damaged: bool

    @property
    def unread(self) -> Unread:
        """What could not be read so far."""
        ...

    def rows(self, table: str) -> Iterator[RawRow]:
        """Every row of a table that can be read; none when there is no such table."""
        ...


class WholeTables:
    """A database that SQLite reads, at one moment. Any failure raises the driver's error."""

    damaged = False
    unread = Unread()

    def __init__(self, path: Path, key: bytes) -> None:
        self._connection = keyed_connection(f"{path.resolve().as_uri()}?mode=ro", key, uri=True)
        self._connection.row_factory = sqlcipher.Row
        try:
            self._connection.execute("BEGIN")
            found = self._connection.execute(_SCHEMA).fetchall()
        except BaseException:
            self._connection.close()
            raise
        self._names = {row["name"] for row in found if row["type"] == "table"}

    def rows(self, table: str) -> Iterator[RawRow]:
        """See `Tables`."""
        if table in self._names:
            # The name is one of the file's own tables, quoted; SQLite binds no names.
            for row in self._connection.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 - as said
                yield dict(row)

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()


class SalvagedTables:
    """A damaged database: what its pages still say.

    Tables are walked from their roots where the way down is whole. A leaf that no way leads to any
    more is known by the shape of its rows.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self._pages = Pages(path, key)
        self._rows_lost = 0
        self._reached: set[int] = set()
        self._broken = False
        self._shapes, roots = self._schema()
        self._leaves = {
            name: self._walk(roots[name]) if name in roots else [] for name in self._shapes
        }
        self._strays = self._find_strays() if self._broken or not roots else {}
        self.damaged = True

    @property
    def unread(self) -> Unread:
        """See `Tables`."""
        return Unread(self._pages.spoiled, self._rows_lost)

    def rows(self, table: str) -> Iterator[RawRow]:
        """See `Tables`."""
        shape = self._shapes.get(table)
        if shape is None:
            return
        seen: set[int] = set()
        for number in [*self._leaves[table], *self._strays.get(table, ())]:
            for row in self._on(number):
                if row is None:
                    self._rows_lost += 1
                elif row[0] not in seen and len(row[1]) <= len(shape.columns):
                    seen.add(row[0])
                    yield shape.named(row)

    def _on(self, number: int) -> list[Row | None]:
        page = self._pages.page(number)
        return [] if page is None else list(rows(page, number, self._pages.page))

    def _schema(self) -> tuple[dict[str, Shape], dict[str, int]]:
        """The shape of each table, and the roots; the program's own shapes when they are lost."""
        tables: dict[str, str] = {}
        roots: dict[str, int] = {}
        known = _own_tables()
        self._learn(self._walk(1), tables, roots)
        if not known.keys() <= tables.keys():
            self._broken = True
            strays = [n for n in range(2, self._pages.count + 1) if self._is_schema(n)]
            self._reached.update(strays)
            self._learn(strays, tables, roots)
        return shapes_of({**known, **tables}), roots

    def _learn(self, leaves: list[int], tables: dict[str, str], roots: dict[str, int]) -> None:
        for row in (row for number in leaves for row in self._on(number)):
            if row is not None and len(row[1]) == 5 and row[1][0] == "table":
                _, name, _, root, sql = row[1]
                if isinstance(sql, str) and isinstance(root, int):
                    tables[str(name)], roots[str(name)] = sql, root

    def _is_schema(self, number: int) -> bool:
        """Is this a leaf of the list of tables, which no way leads to any more?"""
        page = None if number in self._reached else self._pages.page(number)
        if page is None or kind_of(page, number) != LEAF:
            return False
        here = [row[1] for row in self._on(number) if row is not None]
        return bool(here) and all(len(v) == 5 and v[0] in ("table", "index") for v in here)

    def _walk(self, root: int) -> list[int]:
        """The leaves of a table, in order."""
        leaves = []
        below = [root]
        while below:
            number = below.pop()
            if number in self._reached:
                continue
            self._reached.add(number)
            page = self._pages.page(number)
            kind = None if page is None else kind_of(page, number)
            if page is not None and kind == LEAF:
                leaves.append(number)
            elif page is not None and kind == INNER:
                try:
                    below += reversed(children(page, number))
                except Spoiled:
                    self._broken = True
            else:
                self._broken = True
        return leaves

    def _find_strays(self) -> dict[str, list[int]]:
        """Leaves that no way leads to, by the only table whose shape all their rows have."""
        found: dict[str, list[int]] = {}
        free = self._free_pages()
        for number in range(2, self._pages.count + 1):
            if number in self._reached or number in free:
                continue
            page = self._pages.page(number)
            if page is None or kind_of(page, number) != LEAF:
                continue
            here = [row for row in self._on(number) if row is not None]
            fitting = [
                name
                for name in _OF_A_DEVICE & self._shapes.keys()
                if here and all(fits(self._shapes[name], row) for row in here)
            ]
            if len(fitting) == 1:
                found.setdefault(fitting[0], []).append(number)
        return found

    def _free_pages(self) -> set[int]:
        """The pages that hold nothing any more, as far as the list of them can be read."""
        free: set[int] = set()
        first = self._pages.page(1)
        trunk = int.from_bytes(first[_FREE_TRUNK : _FREE_TRUNK + 4], "big") if first else 0
        while trunk and trunk not in free:
            free.add(trunk)
            page = self._pages.page(trunk)
            if page is None:
                break
            count = min(int.from_bytes(page[4:8], "big"), (USABLE - 8) // 4)
            free.update(int.from_bytes(page[8 + 4 * n : 12 + 4 * n], "big") for n in range(count))
            trunk = int.from_bytes(page[:4], "big")
        return free


def _own_tables() -> dict[str, str]:
    """How this program makes its tables: asked of a database in memory."""
    engine = create_engine("sqlite://")
    try:
        migrate(engine, SHIPPED, None)
        with engine.connect() as connection:
            made = connection.exec_driver_sql(_SCHEMA).mappings().all()
    finally:
        engine.dispose()
    return {row["name"]: row["sql"] for row in made if row["type"] == "table" and row["sql"]}


def missing(path: Path) -> EnvironmentProblem:
    """The problem of a folder that holds no database."""
    return EnvironmentProblem(
        Code.FOLDER_UNUSABLE,
        message("There is no data in {folder}.", folder=path.parent),
        message("Give the data folder with --data-dir."),
    )


DRIVER_ERRORS = (sqlcipher.Error, sqlite3.Error)
