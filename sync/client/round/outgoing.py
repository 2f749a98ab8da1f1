"""Making batches from the outbox: new records in groups by column, the rest one by one."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

import msgspec
import zstandard
from msgspec import Raw, Struct
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal,
    literal_column,
    not_,
    or_,
    select,
    update,
)

from sync.client.round.outbox_rows import IN_GROUPS, WAITS, load, separate
from sync.client.round.planner import change_of
from sync.client.round.rows import among, listed
from sync.columns import as_array, fields_of
from sync.tables import table_of
from sync.wire import Batch, Fields
from visitapp.records import KEPT_HERE, KINDS, History, Outbox, SentBatch, new_id
from visitapp.records.codec import columns
from visitapp.records.declared import derived_fields
from visitapp.storage.holding import NOT_HELD_BACK

BATCH_BYTES = 5_000_000
"""Roughly how large a batch's JSON may become."""

_AT_ONCE = 500
_FIRST_GROUP, _GROUP = 50, 4000
"""Records of a group: few at first, then as many as the first ones' size lets expect to fit."""

_SEQUENCES = msgspec.json.Decoder(list[int])
_RECORD = 300
"""Bytes of a record, as long as none was seen."""


class Sending(Struct, frozen=True):
    """A batch on its way: its number here and its exact bytes."""

    number: int
    payload: bytes

    def batch(self) -> Batch:
        """The batch that the bytes say."""
        return msgspec.json.decode(self.payload, type=Batch)


class _Group(Struct, frozen=True, tag="creates", tag_field="op", kw_only=True):
    """A `Creates` as the database made it."""

    kind: str
    ids: Raw
    at: Raw
    fields: Fields


class _Draft:
    """A batch that is being filled."""

    def __init__(self, limit: int) -> None:
        self.room = limit
        self.parts: list[bytes] = []
        self.taken: list[int] = []

    def add(self, change: Any, sequences: Sequence[int]) -> int:
        """Add a change that stands for these outbox rows; its bytes."""
        self.parts.append(msgspec.json.encode(change))
        self.taken.extend(sequences)
        self.room -= len(self.parts[-1])
        return len(self.parts[-1])


