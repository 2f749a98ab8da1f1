"""Facts about a kind of record that are read off its declared columns."""

from __future__ import annotations

from collections import defaultdict

from visitapp.records.base import Synced
from visitapp.records.codec import columns, once

_NO_FIELDS: frozenset[str] = frozenset()


def fields_with(kind: type[Synced], mark: str) -> frozenset[str]:
    """The fields whose column has a mark in its `info` (`records.base`)."""
    return _by_mark(kind).get(mark, _NO_FIELDS)


@once
def _by_mark(kind: type[Synced]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for name, column in columns(kind).items():
        for mark, value in column.info.items():
            if value:
                found[str(mark)].add(name)
    return {mark: frozenset(names) for mark, names in found.items()}


@once
def derived_fields(kind: type[Synced]) -> frozenset[str]:
    """The fields that the server works out: no device sends them."""
    life = kind.__kind__.lifecycle
    by_steps = life.derived.fields if life and life.derived else _NO_FIELDS
    return fields_with(kind, "derived") | by_steps


@once
def sent_fields(kind: type[Synced]) -> frozenset[str]:
    """The fields that a device may send."""
    return frozenset(columns(kind).keys() - derived_fields(kind))


@once
def judged_fields(kind: type[Synced]) -> frozenset[str]:
    """The fields of a new record that decide whether a user may make it: references, users,
    choices, the tombstone and the texts that its rule reads. Records that differ in nothing else
    are judged once."""
    references = {name for name, column in columns(kind).items() if column.foreign_keys}
    marked = fields_with(kind, "user") | fields_with(kind, "choices")
    judged = references | marked | kind.__kind__.judged | {"deleted"}
    return frozenset(judged - derived_fields(kind))
