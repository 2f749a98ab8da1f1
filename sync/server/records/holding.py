"""Who holds a setting, and who stopped holding it by a change that the server took itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from sync.server.records.workspace import Row, Workspace
from visitapp.records import Contract, Setting, Visit
from visitapp.rules.access import Holding


class HandOver(Struct, frozen=True, kw_only=True):
    """Who stopped holding a setting, a contract or a visit: users, and the team where it changed.

    The audit log keeps it (`AuditEvent.HANDED_OVER`), with the server's moment.
    """

    kind: str
    record_id: str
    officers: list[str]
    team: str | None = None


def holding_of(workspace: Workspace, setting: Mapping[str, Any]) -> Holding:
    """Who holds a setting with these values."""
    contract = workspace.get("contract", setting.get("contract_id"))
    return Holding(
        officer_id=setting.get("officer_id"),
        team=setting.get("team") or "",
        contract_officer_id=contract.values["officer_id"] if contract else None,
    )


def hand_overs(workspace: Workspace, row: Row, changed: Mapping[str, Any]) -> list[HandOver]:
    """Who stops holding a record when these fields of it change; empty when nobody does."""
    after = {**row.values, **changed}
    if row.kind in (Contract, Visit):
        officer = row.values["officer_id"]
        if officer in (None, after["officer_id"]):
            return []
        kind = str(row.kind.__tablename__)
        return [HandOver(kind=kind, record_id=row.id, officers=[officer])]
    if row.kind is not Setting:
        return []
    left = setting_left(row.id, holding_of(workspace, row.values), holding_of(workspace, after))
    return [left] if left.officers or left.team is not None else []


def setting_left(setting_id: str, before: Holding, after: Holding) -> HandOver:
    """Who held a setting before and does not any more."""
    now = {after.officer_id, after.contract_officer_id}
    held = (before.officer_id, before.contract_officer_id)
    return HandOver(
        kind="setting",
        record_id=setting_id,
        officers=sorted({one for one in held if one is not None and one not in now}),
        team=before.team if before.team != after.team else None,
    )
