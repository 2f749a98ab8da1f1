"""Making batches from the outbox."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, and_, delete, func, insert, select, update

from sync.client.planner import Waiting, change_of, phase, sign_off_part
from sync.client.rows import chunks, wire_rows
from sync.tables import table_of
from sync.wire import Batch
from visitapp.records import KINDS, Outbox, SentBatch, new_id
from visitapp.records.codec import moment_to_wire

BATCH_BYTES = 1_000_000
"""Roughly how large a batch's JSON may become."""

_AT_ONCE = 500
_WAITS = and_(Outbox.batch_id.is_(None), Outbox.refused_code.is_(None))
_TABLE = table_of(Outbox)


class Sending(Struct, frozen=True):
    """A batch on its way: its id and exact bytes."""

    id: str
    payload: bytes

    def batch(self) -> Batch:
        """The batch that the bytes say."""
        return msgspec.json.decode(self.payload, type=Batch)


class Outgoing:
    """The outbox of one device during one run. Remembers the order of what waits between batches,
    so that a long outbox is sorted once and not for every batch."""

    def __init__(self, clock: Callable[[], datetime], batch_bytes: int = BATCH_BYTES) -> None:
        self._clock = clock
        self._batch_bytes = batch_bytes
        self._order: deque[int] = deque()
        self._newest = -1

    def waiting(self, connection: Connection) -> int:
        """How many changes are still to be sent, the refused ones not counted."""
        return connection.execute(
            select(func.count()).select_from(Outbox).where(Outbox.refused_code.is_(None))
        ).scalar_one()

    def next(self, connection: Connection) -> Sending | None:
        """The batch to send now, kept with its bytes; None when nothing waits.

        One that was sent before and never settled comes first, unchanged.
        """
        before = connection.execute(select(SentBatch.id, SentBatch.payload)).first()
        if before is not None:
            return Sending(before.id, before.payload)
        self._refresh(connection)
        parts: list[bytes] = []
        taken: list[int] = []
        while self._order and sum(map(len, parts)) < self._batch_bytes:
            head = [self._order.popleft() for _ in range(min(_AT_ONCE, len(self._order)))]
            rows = list(self._load(connection, head))
            if any(sign_off_part(row) for row in rows):
                self._newest = -1
                self._refresh(connection)
                continue
            left = self._fill(connection, rows, parts, taken)
            self._order.extendleft(row.sequence for row in reversed(left))
        return self._keep(connection, new_id(), parts, taken) if parts else None

    def _fill(
        self, connection: Connection, rows: list[Waiting], parts: list[bytes], taken: list[int]
    ) -> list[Waiting]:
        """Add rows until the batch is full; returns those that did not fit."""
        size = sum(map(len, parts))
        for place, row in enumerate(rows):
            if size >= self._batch_bytes:
                return rows[place:]
            change = change_of(row)
            if change is None:
                connection.execute(delete(Outbox).where(Outbox.sequence == row.sequence))
                continue
            parts.append(msgspec.json.encode(change))
            taken.append(row.sequence)
            size += len(parts[-1])
        return []

    def _keep(
        self, connection: Connection, batch_id: str, parts: list[bytes], taken: list[int]
    ) -> Sending:
        for some in chunks(taken):
            connection.execute(
                update(Outbox).where(Outbox.sequence.in_(some)).values(batch_id=batch_id)
            )
        payload = b'{"id":"%s","changes":[%s]}' % (batch_id.encode(), b",".join(parts))
        connection.execute(
            insert(SentBatch).values(id=batch_id, payload=payload, made_at=self._clock())
        )
        return Sending(batch_id, payload)

    def _refresh(self, connection: Connection) -> None:
        """Sort what waits again when something was added since."""
        newest = connection.execute(select(func.max(Outbox.sequence)).where(_WAITS)).scalar()
        if newest is None:
            self._order.clear()
            return
        if newest == self._newest and self._order:
            return
        self._put_sign_offs_apart(connection)
        rows = connection.execute(
            select(Outbox.sequence, Outbox.kind, Outbox.created).where(
                _WAITS, Outbox.kind != "visit"
            )
        )
        places = [(phase(kind, created, {}), sequence) for sequence, kind, created in rows]
        visits = connection.execute(
            select(Outbox.sequence, Outbox.created, Outbox.fields).where(
                _WAITS, Outbox.kind == "visit"
            )
        )
        places += [(phase("visit", made, fields), sequence) for sequence, made, fields in visits]
        self._order = deque(sequence for _, sequence in sorted(places))
        self._newest = max(self._order)

    def _put_sign_offs_apart(self, connection: Connection) -> None:
        visits = connection.execute(
            select(Outbox.sequence).where(_WAITS, Outbox.kind == "visit")
        ).scalars()
        for some in chunks(list(visits)):
            for row in self._load(connection, some):
                later = sign_off_part(row)
                if later:
                    _split(connection, row, later)

    def _load(self, connection: Connection, sequences: Sequence[int]) -> Iterator[Waiting]:
        """The rows of these sequences that still wait, in this order, with their records."""
        rows = {
            row.sequence: row
            for row in connection.execute(
                select(_TABLE).where(Outbox.sequence.in_(sequences), _WAITS)
            )
        }
        ids: dict[str, list[str]] = defaultdict(list)
        for row in rows.values():
            ids[row.kind].append(row.record_id)
        values = {
            (kind, id_): wire
            for kind, wanted in ids.items()
            for id_, wire in wire_rows(connection, KINDS[kind], wanted)
        }
        parted = _parted(connection, ids["visit"])
        for row in (rows[sequence] for sequence in sequences if sequence in rows):
            yield Waiting(
                sequence=row.sequence,
                kind=row.kind,
                record_id=row.record_id,
                created=row.created,
                fields=row.fields,
                at=moment_to_wire(row.changed_at),
                values=values[row.kind, row.record_id],
                parted=row.record_id in parted,
            )


def _parted(connection: Connection, visit_ids: list[str]) -> set[str]:
    """The visits whose sign-off has a row of its own already."""
    if not visit_ids:
        return set()
    found = connection.execute(
        select(Outbox.record_id, Outbox.fields).where(
            Outbox.kind == "visit", Outbox.record_id.in_(visit_ids), _WAITS
        )
    )
    return {id_ for id_, fields in found if "status" in fields}


def _split(connection: Connection, row: Waiting, later: dict[str, Any]) -> None:
    """Give a visit's sign-off a row of its own, after everything that waits now."""
    kept = {field: mark for field, mark in row.fields.items() if field not in later}
    here = _TABLE.c.sequence == row.sequence
    original = connection.execute(select(_TABLE).where(here)).one()._asdict()
    connection.execute(update(_TABLE).where(here).values(fields=kept))
    del original["sequence"]
    connection.execute(insert(_TABLE).values({**original, "created": False, "fields": later}))
