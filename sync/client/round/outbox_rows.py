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

WAITS = and_(Outbox.batch.is_(None), Outbox.refused_code.is_(None), NOT_HELD_BACK)
"""Not refused, in no batch, and not held back."""

IN_GROUPS = and_(Outbox.created == true(), type_coerce(Outbox.fields, Text) == "{}")
"""New records that go in groups; one that is sent again (`AGAIN`) is on top of a revision and goes
by itself."""

_TABLE = table_of(Outbox)
_ROWS = select(_TABLE).where(among(_TABLE.c.sequence), WAITS)


_WAITS_FOR_THE_SERVER = (Code.NOT_FOUND, Code.OUTCOME_NEWER)
"""Refusals that end without anybody doing anything here: what a change rests on comes back to the
server after a restore, or the server is updated."""


def offer_held(connection: Connection) -> None:
    """Let changes be sent again that only wait for the server."""
    held = Outbox.refused_code.in_(_WAITS_FOR_THE_SERVER)
    connection.execute(update(Outbox).where(held).values(NOT_REFUSED))


def load(connection: Connection, sequences: Sequence[int]) -> Iterator[Waiting]:
    """The rows of these sequences that still wait, in this order, with their records."""
    rows = {row.sequence: row for row in connection.execute(_ROWS, listed(sequences))}
    ids: dict[str, list[str]] = defaultdict(list)
    for row in rows.values():
        ids[row.kind].append(row.record_id)
    values = {
        (kind, id_): wire
        for kind, wanted in ids.items()
        for id_, wire in wire_rows(connection, KINDS[kind], wanted)
    }
    for row in (rows[sequence] for sequence in sequences if sequence in rows):
        yield Waiting(
            sequence=row.sequence,
            kind=row.kind,
            record_id=row.record_id,
            created=row.created,
            fields=row.fields,
            at=moment_to_wire(row.changed_at),
            values=values[row.kind, row.record_id],
        )
