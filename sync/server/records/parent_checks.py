"""What the server checks of the records that a record belongs to: they are there, at the same
setting, and not frozen or ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sync.server.records.workspace import Row, Workspace
from sync.server.retention.removed import require_there
from sync.server.sync.refusals import (
    ended,
    ended_before,
    frozen_answers,
    missing_parent,
    other_setting,
)
from visitapp.records import FROZEN, KINDS, Synced
from visitapp.records.codec import columns
from visitapp.records.declared import fields_with, parents
from visitapp.rules.kinds import AfterEnd


def require_parents(workspace: Workspace, kind: type[Synced], values: Mapping[str, Any]) -> None:
    """Each parent that the values name is on the server. Raises NotFound, Refused."""
    for field, parent in parents(kind).items():
        wanted = values.get(field)
        row = workspace.get(parent, wanted)
        if wanted is not None and row is None:
            raise missing_parent(kind, parent)
        if row is not None:
            require_there(row)


def require_one_setting(
    workspace: Workspace, kind: type[Synced], values: Mapping[str, Any]
) -> None:
    """The parents that must be are at the record's own setting. Raises Refused."""
    for field in fields_with(kind, "same_setting"):
        name = parents(kind)[field]
        parent = workspace.get(name, values.get(field))
        if parent is not None and parent.setting_id != values["setting_id"]:
            raise other_setting(KINDS[name])


def require_open_visits(
    workspace: Workspace, kind: type[Synced], *versions: Mapping[str, Any]
) -> None:
    """The visits that freeze such a record are open, in each version of its values. Raises
    Refused."""
    for field in fields_with(kind, "freezes"):
        for values in versions:
            visit = workspace.get("visit", values.get(field))
            if visit is not None and visit.values["status"] in FROZEN:
                raise frozen_answers()


def require_not_ended(
    workspace: Workspace,
    kind: type[Synced],
    values: Mapping[str, Any],
    changed: Mapping[str, Any],
) -> None:
    """The parents allow such a record, or this change of it, though they may have ended
    (`AfterEnd`). `values`: as they would be. Raises Refused."""
    for field in fields_with(kind, "after_end"):
        parent = workspace.get(parents(kind)[field], values.get(field))
        if parent is None or not _has_ended(parent):
            continue
        rule, last = columns(kind)[field].info["after_end"], parent.values["ended_on"]
        if rule is AfterEnd.REFUSED:
            raise ended(parent.kind)
        told = [changed[name] for name in fields_with(kind, "past") & changed.keys()]
        if rule is AfterEnd.UNTIL_THEN and any(day > last for day in told if day and last):
            raise ended_before(parent.kind, last)


def _has_ended(parent: Row) -> bool:
    life = parent.kind.__kind__.lifecycle
    return life is not None and parent.values["status"] in life.ends
