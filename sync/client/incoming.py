"""Applying records that came from the server, without touching what waits to be sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from sync.client.rows import chunks, python_row, wire_rows
from sync.client.tally import Tally
from sync.tables import table_of
from sync.wire import Record
from visitapp.errors import Code, EnvironmentProblem
from visitapp.records import KINDS, Outbox, Synced

Pending = dict[str, frozenset[str]]
"""By record id, the fields that wait to be sent and so keep the device's value."""


class Incoming:
    """The applying of pages inside one transaction. `agree` is asked before records that are here
    are marked deleted in numbers."""

    def __init__(self, connection: Connection, tally: Tally, agree: Callable[[int], None]) -> None:
        self._connection = connection
        self._tally = tally
        self._agree = agree

    def apply(self, records: Iterable[Record]) -> None:
        """Write the records that are newer than what is here, parents before children."""
        by_kind: dict[str, list[Record]] = defaultdict(list)
        for record in records:
            by_kind[record.kind].append(record)
        if not by_kind.keys() <= KINDS.keys():
            raise EnvironmentProblem(
                Code.SERVER_TOO_NEW,
                "The server sends records that this program does not know yet.",
                "Update Visitapp on this computer. Nothing that waits was touched.",
            )
        for name, kind in KINDS.items():
            if by_kind[name]:
                self._apply_kind(name, kind, by_kind[name])

    def _apply_kind(self, name: str, kind: type[Synced], records: Sequence[Record]) -> None:
        here = self._here(kind, [record.id for record in records])
        new = [record for record in records if record.id not in here]
        newer = [r for r in records if r.id in here and r.revision > here[r.id][0]]
        dying = [r for r in newer if r.values.get("deleted") and not here[r.id][1]]
        if dying:
            self._tally.tombstones += len(dying)
            self._agree(self._tally.tombstones)
        if new:
            rows = [
                {**python_row(kind, r.values), "id": r.id, "revision": r.revision, **_NO_STAMPS}
                for r in new
            ]
            self._connection.execute(insert(table_of(kind)), rows)
        if newer:
            self._update(name, kind, newer)
        self._tally.received += len(new) + len(newer)
        self._tally.changed[name].update(r.id for r in (*new, *newer))

    def _here(self, kind: type[Synced], ids: list[str]) -> dict[str, tuple[int, bool]]:
        table = table_of(kind)
        wanted = select(table.c.id, table.c.revision, table.c.deleted)
        return {
            id_: (revision, deleted)
            for some in chunks(ids)
            for id_, revision, deleted in self._connection.execute(
                wanted.where(table.c.id.in_(some))
            )
        }

    def _update(self, name: str, kind: type[Synced], records: Sequence[Record]) -> None:
        pending = self._pending(name, kind, [record.id for record in records])
        alike: dict[frozenset[str], list[dict[str, Any]]] = defaultdict(list)
        for record in records:
            keep = pending.get(record.id, frozenset())
            values = {n: v for n, v in python_row(kind, record.values).items() if n not in keep}
            values |= {"record": record.id, "revision": record.revision}
            alike[keep].append({f"new_{field}": value for field, value in values.items()})
        table = table_of(kind)
        for rows in alike.values():
            written = [key.removeprefix("new_") for key in rows[0] if key != "new_record"]
            statement = (
                update(table)
                .where(table.c.id == bindparam("new_record"))
                .values({field: bindparam(f"new_{field}") for field in written})
            )
            self._connection.execute(statement, rows)

    def _pending(self, name: str, kind: type[Synced], ids: list[str]) -> Pending:
        if self._connection.execute(select(func.count()).select_from(Outbox)).scalar() == 0:
            return {}
        fields: dict[str, set[str]] = defaultdict(set)
        created: list[str] = []
        for some in chunks(ids):
            for row in self._connection.execute(
                select(Outbox.record_id, Outbox.created, Outbox.fields).where(
                    Outbox.kind == name, Outbox.record_id.in_(some)
                )
            ):
                fields[row.record_id].update(row.fields)
                if row.created:
                    created.append(row.record_id)
        for id_, wire in wire_rows(self._connection, kind, created):
            fields[id_].update(wire)
        return {id_: frozenset(names) for id_, names in fields.items()}


_NO_STAMPS: dict[str, Any] = {"field_revisions": {}}
