"""What a device does with records that the server removed when their retention period was over.

They come as tombstones with nothing in them. What only this device has of them goes too: its own
history, and bytes that nothing names any more and that can never be sent. What waits to be sent
stays until the server has answered it.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, false, select, update

from sync.client.evidence.ledger import set_aside
from sync.client.round.rows import among, listed
from sync.tables import table_of
from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import KEPT_HERE, KINDS, Evidence, EvidenceCopy, History, Synced
from visitapp.records.codec import columns, once
from visitapp.records.emptied import emptied


@once
def is_emptied(kind: type[Synced]) -> ColumnElement[bool]:
    """The condition that a record is such a tombstone. A kind with nothing to empty has none."""
    table, known = table_of(kind), columns(kind)
    left = {n: value for n, value in emptied(kind).items() if value is None or value == ""}
    if not left:
        return false()
    bare = (table.c[n].is_(None) if known[n].nullable else table.c[n] == "" for n in left)
    return and_(table.c.deleted, *bare)


def leave_nothing(connection: Connection, kind: str, ids: Sequence[str]) -> None:
    """Remove what only this device has of those of these tombstones that hold nothing."""
    if not ids:
        return
    table = table_of(KINDS[kind])
    found = select(table.c.id).where(among(table.c.id), is_emptied(KINDS[kind]))
    gone = list(connection.execute(found, listed(ids)).scalars())
    _drop_own_history(connection, kind, gone)
    if kind == Evidence.__tablename__ and gone:
        _set_bytes_aside(connection)


def empty(connection: Connection, kind: str, ids: Sequence[str]) -> None:
    """Empty records that the server has removed, and what only this device has of them."""
    table = table_of(KINDS[kind])
    values = {**emptied(KINDS[kind]), "deleted": True}
    connection.execute(update(table).where(among(table.c.id)).values(values), listed(ids))
    _drop_own_history(connection, kind, ids)


def _drop_own_history(connection: Connection, kind: str, ids: Sequence[str]) -> None:
    own = (History.kind == kind, History.revision == KEPT_HERE, among(History.record_id))
    connection.execute(delete(table_of(History)).where(*own), listed(ids))


def _set_bytes_aside(connection: Connection) -> None:
    """Say of bytes that wait to be sent, and that no record names any more, that they stay here."""
    unsent = (EvidenceCopy.held_at.is_(None), EvidenceCopy.refused_code.is_(None))
    named = exists().where(Evidence.sha256 == EvidenceCopy.sha256)
    found = connection.execute(select(EvidenceCopy.sha256).where(*unsent, ~named)).scalars().all()
    for sha256 in found:
        set_aside(connection, sha256, _REMOVED)


_REMOVED = Refused(
    Code.RECORD_REMOVED,
    message(
        "The record of this photo or document was removed when its retention period was over, so "
        "it cannot be sent."
    ),
)
