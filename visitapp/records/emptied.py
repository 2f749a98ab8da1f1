"""What is left of a record that a retention period removed: its place, its days and its states."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import JSON, Column

from visitapp.records.base import Synced
from visitapp.records.codec import columns, once
from visitapp.records.declared import parents, scope_fields
from visitapp.rules.retention.classes import STAYS

_MADE = frozenset({"created_at", "created_by", "deleted"})


@once
def emptied(kind: type[Synced]) -> dict[str, Any]:
    """The fields that are emptied, each with what it then holds: each text, each JSON value, and
    whatever may be null. What it belongs to stays, as do its days and states where one must be."""
    stays = {*_MADE, *scope_fields(kind).values(), *parents(kind)}
    stays |= STAYS.get(str(kind.__tablename__), frozenset())
    found = {}
    for name, column in columns(kind).items():
        if name not in stays and (column.nullable or _holds_content(column)):
            found[name] = _empty(column)
    return found


def _holds_content(column: Column[Any]) -> bool:
    return isinstance(column.type, JSON) or column.info.get("holds") == "text"


def _empty(column: Column[Any]) -> Any:
    if column.nullable:
        return None
    if not isinstance(column.type, JSON):
        return ""
    return cast(Any, column.default).arg(None)
