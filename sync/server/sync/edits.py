"""The edits of one record, in the form in which the server compares them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import msgspec

from sync.merge import Merged
from sync.server.records.fields import checked
from sync.server.records.values import require_moment
from sync.server.records.workspace import Row
from sync.wire import Change, Create, Creates, Edit, Result, Single
from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import Step, Synced, Visit, VisitStatus
from visitapp.records.codec import encoders, moment_from_wire, moment_to_wire


def effective(merged: Merged, python: Mapping[str, Any]) -> dict[str, Any]:
    """The fields the change would alter, kept or aside; `deleted` may clash without being sent."""
    fields = [*merged.accepted, *(clash.field for clash in merged.clashes)]
    return {field: python[field] for field in fields if field in python}


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


def merged_result(row: Row, merged: Merged, shown: bool) -> Result:
    status = "conflict" if merged.clashes else "merged" if merged.others else "accepted"
    record = row.wire() if shown and status != "accepted" else None
    return Result(status=status, revision=row.revision, record=record)


def singly(changes: Iterable[Change]) -> Iterator[Change]:
    """The same changes with each record by itself, but for groups whose columns do not fit."""
    for change in changes:
        if not isinstance(change, Creates):
            yield change
            continue
        try:
            yield from list(change.each())
        except (ValueError, msgspec.MsgspecError):
            yield change


def moment_of(change: Single) -> str:
    """When a change was made, as the server writes it. Raises Refused BAD_VALUE unless it is a
    moment of a clock."""
    try:
        moment = moment_from_wire(change.at)
    except ValueError:
        raise Refused(
            Code.BAD_VALUE, message("A change must say when it was made, in UTC.")
        ) from None
    require_moment(moment)
    return moment_to_wire(moment)
