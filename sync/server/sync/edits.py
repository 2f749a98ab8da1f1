"""The edits of one record, in the form in which the server compares them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sync.merge import Merged
from sync.server.records.fields import checked
from sync.server.records.workspace import Row
from sync.server.sync.told_records import ToldRecords
from sync.wire import Create, Edit, Result, Single
from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import Step, Synced, Visit, VisitStatus
from visitapp.records.codec import encoders


def effective(merged: Merged, python: Mapping[str, Any]) -> dict[str, Any]:
    """The fields the change would alter, kept or aside; `deleted` may clash without being sent."""
    fields = [*merged.accepted, *(clash.field for clash in merged.clashes)]
    return {field: python[field] for field in fields if field in python}


def require_base(base: int, next_revision: int) -> None:
    """Refuse an edit on top of a revision that the server had not given out yet."""
    if not 0 <= base < next_revision:
        raise Refused(
            Code.BAD_VALUE,
            message("This change builds on a revision that the server has not reached."),
        )


def normal(
    kind: type[Synced], edits: Mapping[str, Edit], python: Mapping[str, Any]
) -> dict[str, Edit]:
    """The edits with dates and moments written as the server writes them, so that they compare."""
    normal = dict(edits)
    for field, encode in encoders(kind).items():
        if field in edits and python[field] is not None:
            edit = edits[field]
            old = _as_written(kind, field, edit.old, encode)
            normal[field] = Edit(base=edit.base, old=old, new=encode(python[field]))
    return normal


def _as_written(kind: type[Synced], field: str, old: Any, encode: Callable[[Any], Any]) -> Any:
    """A date or moment as the server writes it; what is none stays, and equals nothing."""
    try:
        return None if old is None else encode(checked(kind, {field: old})[field])
    except Refused:
        return old


def signed_off_by(change: Single) -> str | None:
    """The id of the visit that a change signs off, whatever a device sent as such."""
    if change.kind != Step.__tablename__ or not isinstance(change, Create):
        return None
    step = change.values
    signs = (step.get("kind"), step.get("after")) == (Visit.__tablename__, VisitStatus.SIGNED_OFF)
    visit_id = step.get("record_id")
    return visit_id if signs and isinstance(visit_id, str) else None


def merged_result(row: Row, merged: Merged, told: ToldRecords | None) -> Result:
    """The result of an edit. `told`: None where the sender is given nothing of the record."""
    status = "conflict" if merged.clashes else "merged" if merged.others else "accepted"
    record = told.record(row) if told and status != "accepted" else None
    return Result(status=status, revision=row.revision, record=record)
