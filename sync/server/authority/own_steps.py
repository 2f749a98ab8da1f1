"""Steps that the server takes by itself, with nobody behind them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sync.server.operations.local_changes import SERVER
from sync.server.records.fields import completed
from sync.server.records.revisions import Revisions
from sync.server.records.workspace import Row, Workspace
from visitapp.records import Step, new_id
from visitapp.records.changes.steps import derived_after, taken
from visitapp.records.codec import field_to_wire, moment_to_wire
from visitapp.records.declared import trail_of


def take_own_step(
    workspace: Workspace,
    revisions: Revisions,
    target: Row,
    after: str,
    *,
    at: datetime,
    reason: str,
    fields: Mapping[str, Any] | None = None,
) -> None:
    """Bring a record to the state `after`, with these fields, and keep the step. `reason`: in the
    server's language, for whoever reads the steps."""
    values: dict[str, Any] = {
        **trail_of(target.kind, target.belongs_to),
        "created_at": at,
        "created_by": SERVER,
        "deleted": False,
        "kind": str(target.kind.__tablename__),
        "record_id": target.id,
        "before": target.values["status"],
        "after": after,
        "day": at.date(),
        "reason": reason,
        "fields": dict(fields or {}),
    }
    made = completed(Step, values)
    derived = derived_after(target.kind, target.values, taken(target.kind, made))
    changed = {name: new for name, new in derived.items() if target.values[name] != new}
    made["was"] = {name: field_to_wire(target.kind, name, target.values[name]) for name in changed}
    made["accepted"] = True
    moment = moment_to_wire(at)
    workspace.add(Step, new_id(), made, [revisions.take(), SERVER, moment])
    target.change(changed, [revisions.take(), SERVER, moment])
