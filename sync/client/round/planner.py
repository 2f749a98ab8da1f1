"""What goes into a batch, and in which order. Pure.

Parents go before children, and steps after what they rest on: the server rates a visit again when
it is signed off, by the answers that it has.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from sync.wire import Change, Create, Edit, Update
from visitapp.records import KINDS
from visitapp.records.declared import derived_fields
from visitapp.storage.outbox import created_on

Fields = dict[str, dict[str, Any]]
"""`{field: {"old": wire value, "base": revision}}`, as the outbox keeps it."""


class Waiting(Struct, frozen=True, kw_only=True):
    """One outbox row with the record as it is now. `values` are the wire values not null."""

    sequence: int
    kind: str
    record_id: str
    created: bool
    fields: Fields
    at: str
    values: Mapping[str, Any]


def change_of(waiting: Waiting) -> Change | None:
    """The message for one row; None when the record was put back to what it was."""
    if waiting.created:
        left_out = derived_fields(KINDS[waiting.kind])
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
