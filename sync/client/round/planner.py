"""What goes into a batch, and in which order. Pure.

Parents go before children. A visit is signed off after its answers and actions have travelled,
because the server rates it again: its `SIGN_OFF_FIELDS` make an outbox row of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from sync.wire import Change, Create, Edit, Update
from visitapp.records import KINDS, SIGN_OFF_FIELDS, VisitStatus
from visitapp.records.declared import derived_fields
from visitapp.storage.outbox import created_on

_SIGN_OFF = "visit sign-off"
_AFTER = "evidence"
PHASES: tuple[str, ...] = tuple(
    part for kind in KINDS for part in ((kind, _SIGN_OFF) if kind == _AFTER else (kind,))
)
"""What goes first, second and so on: kinds of records, and the sign-offs of visits. Within one, new
records in groups go first."""

_PLACES = {name: place for place, name in enumerate(PHASES)}

Fields = dict[str, dict[str, Any]]
"""`{field: {"old": wire value, "base": revision}}`, as the outbox keeps it."""


class Waiting(Struct, frozen=True, kw_only=True):
    """One outbox row with the record as it is now. `values` are the wire values not null;
    `parted`: another row carries the sign-off of this visit."""

    sequence: int
    kind: str
    record_id: str
    created: bool
    fields: Fields
    at: str
    values: Mapping[str, Any]
    parted: bool = False


def phase(kind: str, created: bool, fields: Mapping[str, Any]) -> int:
    """The place in `PHASES` of an outbox row; rows of one phase go in their own order."""
    if kind == "visit" and not created and fields and fields.keys() <= SIGN_OFF_FIELDS:
        return _PLACES[_SIGN_OFF]
    return _PLACES[kind]


def sign_off_part(waiting: Waiting) -> Fields:
    """The fields of a visit's row that must travel later; empty when the row can go as it is."""
    if waiting.kind != "visit":
        return {}
    if waiting.created:
        if waiting.parted or waiting.values.get("status") == VisitStatus.DRAFT:
            return {}
        base = created_on(waiting.fields)
        return {
            field: {"old": VisitStatus.DRAFT if field == "status" else None, "base": base}
            for field in sorted(SIGN_OFF_FIELDS & waiting.values.keys())
        }
    later = {field: mark for field, mark in waiting.fields.items() if field in SIGN_OFF_FIELDS}
    return later if len(later) < len(waiting.fields) else {}


def change_of(waiting: Waiting) -> Change | None:
    """The message for one row; None when the record was put back to what it was."""
    if waiting.created:
        left_out = SIGN_OFF_FIELDS if waiting.kind == "visit" else frozenset()
        left_out |= derived_fields(KINDS[waiting.kind])
        return Create(
            kind=waiting.kind,
            id=waiting.record_id,
            at=waiting.at,
            values={n: v for n, v in waiting.values.items() if n not in left_out},
            base=created_on(waiting.fields),
        )
    edits = {
        field: Edit(base=mark["base"], old=mark["old"], new=waiting.values.get(field))
        for field, mark in waiting.fields.items()
        if mark["old"] != waiting.values.get(field)
    }
    if not edits:
        return None
    return Update(kind=waiting.kind, id=waiting.record_id, at=waiting.at, edits=edits)
