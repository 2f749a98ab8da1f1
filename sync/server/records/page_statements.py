"""The statements that read pages, made once for each role."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Integer,
    Select,
    Text,
    TextClause,
    bindparam,
    cast,
    exists,
    func,
    literal,
    literal_column,
    select,
    text,
    union_all,
)

from sync.columns import as_array
from sync.server.records.scope import within
from sync.tables import table_of
from visitapp.records import KINDS
from visitapp.records.codec import columns
from visitapp.records.declared import ROOTS, parents

COME_ALONG = ROOTS.keys() - {"setting"}
"""Kinds of parents that come with a record in any case."""

_SHORT_FIELDS = 500  # bytes that the fields of limited length of a record are taken for


@lru_cache(maxsize=64)
def positions(role: str, which: str, kinds: tuple[str, ...]) -> Select[str, int, int]:
    """The kinds, revisions and lengths of the next `most` records, in order."""
    parts = []
    for name in kinds:
        table = table_of(KINDS[name])
        first = (
            select(literal(name).label("kind"), table.c.revision, _length(name).label("length"))
            .where(_condition(role, which, name))
            .order_by(table.c.revision)
            .limit(bindparam("most"))
            .subquery()
        )
        parts.append(select(first.c.kind, first.c.revision, first.c.length))
    merged = union_all(*parts).subquery()
    return (
        select(merged.c.kind, merged.c.revision, merged.c.length)
        .order_by(merged.c.revision)
        .limit(bindparam("most"))
    )


def _length(name: str) -> ColumnElement[int]:
    """About how long a record is: the characters of its fields of any length, and the rest."""
    length: ColumnElement[int] = literal_column(str(_SHORT_FIELDS), Integer)
    for column in columns(KINDS[name]).values():
        if isinstance(column.type, (Text, JSON)):
            words = cast(column, Text) if isinstance(column.type, JSON) else column
            length = length + func.coalesce(func.length(words), literal_column("0"))
    return length


@cache
def changed_kinds(kinds: tuple[str, ...]) -> TextClause:
    """The kinds of which anything changed, in whatever scope, in their order.

    As text: SQLAlchemy looks through a whole statement at each execution, and this one grows with
    each kind; with 65 of them that took 3 ms of every round."""
    parts: list[Select[str]] = [
        select(literal_column(f"'{name}'")).where(exists().where(_span(name))) for name in kinds
    ]
    return text(str(union_all(*parts)))


@cache
def rows(role: str, which: str, name: str, dialect: str) -> Select[Any]:
    return _whole(name, role, dialect).where(_condition(role, which, name))


@cache
def later(name: str, role: str, dialect: str) -> Select[Any]:
    table = table_of(KINDS[name])
    wanted = _whole(name, role, dialect).where(table.c.id.in_(bindparam("ids", expanding=True)))
    if name in COME_ALONG:
        return wanted
    return wanted.where(table.c.revision > bindparam("upto"))


def _whole(name: str, role: str, dialect: str) -> Select[Any]:
    """Of records of a kind, each as a JSON array: id, revision and the fields that a role sees."""
    columns = table_of(KINDS[name]).c
    names = ("id", "revision", *shown(name, role))
    return select(*(as_array(columns[field], dialect) for field in names))


def _condition(role: str, which: str, name: str) -> ColumnElement[bool]:
    return _span(name) & within(KINDS[name], role, which == "joined")


def _span(name: str) -> ColumnElement[bool]:
    """Whether a record of a kind changed within the page's span."""
    revision = table_of(KINDS[name]).c.revision
    span = (revision > bindparam("after")) & (revision <= bindparam("upto"))
    if name == "conflict":
        return span
    # A device knows its own changes from their results; the conflicts they met are news to it.
    return span & ~revision.between(bindparam("own_first"), bindparam("own_last"))


@cache
def shown(name: str, role: str) -> tuple[str, ...]:
    """The fields that a role sees; not the references to kinds that it does not, which would point
    at nothing there."""
    hidden = {
        field
        for field, parent in parents(KINDS[name]).items()
        if not KINDS[parent].__kind__.seen_by(role)
    }
    return tuple(field for field in columns(KINDS[name]) if field not in hidden)
