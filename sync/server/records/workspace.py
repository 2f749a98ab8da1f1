"""The rows of one batch: loaded in bulk, changed in memory, written in bulk.

A batch of thousands of changes costs a few statements for each kind in place of a few for each
change. Rows carry Python values; the stamps of `sync.merge` travel with them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    Insert,
    Select,
    Update,
    bindparam,
    insert,
    select,
    update,
)

from sync.merge import CREATION, NEVER, Stamp, Stamps
from sync.tables import once, table_of
from visitapp.records import KINDS, Synced
from visitapp.records.codec import columns, encoders
from visitapp.records.declared import parents

CHUNK = 1000
"""Ids in one statement."""


class Row:
    """One record of the server in memory. `dirty` names the columns to write; `past` has what was
    changed in this transaction: field, old value, new value and stamp."""

    __slots__ = ("dirty", "id", "kind", "new", "past", "revision", "stamps", "values")

    def __init__(
        self, kind: type[Synced], id_: str, values: dict[str, Any], revision: int, stamps: Stamps
    ) -> None:
        self.kind = kind
        self.id = id_
        self.values = values
        self.revision = revision
        self.stamps = stamps
        self.new = False
        self.dirty: set[str] = set()
        self.past: list[tuple[str, Any, Any, Stamp]] = []

    @property
    def setting_id(self) -> str | None:
        """The setting it belongs to; None for a global kind."""
        if self.kind.__tablename__ == "setting":
            return self.id
        return self.values.get("setting_id")

    @property
    def visit_id(self) -> str | None:
        """The visit that it is or belongs to."""
        return self.id if self.kind.__tablename__ == "visit" else self.values.get("visit_id")

    def belongs_to(self, field: str) -> str | None:
        """The value of one of its scope columns (`records.declared.scope_fields`)."""
        return self.id if field == "id" else self.values.get(field)

    def wire(self) -> dict[str, Any]:
        """Every field that has a value, as JSON values."""
        encode = encoders(self.kind)
        return {
            name: encode[name](value) if name in encode else value
            for name, value in self.values.items()
            if value is not None
        }

    def change(self, values: dict[str, Any], stamp: Stamp) -> None:
        """Give fields new values, all at one stamp."""
        self.past += [(n, self.values.get(n), new, stamp) for n, new in values.items()]
        self.values.update(values)
        self.revision = stamp[0]
        self.stamps = {**self.stamps, **dict.fromkeys(values, stamp)}
        self.dirty.update(values)


class Workspace:
    """What one transaction has loaded and means to write."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: dict[str, dict[str, Row | None]] = defaultdict(dict)

    def load(self, kind: str, ids: Iterable[str]) -> list[Row]:
        """Fetch the rows of the ids that were not looked for yet; returns those that exist."""
        known = self._rows[kind]
        wanted = [id_ for id_ in ids if id_ not in known]
        known.update(dict.fromkeys(wanted))
        found = [row for part in chunks(wanted) for row in self._select(KINDS[kind], part)]
        known.update((row.id, row) for row in found)
        return found

    def load_with_parents(self, wanted: dict[str, set[str]]) -> None:
        """Fetch the rows of the ids wanted of each kind, and what those refer to. Adds to
        `wanted`."""
        for name in reversed(KINDS):
            for row in self.load(name, wanted[name]) if name in wanted else ():
                want_parents(wanted, row.kind, row.values)

    def forget(self, kind: str, ids: Iterable[str]) -> None:
        """Look in the database again for these rows, of which none was changed here."""
        for id_ in self._rows[kind].keys() & set(ids):
            del self._rows[kind][id_]

    def get(self, kind: str, id_: str | None) -> Row | None:
        """The row as it stands in this transaction; None when there is none."""
        if id_ is None:
            return None
        known = self._rows[kind]
        if id_ not in known:
            self.load(kind, [id_])
        return known[id_]

    def query(self, statement: Select[Any], given: Mapping[str, Any]) -> list[Any]:
        """The first column of what a statement finds, in the records as they stand here."""
        self.flush()
        return list(self._connection.execute(statement, given).scalars())

    def add(
        self,
        kind: type[Synced],
        id_: str,
        values: dict[str, Any],
        stamp: Stamp,
        *,
        untouched: Iterable[str] = (),
    ) -> Row:
        """Make a new row. `untouched` names the fields that have only a default: nobody gave them a
        value, so the first who does meets no conflict."""
        stamps: Stamps = {CREATION: stamp}
        stamps.update((name, NEVER) for name in sorted(untouched) if values[name] is not None)
        row = Row(kind, id_, values, stamp[0], stamps)
        row.new = True
        self._rows[kind.__tablename__][id_] = row
        return row

    def rows(self, kind: str) -> Iterator[Row]:
        """Every row of a kind that this transaction has in hand."""
        return (row for row in self._rows[kind].values() if row is not None)

    def flush(self) -> None:
        """Write what changed, parents before children. Raises what the database says."""
        for name, kind in KINDS.items():
            rows = list(self.rows(name)) if name in self._rows else []
            if not rows:
                continue
            self._insert(kind, [row for row in rows if row.new])
            self._update(kind, [row for row in rows if row.dirty and not row.new])
            for row in rows:
                row.new = False
                row.dirty.clear()

    def _select(self, kind: type[Synced], ids: Sequence[str]) -> Iterator[Row]:
        names = list(columns(kind))
        found = self._connection.execute(_wanted(kind), {"ids": ids})
        for id_, revision, stamps, *values in found:
            yield Row(kind, id_, dict(zip(names, values, strict=True)), revision, stamps or {})

    def _insert(self, kind: type[Synced], rows: list[Row]) -> None:
        if rows:
            self._connection.execute(
                _insertion(kind),
                [
                    {**r.values, "id": r.id, "revision": r.revision, "field_revisions": r.stamps}
                    for r in rows
                ],
            )

    def _update(self, kind: type[Synced], rows: list[Row]) -> None:
        alike: dict[frozenset[str], list[Row]] = defaultdict(list)
        for row in rows:
            alike[frozenset(row.dirty)].append(row)
        for names, group in alike.items():
            statement = _changing(kind.__tablename__, names)
            self._connection.execute(statement, [_bound(row, names) for row in group])


@once
def _wanted(kind: type[Synced]) -> Select[Any]:
    table = table_of(kind)
    marks = (table.c.id, table.c.revision, table.c.field_revisions)
    ids: BindParameter[Any] = bindparam("ids", expanding=True)
    return select(*marks, *columns(kind).values()).where(table.c.id.in_(ids))


@once
def _insertion(kind: type[Synced]) -> Insert:
    return insert(table_of(kind))


@lru_cache(256)
def _changing(kind: str, names: frozenset[str]) -> Update:
    table = table_of(KINDS[kind])
    written = sorted(names | {"revision", "field_revisions"})
    given: dict[str, Any] = {name: bindparam(f"new_{name}") for name in written}
    return update(table).where(table.c.id == bindparam("row_id")).values(given)


def want_parents(
    wanted: dict[str, set[str]], kind: type[Synced], values: Mapping[str, Any]
) -> None:
    """Add what a record refers to, to the ids wanted of each kind."""
    for field, parent in parents(kind).items():
        id_ = values.get(field)
        if isinstance(id_, str):
            wanted[parent].add(id_)


def _bound(row: Row, names: Iterable[str]) -> dict[str, Any]:
    return {
        "row_id": row.id,
        "new_revision": row.revision,
        "new_field_revisions": row.stamps,
        **{f"new_{name}": row.values[name] for name in names},
    }


def chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """The ids, at most `CHUNK` at a time."""
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
