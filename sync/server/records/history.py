"""The history: who changed which field, when, from what to what. The server writes it itself, from
the changes that it took (decision 50).

The id of an entry is a seal of what it says, with a key that no device has. So a server that was
put back from a copy knows the entries that it lost when a device brings them back.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import select

from sync.server.records.revisions import Revisions
from sync.server.records.workspace import Workspace
from sync.server.retention.removed import require_there
from visitapp.errors import NotFound
from visitapp.language import message
from visitapp.records import KINDS, Counter, History
from visitapp.records.codec import field_to_wire, moment_from_wire, moment_to_wire
from visitapp.records.declared import scope_fields, sent_fields, trail_of
from visitapp.records.ids import sealed_id


def write_history(workspace: Workspace, revisions: Revisions) -> None:
    """Make an entry for each field that changed in this transaction, in the order of the changes.

    A field that the server derives has none: the steps that it is derived from are kept. Nor has a
    record of the council, such as a user: the audit log has those.
    """
    changed = [row for kind in KINDS for row in workspace.rows(kind) if row.past]
    past = [(row, *one) for row in changed for one in row.past if one[0] in sent_fields(row.kind)]
    found = [(trail_of(one[0].kind, one[0].belongs_to), *one) for one in past]
    told = sorted((one for one in found if any(one[0].values())), key=lambda one: one[5][0])
    key = _key(workspace) if told else b""
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
        id_ = _sealed(key, values)
        if workspace.get(History.__tablename__, id_) is None:
            workspace.add(History, id_, values, [revision, user_id, at])
    for row in changed:
        row.past.clear()


def comes_back(workspace: Workspace, id_: str, entry: Mapping[str, Any]) -> bool:
    """Whether the server itself wrote this entry, before it was put back from a copy. Raises
    NotFound when its record did not come back yet, and Refused when that was removed."""
    if not hmac.compare_digest(id_, _sealed(_key(workspace), entry)):
        return False
    row = workspace.get(entry["kind"], entry["record_id"])
    if row is None:
        raise NotFound(message("The record of this history entry is not on the server."))
    require_there(row)
    return True


def _key(workspace: Workspace) -> bytes:
    (key,) = workspace.query(select(Counter.draw_key), {})
    return bytes(key)


_SEALED = (
    *scope_fields(History).values(),
    "created_by",
    "kind",
    "record_id",
    "field",
    "old",
    "new",
)


def _sealed(key: bytes, entry: Mapping[str, Any]) -> str:
    """The id of an entry that says this."""
    made_at = entry["created_at"]
    said = ["history", moment_to_wire(made_at), *(entry.get(name) for name in _SEALED)]
    seal = hmac.digest(key, msgspec.json.encode(said, order="deterministic"), hashlib.sha256)
    return sealed_id(made_at, seal)
