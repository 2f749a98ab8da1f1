"""Pages of what changed up to a revision, whole enough for a device's foreign keys.

Both readers run in one snapshot (`Database.viewing`), or in a transaction that holds the revisions,
so a page, its parents and the counter agree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
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

from sync.columns import as_array, fields_of
from sync.server.records.scope import bound, within
from sync.server.records.workspace import chunks
from sync.tables import table_of
from sync.wire import Group, Page
from visitapp.records import KINDS
from visitapp.records.codec import columns
from visitapp.records.declared import ROOTS, parents
from visitapp.rules.access import Actor
from visitapp.rules.kinds import Scope

PAGE = 16_000
"""Records in a page, not counting parents that had to come along."""

PAGE_BYTES = 16 * 1024 * 1024
"""Characters of the texts in a page, not counting such parents; a single record may be longer."""

LARGEST = 64 * 1024 * 1024
"""Bytes of a page with all its parents, but for one of a single record. A reply has at most two
pages, and a device takes 256 MB (the client's `Patience`)."""

_UNMEASURED = 32
"""Revisions that are few enough not to ask how long their texts are; all of their records fit."""

_SHORT_FIELDS = 500  # bytes that the fields of limited length of a record are taken for

_GROWS = 4
"""How many times as far each part of the looking for a page's end reaches."""

_IDS = msgspec.json.Decoder(list[str])
_REVISIONS = msgspec.json.Decoder(list[int])
_IDS_OR_NULL = msgspec.json.Decoder(list[str | None])

_Found = defaultdict[str, list[Group]]
"""By kind, the records found so far."""


class Span(Struct, frozen=True):
    """Which revisions: above `after`, up to `upto`, and not those that the asking device has just
    been given for its own changes (`own_first` to `own_last`)."""

    after: int
    upto: int
    own_first: int = 0
    own_last: int = -1


def read_page(connection: Connection, actor: Actor, span: Span, limit: int = PAGE) -> Page:
    """What changed in the actor's scope. `upto` is the counter as this snapshot sees it."""
    return _Reader(connection, actor, "scope").page(span, limit)


def read_catch_up(
    connection: Connection, actor: Actor, settings: Sequence[str] | None, span: Span, limit: int
) -> Page:
    """The records of settings that joined the scope, as far as it has them; None: of everything."""
    which = "whole" if settings is None else "joined"
    return _Reader(connection, actor, which, settings or ()).page(span, limit)


_COME_ALONG = ROOTS.keys() - {"setting"}


class _TooLargeError(Exception):
    pass


class _Reader:
    """One reading of pages for one actor. `which` is `scope`, `joined` or `whole`."""

    def __init__(
        self, connection: Connection, actor: Actor, which: str, settings: Sequence[str] = ()
    ) -> None:
        self._connection = connection
        self._dialect = connection.dialect.name
        self._role = actor.role
        self._kinds = tuple(
            name
            for name, kind in KINDS.items()
            if kind.__kind__.seen_by(actor.role)
            and (which != "joined" or Scope.COUNCIL not in kind.__kind__.scope)
        )
        self._which = which
        self._room: int | None = None
        self._bound = bound(actor) | ({"joined": settings} if which == "joined" else {})

    def page(self, span: Span, limit: int) -> Page:
        """The next page; a shorter one when its parents would make it too large."""
        while True:
            self._room = LARGEST if limit > 1 else None
            try:
                return self._page(span, limit)
            except _TooLargeError:
                limit = max(1, limit // 8)

    def _page(self, span: Span, limit: int) -> Page:
        if span.after >= span.upto:
            return Page(groups=[], cursor=span.after)
        given = {**self._bound, "after": span.after, "upto": span.upto}
        given |= {"own_first": span.own_first, "own_last": span.own_last}
        kinds, upto = self._reach(span, limit, given)
        more = upto < span.upto
        found: _Found = defaultdict(list)
        for kind in kinds:
            statement = _rows(self._role, self._which, kind, self._dialect)
            self._read(found, kind, statement, {**given, "upto": upto})
        self._add_parents(found, upto, all_of_them=more or self._which != "scope")
        groups = [group for kind in KINDS for group in found[kind]]
        return Page(groups=groups, cursor=upto, more=more)

    def _reach(self, span: Span, limit: int, given: dict[str, Any]) -> tuple[set[str], int]:
        """The kinds of a page's records, as far as can be told cheaply, and its last revision."""
        changed = self._connection.execute(_changed_kinds(self._kinds), given).scalars().all()
        if not changed or span.upto - span.after <= min(limit, _UNMEASURED):
            return set(changed), span.upto
        # In parts that grow: a database whose statistics are old would sort all that is left.
        statement = _positions(self._role, self._which, tuple(changed))
        kinds: set[str] = set()
        reached, part, room, size = span.after, limit, limit, 0
        while room and reached < span.upto:
            upto = min(reached + part, span.upto)
            among = given | {"after": reached, "upto": upto, "most": room + 1}
            found = self._connection.execute(statement, among).all()
            fitting = 0
            for kind, _, length in found[:room]:
                size += length
                if size > PAGE_BYTES and kinds:
                    break
                kinds.add(kind)
                fitting += 1
            if fitting < len(found):
                return kinds, found[fitting - 1].revision if fitting else reached
            room -= fitting
            reached, part = upto, part * _GROWS
        return kinds, reached

    def _read(
        self, found: _Found, kind: str, statement: Select[Any], given: dict[str, Any]
    ) -> None:
        """Add the records of a kind that a statement selects to those found already."""
        ids, revisions, *arrays = self._connection.execute(statement, given).one()
        if self._room is not None:
            self._room -= sum(len(array) for array in arrays if array is not None)
            if self._room < 0:
                raise _TooLargeError
        if ids is not None:
            found[kind].append(
                Group(
                    kind=kind,
                    ids=_IDS.decode(ids),
                    revisions=_REVISIONS.decode(revisions),
                    fields=fields_of(_shown(kind, self._role), arrays),
                )
            )

    def _add_parents(self, found: _Found, upto: int, *, all_of_them: bool) -> None:
        """Bring along each parent that changed again after this page: no child comes first.

        Providers and contracts come in any case: one that a setting was just given may not be on
        the device yet."""
        for name in reversed(KINDS):
            missing: dict[str, set[str]] = defaultdict(set)
            for field, parent in parents(KINDS[name]).items():
                if not all_of_them and parent not in _COME_ALONG:
                    continue
                for group in found[name]:
                    if field in group.fields:
                        missing[parent].update(
                            filter(None, _IDS_OR_NULL.decode(group.fields[field]))
                        )
            for parent, ids in missing.items():
                ids.difference_update(*(group.ids for group in found[parent]))
                for part in chunks(sorted(ids)):
                    statement = _later(parent, self._role, self._dialect)
                    self._read(found, parent, statement, {"ids": part, "upto": upto})


@lru_cache(maxsize=64)
def _positions(role: str, which: str, kinds: tuple[str, ...]) -> Select[str, int, int]:
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
def _changed_kinds(kinds: tuple[str, ...]) -> TextClause:
    """The kinds of which anything changed, in whatever scope, in their order.

    As text: SQLAlchemy looks through a whole statement at each execution, and this one grows with
    each kind; with 65 of them that took 3 ms of every round."""
    parts: list[Select[str]] = [
        select(literal_column(f"'{name}'")).where(exists().where(_span(name))) for name in kinds
    ]
    return text(str(union_all(*parts)))


@cache
def _rows(role: str, which: str, name: str, dialect: str) -> Select[Any]:
    return _whole(name, role, dialect).where(_condition(role, which, name))


@cache
def _later(name: str, role: str, dialect: str) -> Select[Any]:
    table = table_of(KINDS[name])
    wanted = _whole(name, role, dialect).where(table.c.id.in_(bindparam("ids", expanding=True)))
    if name in _COME_ALONG:
        return wanted
    return wanted.where(table.c.revision > bindparam("upto"))


def _whole(name: str, role: str, dialect: str) -> Select[Any]:
    """Of records of a kind, each as a JSON array: id, revision and the fields that a role sees."""
    columns = table_of(KINDS[name]).c
    shown = ("id", "revision", *_shown(name, role))
    return select(*(as_array(columns[field], dialect) for field in shown))


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
def _shown(name: str, role: str) -> tuple[str, ...]:
    """The fields that a role sees; not the references to kinds that it does not, which would point
    at nothing there."""
    hidden = {
        field
        for field, parent in parents(KINDS[name]).items()
        if not KINDS[parent].__kind__.seen_by(role)
    }
    return tuple(field for field in columns(KINDS[name]) if field not in hidden)
