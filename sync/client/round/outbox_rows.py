"""The outbox rows that wait: read with their records, and offered again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, Text, and_, select, true, type_coerce, update

from sync.client.round.planner import Waiting
from sync.client.round.rows import among, listed, wire_rows
from sync.tables import table_of
from visitapp.errors import Code
from visitapp.records import KINDS, NOT_REFUSED, Outbox
from visitapp.records.codec import moment_to_wire
from visitapp.storage.holding import NOT_HELD_BACK
from visitapp.storage.outbox import AGAIN

WAITS = and_(Outbox.batch.is_(None), Outbox.refused_code.is_(None), NOT_HELD_BACK)
"""Not refused, in no batch, and not held back."""

IN_GROUPS = and_(Outbox.created == true(), type_coerce(Outbox.fields, Text) == "{}")
"""New records that go in groups; one that is sent again (`AGAIN`) is on top of a revision and goes
by itself."""

_TABLE = table_of(Outbox)
_OTHER = _TABLE.alias()
_OF_ONE_RECORD = and_(
    _OTHER.c.kind == _TABLE.c.kind,
    _OTHER.c.setting_id.is_not_distinct_from(_TABLE.c.setting_id),
    _OTHER.c.record_id == _TABLE.c.record_id,
)
_ROWS = (
    select(_TABLE)
    .distinct()
    .join(_OTHER, _OF_ONE_RECORD)
    .where(among(_OTHER.c.sequence), WAITS)
    .order_by(_TABLE.c.sequence.desc())
)
_EDITED_SINCE = select(_TABLE.c.sequence).join(_OTHER, _OF_ONE_RECORD)
_SEND_AS_MADE = (
    update(_TABLE)
    .where(
        _TABLE.c.sequence.in_(
            _EDITED_SINCE.where(WAITS, IN_GROUPS, _OTHER.c.created.is_(False)).scalar_subquery()
        )
    )
    .values(fields={AGAIN: {"old": None, "base": 0}})
)


_WAITS_FOR_THE_SERVER = (Code.NOT_FOUND, Code.OUTCOME_NEWER)
"""Refusals that end without anybody doing anything here: what a change rests on comes back to the
server after a restore, or the server is updated."""


def offer_held(connection: Connection) -> None:
    """Let changes be sent again that only wait for the server."""
    held = Outbox.refused_code.in_(_WAITS_FOR_THE_SERVER)
    connection.execute(update(Outbox).where(held).values(NOT_REFUSED))


def separate(connection: Connection) -> None:
    """Let new records that were edited after they were sent go by themselves, as they were made.

    They wait beside their edits when the batch they were in is made again: the server may have
    taken it.
    """
    connection.execute(_SEND_AS_MADE)


def load(connection: Connection, sequences: Sequence[int]) -> Iterator[Waiting]:
    """The rows of these sequences that still wait, in this order, with their records as they were
    before the next row of the same record."""
    rows = connection.execute(_ROWS, listed(sequences)).all()
    ids: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        ids[row.kind].add(row.record_id)
    now = {
        (kind, id_): wire
        for kind, wanted in ids.items()
        for id_, wire in wire_rows(connection, KINDS[kind], wanted)
    }
    waiting: dict[int, Waiting] = {}
    for row in rows:
        values = now[row.kind, row.record_id]
        waiting[row.sequence] = Waiting(
            sequence=row.sequence,
            kind=row.kind,
            record_id=row.record_id,
            created=row.created,
            fields=row.fields,
            at=moment_to_wire(row.changed_at),
            values=values,
        )
        before = {**values, **{field: mark["old"] for field, mark in row.fields.items()}}
        now[row.kind, row.record_id] = {f: v for f, v in before.items() if v is not None}
    return (waiting[sequence] for sequence in sequences if sequence in waiting)
