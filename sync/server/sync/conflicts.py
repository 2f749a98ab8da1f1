"""Keeping a clash as a conflict record, so that no value is lost and a person can settle it."""

from __future__ import annotations

from datetime import datetime

from sync.merge import Clash, Stamp
from sync.server.records.workspace import Row, Workspace
from visitapp.records import Conflict, ConflictStatus
from visitapp.records.codec import field_from_wire, moment_from_wire
from visitapp.records.declared import trail_of
from visitapp.records.ids import conflict_id


def keep_clash(
    workspace: Workspace,
    row: Row,
    clash: Clash,
    *,
    other: tuple[str, datetime, str],
    stamp: Stamp,
    step_id: str | None = None,
) -> Row:
    """Make the conflict over one field, or bring it up to date.

    other: who gave the value that is set aside, when, and on which device. stamp: revision, user
    and moment of the conflict record itself. A device that clashes twice with the same server
    value has one conflict: its later value replaces its own earlier one, and a settled conflict
    opens again. Another device's clash is another conflict, and so is every step that is set aside.
    """
    user_id, at, device_id = other
    kind = str(row.kind.__tablename__)
    id_ = conflict_id(kind, row.id, step_id or clash.field, clash.server[0], device_id)
    conflict = workspace.get("conflict", id_)
    aside = {"other_value": clash.other_value, "other_by": user_id, "other_at": at}
    if conflict is not None:
        again = {
            **aside,
            "status": ConflictStatus.OPEN.value,
            "kept": None,
            "settled_by": None,
            "settled_at": None,
        }
        if any(conflict.values[name] != value for name, value in again.items()):
            conflict.change(again, stamp)
        return conflict
    values = {
        "created_at": moment_from_wire(stamp[2]),
        "created_by": user_id,
        "deleted": False,
        **trail_of(row.kind, row.belongs_to),
        "kind": kind,
        "record_id": row.id,
        "field": clash.field,
        "base_value": clash.base_value,
        "server_value": clash.server_value,
        "server_by": clash.server[1] or None,
        "server_at": field_from_wire(Conflict, "server_at", clash.server[2] or None),
        **aside,
        "other_device": device_id,
        "step_id": step_id,
        "status": ConflictStatus.OPEN.value,
        "kept": None,
        "settled_by": None,
        "settled_at": None,
    }
    return workspace.add(Conflict, id_, values, stamp)
