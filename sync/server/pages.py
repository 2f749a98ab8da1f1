"""Pages of what changed, in revision order, whole enough for a device's foreign keys.

Both readers run in one snapshot (see `snapshot`), so a page, its parents and the counter agree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from msgspec import Struct
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    between,
    bindparam,
    literal,
    not_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session

from sync.server.fields import parents
from sync.server.scope import bound, within
from sync.server.workspace import chunks
from sync.tables import table_of
from sync.wire import Page, Record
from visitapp.records import KINDS, Synced
from visitapp.records.codec import columns, encoders
from visitapp.rules.access import GLOBAL_KINDS, Actor, sees_kind

PAGE = 4000
"""Records in a page, not counting parents that had to come along."""


class Span(Struct, frozen=True):
    """Which revisions: above `after`, up to `upto`, and not those that the asking device has just
    been given for its own changes (`own_first` to `own_last`)."""

    after: int
    upto: int
    own_first: int = 0
    own_last: int = -1


def snapshot(session: Session) -> Connection:
    """The session's connection, all of whose reads see one state of the database."""
    if session.get_bind().dialect.name != "postgresql":
        return session.connection()
    return session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def read_page(connection: Connection, actor: Actor, span: Span, limit: int = PAGE) -> Page:
    """What changed in the actor's scope. `upto` is the counter as this snapshot sees it."""
    return _Reader(connection, actor, "scope").page(span, limit)


def read_catch_up(
    connection: Connection, actor: Actor, settings: Sequence[str], span: Span, limit: int = PAGE
) -> Page:
    """The records of settings that joined the scope; those that are not in it give nothing."""
    return _Reader(connection, actor, "joined", settings).page(span, limit)


class _Reader:
    """One reading of pages for one actor. `which` is `scope` or `joined`."""

    def __init__(
        self, connection: Connection, actor: Actor, which: str, settings: Sequence[str] = ()
    ) -> None:
        self._connection = connection
        self._role = actor.role
        self._kinds = tuple(
            name
            for name in KINDS
            if sees_kind(actor, name) and (which == "scope" or name not in GLOBAL_KINDS)
        )
        self._which = which
        self._bound = bound(actor) | ({"joined": settings} if which == "joined" else {})

    def page(self, span: Span, limit: int) -> Page:
        if span.after >= span.upto:
            return Page(records=[], cursor=span.after)
        given = {**self._bound, "after": span.after, "upto": span.upto}
        given |= {"own_first": span.own_first, "own_last": span.own_last}
        found = self._connection.execute(
            _positions(self._role, self._which, self._kinds), {**given, "most": limit + 1}
        ).all()
        more = len(found) > limit
        upto = found[limit - 1].revision if more else span.upto
        records: dict[str, dict[str, Record]] = defaultdict(dict)
        for kind in {kind for kind, revision in found if revision <= upto}:
            rows = self._connection.execute(
                _rows(self._role, self._which, kind), {**given, "upto": upto}
            )
            records[kind].update((r.id, r) for r in _records(kind, self._role, rows))
        if more or self._which == "joined":
            self._add_parents(records, upto)
        ordered = sorted(
            (r for of_kind in records.values() for r in of_kind.values()), key=lambda r: r.revision
        )
        return Page(records=ordered, cursor=upto, more=more)

    def _add_parents(self, records: dict[str, dict[str, Record]], upto: int) -> None:
        """Bring along each parent that changed again after this page: no child comes first."""
        for name in reversed(KINDS):
            missing: dict[str, set[str]] = defaultdict(set)
            for record in records[name].values():
                for field, parent in parents(KINDS[name]).items():
                    id_ = record.values.get(field)
                    if id_ is not None and id_ not in records[parent]:
                        missing[parent].add(id_)
            for parent, ids in missing.items():
                for part in chunks(sorted(ids)):
                    rows = self._connection.execute(_later(parent), {"ids": part, "upto": upto})
                    records[parent].update((r.id, r) for r in _records(parent, self._role, rows))


@cache
def _positions(role: str, which: str, kinds: tuple[str, ...]) -> Select[str, int]:
    """The kinds and revisions of the next `most` records, in order."""
    parts = []
    for name in kinds:
        table = table_of(KINDS[name])
        first = (
            select(literal(name).label("kind"), table.c.revision)
            .where(_condition(role, which, name))
            .order_by(table.c.revision)
            .limit(bindparam("most"))
            .subquery()
        )
        parts.append(select(first.c.kind, first.c.revision))
    merged = union_all(*parts).subquery()
    return (
        select(merged.c.kind, merged.c.revision)
        .order_by(merged.c.revision)
        .limit(bindparam("most"))
    )


@cache
def _rows(role: str, which: str, name: str) -> Select[Any]:
    return _whole(KINDS[name]).where(_condition(role, which, name))


@cache
def _later(name: str) -> Select[Any]:
    kind = KINDS[name]
    table = table_of(kind)
    return _whole(kind).where(
        table.c.id.in_(bindparam("ids", expanding=True)), table.c.revision > bindparam("upto")
    )


def _whole(kind: type[Synced]) -> Select[Any]:
    return select(table_of(kind).c.id, table_of(kind).c.revision, *columns(kind).values())


def _condition(role: str, which: str, name: str) -> ColumnElement[bool]:
    table = table_of(KINDS[name])
    revision = table.c.revision
    span = and_(revision > bindparam("after"), revision <= bindparam("upto"))
    if name != "conflict":
        # A device knows its own changes from their results; the conflicts they met are news to it.
        span = and_(span, not_(between(revision, bindparam("own_first"), bindparam("own_last"))))
    if name in GLOBAL_KINDS:
        return span
    setting = table.c.id if name == "setting" else table.c.setting_id
    joined = setting.in_(bindparam("joined", expanding=True)) if which == "joined" else true()
    return and_(span, joined, within(setting, role))


def _records(name: str, role: str, rows: Iterable[Any]) -> Iterator[Record]:
    kind = KINDS[name]
    encode = encoders(kind)
    hidden = _hidden(name, role)
    fields = [(field, encode.get(field)) for field in columns(kind)]
    for id_, revision, *values in rows:
        sent = {
            field: value if as_wire is None else as_wire(value)
            for (field, as_wire), value in zip(fields, values, strict=True)
            if value is not None and field not in hidden
        }
        yield Record(name, id_, revision, sent)


@cache
def _hidden(name: str, role: str) -> frozenset[str]:
    """The references to kinds that the role does not see: they would point at nothing there."""
    seer = Actor("", role)
    return frozenset(f for f, parent in parents(KINDS[name]).items() if not sees_kind(seer, parent))
