"""Whole records as JSON values and back, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from visitapp.records import Synced
from visitapp.records.codec import columns, field_from_wire, field_to_wire

Wire = dict[str, Any]


def to_wire(record: Synced) -> Wire:
    """Every travelling field of a record that has a value (a missing one is null)."""
    kind = type(record)
    return {
        name: field_to_wire(kind, name, value)
        for name in columns(kind)
        if (value := getattr(record, name)) is not None
    }


def from_wire(kind: type[Synced], values: Mapping[str, Any]) -> Wire:
    """The Python values of wire fields. Raises KeyError on an unknown field, ValueError on a bad
    value."""
    known = columns(kind)
    unknown = [name for name in values if name not in known]
    if unknown:
        raise KeyError(unknown[0])
    return {name: field_from_wire(kind, name, value) for name, value in values.items()}
