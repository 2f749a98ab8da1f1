"""Facts about a kind of record that are read off its declared columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from visitapp.records.base import Synced
from visitapp.records.codec import columns, once
from visitapp.rules.kinds import Scope

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


ROOTS = {"setting": Scope.SETTING, "provider": Scope.PROVIDER, "contract": Scope.CONTRACT}
"""The kinds that others belong to, each with the scope that it makes."""

_SCOPE_FIELDS = {
    Scope.SETTING: "setting_id",
    Scope.PROVIDER: "provider_id",
    Scope.CONTRACT: "contract_id",
    Scope.PERSON: "user_id",
}


@once
def scope_fields(kind: type[Synced]) -> dict[Scope, str]:
    """The columns that say what a record belongs to, by scope: `id` for a root itself, nothing for
    what belongs to the council."""
    own = ROOTS.get(str(kind.__tablename__))
    return {
        scope: "id" if scope is own else field
        for scope, field in _SCOPE_FIELDS.items()
        if scope in kind.__kind__.scope
    }


def scope_of(record: Synced) -> str | None:
    """The id of the setting, provider, contract or person that a record belongs to; None for one
    of the council."""
    fields = scope_fields(type(record)).values()
    return next((id_ for field in fields if (id_ := getattr(record, field))), None)


def trail_of(kind: type[Synced], scope_id: Callable[[str], str | None]) -> dict[str, str | None]:
    """The scope columns of a history entry, a step or a conflict about a record, which `scope_id`
    reads the columns of."""
    about = {scope: scope_id(field) for scope, field in scope_fields(kind).items()}
    return {field: about.get(scope) for scope, field in _SCOPE_FIELDS.items()}


@once
def is_trail(kind: type[Synced]) -> bool:
    """Whether its records are about records of other kinds: history, steps and conflicts."""
    return columns(kind).keys() >= {"kind", "record_id"}


@once
def derived_fields(kind: type[Synced]) -> frozenset[str]:
    """The fields that the server works out: no device sends them."""
    life = kind.__kind__.lifecycle
    by_steps = life.derived.fields if life else _NO_FIELDS
    return fields_with(kind, "derived") | by_steps


@once
def sent_fields(kind: type[Synced]) -> frozenset[str]:
    """The fields that a device may send."""
    return frozenset(columns(kind).keys() - derived_fields(kind))


@once
def judged_fields(kind: type[Synced]) -> frozenset[str]:
    """The fields of a new record that decide whether a user may make it: references, users,
    choices, days that have come, the tombstone and the texts that its rule reads. Records that
    differ in nothing else are judged once."""
    references = {name for name, column in columns(kind).items() if column.foreign_keys}
    marked = fields_with(kind, "user") | fields_with(kind, "choices") | fields_with(kind, "past")
    always = {"deleted", "visit_id"} & columns(kind).keys()
    judged = references | marked | kind.__kind__.judged | always
    return frozenset(judged - derived_fields(kind))


@once
def parents(kind: type[Synced]) -> dict[str, str]:
    """The fields that refer to another record, and the kind they refer to."""
    return {
        name: str(next(iter(column.foreign_keys)).column.table.name)
        for name, column in columns(kind).items()
        if column.foreign_keys
    }
