"""The three-way merge of one record, by field, without clocks. Pure: values in, a decision out.

The server keeps for each field the revision that last changed it (a `Stamp`). A device says on top
of which revision it changed a field, and which value it replaced. A field is written only if nobody
else changed it since and the server still holds that value; otherwise the two clash. A device that
makes a batch again does not know whether the server took it before: an edit that replaces exactly
the value that its own user gave last is on top of it, whatever its base.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any

from msgspec import Struct

from sync.wire import Edit

Stamp = list[Any]
"""`[revision, user id, moment]` of a field's last change."""

Stamps = dict[str, Stamp]

CREATION = "*"
"""The stamp of every field that got a value when the record was made, and not changed since."""

NEVER: Stamp = [0, "", ""]
"""The stamp of a field that nobody gave a value yet."""


class Clash(Struct, frozen=True, kw_only=True):
    """A field that two people changed apart: the server's value stays, the other is set aside."""

    field: str
    base_value: Any
    server_value: Any
    server: Stamp
    other_value: Any


class Merged(Struct, frozen=True, kw_only=True):
    """What a merge decided. `accepted` are the fields to write; `others` says that somebody else
    changed the record since the device last saw it, so the device must be given the result."""

    accepted: dict[str, Any]
    clashes: list[Clash]
    others: bool


class Writer(Struct, frozen=True, kw_only=True):
    """Whose change it is, and the first revision of the batch it came in (its own earlier changes
    of the same batch are no one else's). `lost`: the revisions that the server went back to when it
    was put back from a copy. On top of one, a device may bring back a field whose earlier value it
    does not know; it then sends null. `saw`: the old values are those that the device replaced."""

    user_id: str
    own_since: int
    lost: Set[int] = frozenset()
    saw: bool = True


def put_aside(
    merged: Merged, server: Mapping[str, Any], stamps: Stamps, edits: Mapping[str, Edit]
) -> Merged:
    """The same with every accepted field as a clash: the writer may say what they would have
    written, and the holder of the record decides."""
    clashes = [
        _clash(field, edits[field], server.get(field), stamp_of(stamps, field, server.get(field)))
        for field in merged.accepted
    ]
    return Merged(accepted={}, clashes=[*merged.clashes, *clashes], others=True)


def stamp_of(stamps: Stamps, field: str, value: Any) -> Stamp:
    """The stamp of a field whose present value is `value`."""
    own = stamps.get(field)
    if own is not None:
        return own
    return NEVER if value is None else stamps.get(CREATION, NEVER)


def merge(
    server: Mapping[str, Any],
    stamps: Stamps,
    edits: Mapping[str, Edit],
    writer: Writer,
    first: Set[str] = frozenset(),
) -> Merged:
    """Merge a device's edits into the server's record.

    server: the wire values now, missing ones null. stamps: the record's stamps. edits: the wire
    edits. first: fields on which the server's version wins without a conflict.
    """
    accepted: dict[str, Any] = {}
    clashes: list[Clash] = []
    for field, edit in edits.items():
        value = server.get(field)
        stamp = stamp_of(stamps, field, value)
        if value == edit.new and type(value) is type(edit.new):
            continue
        free = not _came_between(stamp, edit.base, writer) and _replaces(edit, value, stamp, writer)
        if free or _is_own(edit, value, stamp, writer):
            accepted[field] = edit.new
        elif field not in first:
            clashes.append(_clash(field, edit, value, stamp))
    base = min((edit.base for edit in edits.values()), default=0)
    if not accepted.get("deleted", server.get("deleted")):
        return Merged(accepted=accepted, clashes=clashes, others=_others(stamps, base, writer))
    return _with_deletion(server, stamps, edits, writer, accepted, clashes)


def _with_deletion(
    server: Mapping[str, Any],
    stamps: Stamps,
    edits: Mapping[str, Edit],
    writer: Writer,
    accepted: dict[str, Any],
    clashes: list[Clash],
) -> Merged:
    """A deletion that met an edit of somebody else's, in either order, is a clash over `deleted`.

    The fields that were edited are still written: whoever brings the record back has them.
    """
    base = min(edit.base for edit in edits.values())
    if "deleted" in accepted:
        last = _last_of_others(stamps, writer)
        if last[0] > edits["deleted"].base:
            del accepted["deleted"]
            clashes.append(_clash("deleted", edits["deleted"], False, last))
    elif accepted and "deleted" not in edits:
        stamp = stamp_of(stamps, "deleted", True)
        if stamp[1] != writer.user_id and _came_between(stamp, base, writer):
            clashes.append(_clash("deleted", Edit(base=base, old=False, new=False), True, stamp))
    return Merged(accepted=accepted, clashes=clashes, others=_others(stamps, base, writer))


def _clash(field: str, edit: Edit, value: Any, stamp: Stamp) -> Clash:
    return Clash(
        field=field,
        base_value=edit.old,
        server_value=value,
        server=stamp,
        other_value=edit.new,
    )


def _came_between(stamp: Stamp, base: int, writer: Writer) -> bool:
    return bool(base < stamp[0] < writer.own_since)


def _replaces(edit: Edit, value: Any, stamp: Stamp, writer: Writer) -> bool:
    """Whether the server holds the value that the edit says it replaces, or one that nobody gave
    or the writer gave in this batch."""
    unknown = edit.base in writer.lost and edit.old is None
    given = 0 < stamp[0] < writer.own_since
    return not given or unknown or bool(edit.old == value)


def _is_own(edit: Edit, value: Any, stamp: Stamp, writer: Writer) -> bool:
    """Whether the writer gave the value that the edit replaces, and no one anything since."""
    same = edit.old == value and type(edit.old) is type(value)
    return writer.saw and stamp[1] == writer.user_id and same


def _others(stamps: Stamps, base: int, writer: Writer) -> bool:
    return any(_came_between(stamp, base, writer) for stamp in stamps.values())


def _last_of_others(stamps: Stamps, writer: Writer) -> Stamp:
    theirs = [stamp for stamp in stamps.values() if stamp[1] != writer.user_id]
    return max(theirs, key=lambda stamp: int(stamp[0]), default=NEVER)
