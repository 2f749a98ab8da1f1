"""The history: who changed which field, when, from what to what. The server writes it itself, from
the changes that it took (decision 50)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sync.server.records.revisions import Revisions
from sync.server.records.workspace import Row, Workspace
from sync.server.retention.removed import require_there
from visitapp.errors import Code, NotFound, Refused
from visitapp.language import message
from visitapp.records import KINDS, History, Synced, new_id
from visitapp.records.codec import field_to_wire, moment_from_wire
from visitapp.records.declared import sent_fields, trail_of


def write_history(workspace: Workspace, revisions: Revisions) -> None:
    """Make an entry for each field that changed in this transaction, in the order of the changes.

    A field that the server derives has none: the steps that it is derived from are kept. Nor has a
    record of the council, such as a user: the audit log has those.
    """
    changed = [row for kind in KINDS for row in workspace.rows(kind) if row.past]
    past = [(row, *one) for row in changed for one in row.past if one[0] in sent_fields(row.kind)]
    found = [(trail_of(one[0].kind, one[0].belongs_to), *one) for one in past]
    told = sorted((one for one in found if any(one[0].values())), key=lambda one: one[5][0])
    # All at once: each reservation of its own is a statement.
    first = revisions.take_all(len(told))
    for revision, (trail, row, field, old, new, (_, user_id, at)) in enumerate(told, first):
        values = {
            "created_at": moment_from_wire(at),
            "created_by": user_id,
            "deleted": False,
            **trail,
            "kind": str(row.kind.__tablename__),
            "record_id": row.id,
            "field": field,
            "old": field_to_wire(row.kind, field, old),
            "new": field_to_wire(row.kind, field, new),
        }
        workspace.add(History, new_id(), values, [revision, user_id, at])
    for row in changed:
        row.past.clear()


def require_described(workspace: Workspace, entry: Mapping[str, Any]) -> None:
    """Raise Refused unless the record of an entry that comes back after a restore is here and
    belongs to what the entry names."""
    kind: type[Synced] | None = KINDS.get(entry["kind"])
    row: Row | None = workspace.get(entry["kind"], entry["record_id"]) if kind else None
    if row is None:
        raise NotFound(message("The record of this history entry is not on the server."))
    trail = trail_of(row.kind, row.belongs_to)
    if any(entry[name] != id_ for name, id_ in trail.items()):
        raise Refused(
            Code.BAD_VALUE, message("The record of this history entry belongs to something else.")
        )
    require_there(row)