class Outgoing:
    """The outbox of one device during one run. Remembers between batches what is still to be sent,
    so that a long outbox is looked through once and not for every batch."""

    def __init__(self, clock: Callable[[], datetime], batch_bytes: int = BATCH_BYTES) -> None:
        self._clock = clock
        self._batch_bytes = batch_bytes
        self._new: dict[str, tuple[int, int]] = {}
        """By kind, between which sequences its new records wait: above the first, up to the
        second."""
        self._single: dict[str, deque[int]] = {}
        self._newest = -1

    @staticmethod
    def waits(connection: Connection) -> bool:
        """Whether anything is to be sent; what is refused or held back is not counted."""
        return connection.execute(_ANY).first() is not None

    @staticmethod
    def count(connection: Connection) -> int:
        """How many changes are to be sent. Looks at every one: ask once, not for each batch."""
        count: int = connection.execute(_COUNT).scalar_one()
        return count

    @staticmethod
    def away(connection: Connection) -> bool:
        """Whether a batch was made that is not settled yet."""
        return connection.execute(_SENT).first() is not None

    def next(self, connection: Connection) -> Sending | None:
        """The batch to send now, kept with its bytes; None when nothing waits.

        One that was sent before and never settled comes first, unchanged.
        """
        before = connection.execute(_SENT).first()
        if before is not None:
            return Sending(before.number, zstandard.decompress(before.payload))
        self._plan(connection)
        return self._made(connection)

    def take_back(self, connection: Connection, sending: Sending) -> None:
        """Let the changes of a batch that never went wait again."""
        number = sending.number
        connection.execute(delete(SentBatch).where(SentBatch.number == number))
        connection.execute(update(Outbox).where(Outbox.batch == number).values(batch=None))
        self.look_again()

    def look_again(self) -> None:
        """What was found to be waiting is so no more."""
        self._newest, self._new, self._single = -1, {}, {}

    @property
    def more(self) -> bool:
        """Whether the batch made last was full and left new records to be sent."""
        return bool(self._new)

    def ahead(self, connection: Connection) -> Sending | None:
        """The batch after the one on its way, kept with its bytes too, when it is of new records
        in groups alone: nothing that the server says of the one before changes those."""
        return self._made(connection, groups_only=True)

    def _made(self, connection: Connection, *, groups_only: bool = False) -> Sending | None:
        draft = _Draft(self._batch_bytes)
        for kind in KINDS:
            if kind in self._new:
                self._add_new(connection, kind, draft)
            if kind in self._single:
                if groups_only:
                    break
                self._add_single(connection, kind, draft)
        return self._keep(connection, new_id(), draft) if draft.parts else None

    def _plan(self, connection: Connection) -> None:
        """Look through what waits, when all that was found before is sent or more has come."""
        newest = connection.execute(_NEWEST).scalar() or 0
        if newest == self._newest and (self._new or self._single):
            return
        self._newest = newest
        separate(connection)
        self._new = {kind: (0, last) for kind, last in connection.execute(_NEW)}
        self._single = defaultdict(deque)
        for sequence, kind in connection.execute(_SINGLE):
            self._single[kind].append(sequence)

    def _add_new(self, connection: Connection, kind: str, draft: _Draft) -> None:
        """Add new records of a kind until the batch is full."""
        after, upto = self._new.pop(kind)
        most, names = _FIRST_GROUP, _sent_fields(kind)
        size = _RECORD
        while draft.room > 0:
            wanted = min(most, draft.room // size + 1)
            asked = {"after": after, "upto": upto, "most": wanted}
            of_rows, at, ids, *arrays = connection.execute(_new_records(kind), asked).one()
            if of_rows is None:
                return
            sequences = _SEQUENCES.decode(of_rows)
            group = _Group(kind=kind, ids=Raw(ids), at=Raw(at), fields=fields_of(names, arrays))
            size = draft.add(group, sequences) // len(sequences)
            after, most = max(sequences), _GROUP
            if len(sequences) < wanted:
                return
        self._new[kind] = (after, upto)

    def _add_single(self, connection: Connection, kind: str, draft: _Draft) -> None:
        """Add rows of a kind that go by themselves, one by one, until the batch is full."""
        waiting = self._single.pop(kind)
        while waiting and draft.room > 0:
            head = [waiting.popleft() for _ in range(min(_AT_ONCE, len(waiting)))]
            for row in load(connection, head):
                if draft.room <= 0:
                    waiting.extendleft(reversed(head[head.index(row.sequence) :]))
                    break
                change = change_of(row)
                if change is None:
                    _drop(connection, row.sequence)
                else:
                    draft.add(change, [row.sequence])
        if waiting:
            self._single[kind] = waiting

    def _keep(self, connection: Connection, batch_id: str, draft: _Draft) -> Sending:
        payload = b'{"id":"%s","changes":[%s]}' % (batch_id.encode(), b",".join(draft.parts))
        packed = zstandard.compress(payload, level=1)
        kept = {"id": batch_id, "payload": packed, "made_at": self._clock()}
        number: int = connection.execute(_KEEP, kept).scalar_one()
        connection.execute(_TAKE, {"in_batch": number, **listed(draft.taken)})
        return Sending(number, payload)


def _drop(connection: Connection, sequence: int) -> None:
    """Forget an edit that was put back as it was; its history is settled, since nothing is sent."""
    dropped = connection.execute(
        delete(Outbox).where(Outbox.sequence == sequence).returning(Outbox.kind, Outbox.record_id)
    ).one()
    waits = exists().where(Outbox.kind == dropped.kind, Outbox.record_id == dropped.record_id)
    connection.execute(
        update(History)
        .where(History.kind == dropped.kind, History.record_id == dropped.record_id)
        .where(History.revision == 0, ~waits)
        .values(revision=KEPT_HERE)
    )


_TO_SEND = and_(Outbox.refused_code.is_(None), or_(Outbox.batch.is_not(None), NOT_HELD_BACK))
_ANY = select(Outbox.sequence).where(_TO_SEND).limit(1)
_COUNT = select(func.count()).where(_TO_SEND)
_SENT = select(SentBatch.number, SentBatch.payload).order_by(SentBatch.number).limit(1)
_KEEP = insert(table_of(SentBatch)).returning(table_of(SentBatch).c.number)
_TAKE = (
    update(table_of(Outbox))
    .where(among(table_of(Outbox).c.sequence))
    .values(batch=bindparam("in_batch"))
)
_NEWEST = select(func.max(Outbox.sequence))
# SQLite's unary plus, not the bare column: the outbox is to be walked by its sequence, because an
# index by kind leads to its rows in no order and would be sorted each time.
_KIND: ColumnElement[str] = literal_column(f"+{Outbox.__tablename__}.kind")
_NEW = select(_KIND, func.max(Outbox.sequence)).where(WAITS, IN_GROUPS).group_by(_KIND)
_SINGLE = (
    select(Outbox.sequence, Outbox.kind).where(WAITS, not_(IN_GROUPS)).order_by(Outbox.sequence)
)


def _sent_fields(kind: str) -> tuple[str, ...]:
    """The fields of a new record."""
    left_out = derived_fields(KINDS[kind])
    return tuple(name for name in columns(KINDS[kind]) if name not in left_out)


@cache
def _new_records(kind: str) -> Select[Any]:
    """Of new records of a kind, each as a JSON array: sequence, moment, id and the fields."""
    outbox, table = table_of(Outbox), table_of(KINDS[kind])
    fields = [table.c[name] for name in _sent_fields(kind)]
    found = (
        select(outbox.c.sequence, outbox.c.changed_at, table.c.id.label("record"), *fields)
        .join_from(outbox, table, table.c.id == outbox.c.record_id)
        .where(WAITS, IN_GROUPS, literal(kind) == _KIND)
        .where(outbox.c.sequence > bindparam("after"), outbox.c.sequence <= bindparam("upto"))
        .order_by(outbox.c.sequence)
        .limit(bindparam("most"))
        .subquery()
    )
    return select(*(as_array(column, "sqlite") for column in found.c))
