"""The outbox rows that wait: read with their records, visits' sign-offs in rows of their own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Text, and_, insert, or_, select, true, type_coerce, update

from sync.client.round.planner import Waiting, sign_off_part
from sync.client.round.rows import among, listed, wire_rows
from sync.tables import table_of
from visitapp.records import KINDS, Outbox, Visit, VisitStatus
from visitapp.records.codec import moment_to_wire
from visitapp.storage.holding import NOT_HELD_BACK

WAITS = and_(Outbox.batch.is_(None), Outbox.refused_code.is_(None), NOT_HELD_BACK)
"""Not refused, in no batch, and not held back."""

IN_GROUPS = and_(Outbox.created == true(), type_coerce(Outbox.fields, Text) == "{}")
"""New records that go in groups; one that is sent again (`AGAIN`) is on top of a revision and goes
by itself."""

_TABLE = table_of(Outbox)
_ROWS = select(_TABLE).where(among(_TABLE.c.sequence), WAITS)
_OF_VISITS = select(Outbox.record_id, Outbox.fields).where(
    Outbox.kind == "visit", among(Outbox.record_id), WAITS
)
_VISITS = (
    select(Outbox.sequence)
    .outerjoin(Visit, Visit.id == Outbox.record_id)
    .where(
        WAITS,
        Outbox.kind == "visit",
        or_(Outbox.created.is_(False), Visit.status != VisitStatus.DRAFT),
    )
)


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


def put_sign_offs_apart(connection: Connection) -> None:
    """Give the sign-off of each visit that waits a row of its own."""
    visits = connection.execute(_VISITS).scalars().all()
    for row in list(load(connection, visits)) if visits else ():
        later = sign_off_part(row)
        if later:
            _split(connection, row, later)


def _parted(connection: Connection, visit_ids: list[str]) -> set[str]:
    """The visits whose sign-off has a row of its own already."""
    if not visit_ids:
        return set()
    found = connection.execute(_OF_VISITS, listed(visit_ids))
    return {id_ for id_, fields in found if "status" in fields}


def _split(connection: Connection, row: Waiting, later: dict[str, Any]) -> None:
    """Give a visit's sign-off a row of its own, after everything that waits now."""
    kept = {field: mark for field, mark in row.fields.items() if field not in later}
    here = _TABLE.c.sequence == row.sequence
    original = connection.execute(select(_TABLE).where(here)).one()._asdict()
    connection.execute(update(_TABLE).where(here).values(fields=kept))
    del original["sequence"]
    connection.execute(insert(_TABLE).values({**original, "created": False, "fields": later}))
