"""Taking a rescue file in: what it holds waits here as it waited there.

Ids are the same on both machines, so what both send meets at the server. What somebody changed
since, having seen it, is not brought back; what was changed here and there without either having
been sent stays as it is here, and the other value goes into the history.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select, update
from sqlalchemy.dialects import sqlite

from sync.client.round.rows import wire_rows
from sync.client.round.steps import apply_waiting_steps
from sync.tables import table_of
from visitapp.records import (
    KEPT_HERE,
    KINDS,
    History,
    Outbox,
    SentBatch,
    Setting,
    Step,
    Synced,
    new_id,
)
from visitapp.records.codec import columns, field_from_wire, field_to_wire
from visitapp.records.declared import sent_fields, trail_of
from visitapp.services.rescue.contents import Contents
from visitapp.services.views.rescue import RescueLoaded
from visitapp.storage.salvage.tables import RawRow

_DIALECT = sqlite.dialect()
_OUTBOX = table_of(Outbox)
Fields = dict[str, dict[str, Any]]


class Loading:
    """One file going into one device, inside one transaction. `map_user`: the id that stands here
    for a user of the other device."""

    def __init__(
        self, connection: Connection, map_user: Callable[[Any], Any], user_id: str, now: datetime
    ) -> None:
        self._connection = connection
        self._map_user = map_user
        self._user_id = user_id
        self._now = now
        self.settings_brought: set[str] = set()
        """Settings that were not here before."""
        self._told: set[str] = set()
        """The history that comes with the file."""
        self._pending = self._read_pending()
        self._counts: dict[str, int] = dict.fromkeys(RescueLoaded.__struct_fields__, 0)

    def take(self, contents: Contents) -> None:
        """Bring in the records that are missing here, then what waits of them."""
        rescued = {
            (kind, row["id"]): self._python(kind, row)
            for kind, rows in contents.records.items()
            if kind in KINDS
            for row in rows
        }
        self._told = {id_ for kind, id_ in rescued if kind == History.__tablename__}
        brought = {place for place, row in rescued.items() if self._bring(*place, row)}
        batches = self._take_batches(contents)
        for row in contents.waiting:
            place = (row["kind"], row["record_id"])
            if place not in rescued or not self._here(*place):
                self._counts["left_out"] += 1
                continue
            self._edit(row, rescued[place], place in brought, batches.get(row["batch"]))
        self._take_steps([rescued[place] for place in brought if place[0] == Step.__tablename__])

    def _take_steps(self, steps: Sequence[Mapping[str, Any]]) -> None:
        """Bring the records that were here before to the states that those steps lead to."""
        for kind in KINDS:
            of = {str(step["record_id"]) for step in steps if step["kind"] == kind}
            if of:
                apply_waiting_steps(self._connection, kind, of)

    def loaded(self, **more: int) -> RescueLoaded:
        """What became of it."""
        return RescueLoaded(**{**self._counts, **more})

    def _python(self, kind: str, row: RawRow) -> dict[str, Any]:
        """The typed values of a raw row, of the columns that this program knows."""
        table = table_of(KINDS[kind])
        values = {}
        for column in table.columns:
            if column.name in row:
                read = column.type.dialect_impl(_DIALECT).result_processor(_DIALECT, None)
                value = row[column.name]
                if isinstance(column.type.dialect_impl(_DIALECT), sqlite.JSON):
                    value = msgspec.json.decode(value) if isinstance(value, str) else value
                elif read is not None and value is not None:
                    value = read(value)
                if column.info.get("user"):
                    value = self._map_user(value)
                values[column.name] = value
        if kind == History.__tablename__:
            values |= {name: self._map_user(values[name]) for name in ("old", "new")}
        return values

    def _bring(self, kind: str, id_: str, values: dict[str, Any]) -> bool:
        """Insert a record unless it is here, or what it belongs to is not."""
        if self._here(kind, id_) or self._map_user(id_) != id_:
            return False
        table = table_of(KINDS[kind])
        for column in table.columns:
            for key in column.foreign_keys:
                parent = values.get(column.name)
                if parent and not self._here(key.column.table.name, parent):
                    if not column.nullable:
                        return False
                    # What it belonged to was lost with the damage; it need not be lost with it.
                    values[column.name] = None
        self._connection.execute(insert(table).values(values))
        if kind == Setting.__tablename__:
            self.settings_brought.add(id_)
        return True

    def _here(self, kind: str, id_: str) -> bool:
        table = table_of(KINDS[kind])
        found = self._connection.execute(select(table.c.id).where(table.c.id == id_))
        return found.first() is not None

    def _take_batches(self, contents: Contents) -> dict[int, int]:
        """Batches on their way go on their way from here, unless one from here is, or one of them
        was lost with the damage: the server may have them already, and says of each change what
        became of it. By its number there, the number of each one here."""
        table = table_of(SentBatch)
        wanted = {row["batch"] for row in contents.waiting} - {None}
        whole = wanted <= {row["number"] for row in contents.batches}
        if not whole or self._connection.execute(select(table.c.id)).first() is not None:
            return {}
        numbers = {}
        for row in contents.batches:
            values = {"id": row["id"], "payload": row["payload"], "made_at": self._now}
            kept = self._connection.execute(insert(table).values(values).returning(table.c.number))
            numbers[row["number"]] = kept.scalar_one()
        return numbers

    def _edit(
        self, row: RawRow, rescued: dict[str, Any], is_new_here: bool, batch: int | None
    ) -> None:
        """A change of a record: only what is not here, and was not changed since by who saw it."""
        kind = KINDS[row["kind"]]
        there = {name: field_to_wire(kind, name, rescued.get(name)) for name in columns(kind)}
        if is_new_here or batch is not None:
            # What is on its way goes as it is: the server says what became of it.
            created = bool(row["created"])
            marks = {} if created else self._marks(row, there)
            self._queue(row, marks, created=created, batch=batch)
            return
        here = dict(wire_rows(self._connection, kind, [row["record_id"]]))[row["record_id"]]
        marks = self._marks(row, there)
        wanted = {n: mark for n, mark in marks.items() if there.get(n) != here.get(n)}
        pending = self._pending.get((row["kind"], row["record_id"]), set())
        new: Fields = {}
        for name, mark in wanted.items():
            if self._superseded(row["record_id"], name, there[name]):
                continue
            if name in pending or "" in pending:
                self._into_history(row, name, there[name], here.get(name))
            else:
                new[name] = mark
        if not new:
            self._counts["already_here"] += 1
            return
        table = table_of(kind)
        values = {name: field_from_wire(kind, name, there[name]) for name in new}
        self._connection.execute(update(table).where(table.c.id == row["record_id"]).values(values))
        self._queue(row, new, created=False)

    def _marks(self, row: RawRow, there: dict[str, Any]) -> Fields:
        """The marks of an edit; of a record that was made there, one for each of its values."""
        if not row["created"]:
            marks: Fields = msgspec.json.decode(row["fields"])
            known = sent_fields(KINDS[row["kind"]])
            return {
                name: {**mark, "old": self._map_user(mark["old"])}
                for name, mark in marks.items()
                if name in known
            }
        kind = KINDS[row["kind"]]
        first = {n for n, c in columns(kind).items() if c.info.get("merge")}
        return {n: {"old": None, "base": 0} for n in there if n in sent_fields(kind) - first}

    def _read_pending(self) -> dict[tuple[str, str], set[str]]:
        """The fields of each record that waited here before; with an empty name, all of it."""
        pending: dict[tuple[str, str], set[str]] = defaultdict(set)
        rows = select(Outbox.kind, Outbox.record_id, Outbox.created, Outbox.fields)
        for kind, id_, created, fields in self._connection.execute(rows):
            pending[kind, id_] |= {""} if created else set(fields)
        return pending

    def _superseded(self, id_: str, name: str, value: Any) -> bool:
        """Did somebody who saw this value put another one in its place?"""
        table = table_of(History)
        found = self._connection.execute(
            select(table.c.id, table.c.old).where(table.c.record_id == id_, table.c.field == name)
        )
        return any(row.old == value for row in found if row.id not in self._told)

    def _into_history(self, row: RawRow, name: str, value: Any, here: Any) -> None:
        kind: type[Synced] = History
        self._connection.execute(
            insert(table_of(kind)).values(
                id=new_id(),
                created_at=self._now,
                created_by=self._user_id,
                **trail_of(KINDS[row["kind"]], lambda _: row["setting_id"]),
                kind=row["kind"],
                record_id=row["record_id"],
                field=name,
                old=value,
                new=here,
                deleted=False,
                revision=KEPT_HERE,
                field_revisions={},
            )
        )
        self._counts["changed_on_both"] += 1

    def _queue(
        self, row: RawRow, fields: Fields, *, created: bool, batch: int | None = None
    ) -> None:
        """Let a change wait, folded into what waits of its record already, or be in a batch."""
        self._counts["changes"] += row["kind"] != History.__tablename__
        same = self._connection.execute(
            select(Outbox.sequence, Outbox.created, Outbox.fields).where(
                Outbox.kind == row["kind"],
                Outbox.setting_id.is_not_distinct_from(row["setting_id"]),
                Outbox.record_id == row["record_id"],
                Outbox.batch.is_(None) if batch is None else Outbox.batch == batch,
            )
        ).first()
        if same is not None:
            kept = {} if same.created else {**fields, **same.fields}
            self._connection.execute(
                update(Outbox).where(Outbox.sequence == same.sequence).values(fields=kept)
            )
            return
        self._connection.execute(
            insert(_OUTBOX).values(
                kind=row["kind"],
                record_id=row["record_id"],
                setting_id=row["setting_id"],
                created=created,
                fields=fields,
                changed_at=self._now,
                batch=batch,
                refused_code=row["refused_code"],
                refused_text=row["refused_text"],
                refused_explanation=_explanation(row),
            )
        )


def _explanation(row: RawRow) -> Any:
    """The explanation of a refused change; a file of an earlier version has none."""
    kept = row.get("refused_explanation")
    return msgspec.json.decode(kept) if isinstance(kept, str) else kept
