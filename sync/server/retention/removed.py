"""Records that a retention period removed: how they are known, and what is said of them."""

from __future__ import annotations

from sqlalchemy import ColumnElement

from sync.merge import NEVER
from sync.server.records.workspace import Row
from sync.tables import table_of
from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import Synced
from visitapp.records.codec import moment_from_wire
from visitapp.vocabulary import kind_message

RETENTION = "retention"
"""Who stands behind the tombstone of a record that a retention period removed."""


def is_removed(kind: type[Synced]) -> ColumnElement[bool]:
    """The condition that a record was removed so; an ordinary deletion keeps what was written."""
    by: ColumnElement[str] = table_of(kind).c.field_revisions["deleted"][1].as_string()
    return by.is_not_distinct_from(RETENTION)


def require_there(row: Row) -> None:
    """Raise Refused RECORD_REMOVED for a record whose retention period is over."""
    _, by, at = row.stamps.get("deleted", NEVER)
    if by == RETENTION:
        raise Refused(
            Code.RECORD_REMOVED,
            message(
                "The {kind} was removed on {day}, when its retention period was over.",
                kind=kind_message(row.kind),
                day=moment_from_wire(at).date(),
            ),
            message("Your work is kept on this computer as a rejected change."),
        )
