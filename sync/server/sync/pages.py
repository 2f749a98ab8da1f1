"""Pages of what changed up to a revision, whole enough for a device's foreign keys.

Both readers run in one snapshot (`Database.viewing`), or in a transaction that holds the revisions,
so a page, its parents and the counter agree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, Select

from sync.columns import fields_of
from sync.server.records.page_statements import (
    COME_ALONG,
    changed_kinds,
    later,
    positions,
    rows,
    shown,
)
from sync.server.records.restricted import taken_away
from sync.server.records.scope import bound
from sync.server.records.workspace import chunks
from sync.wire import Group, Page
from visitapp.records import KINDS
from visitapp.records.declared import parents
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


class _TooLargeError(Exception):
    pass


@cache
def _kinds_seen(role: str, *, joined: bool) -> tuple[str, ...]:
    """The kinds of which a role sees anything; joined: but those that are the council's."""
    return tuple(
        name
        for name, kind in KINDS.items()
        if kind.__kind__.seen_by(role) and not (joined and Scope.COUNCIL in kind.__kind__.scope)
    )


class _Reader:
    """One reading of pages for one actor. `which` is `scope`, `joined` or `whole`."""

    def __init__(
        self, connection: Connection, actor: Actor, which: str, settings: Sequence[str] = ()
    ) -> None:
        self._connection = connection
        self._dialect = connection.dialect.name
        self._actor, self._role = actor, actor.role
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
            statement = rows(self._role, self._which, kind, self._dialect)
            self._read(found, kind, statement, {**given, "upto": upto})
        self._add_parents(found, upto, all_of_them=more or self._which != "scope")
        groups = [group for kind in KINDS for group in found[kind]]
        few = upto - span.after <= _UNMEASURED and "step" not in kinds
        removed = [] if few else self._removed({**given, "upto": upto})
        return Page(groups=groups, cursor=upto, more=more, removed=removed)

    def _removed(self, given: dict[str, Any]) -> list[str]:
        """From cursor 0 a device has nothing that it could lose."""
        has_records = self._which == "scope" and given["after"] > 0
        return taken_away(self._connection, self._actor, given) if has_records else []

    def _reach(self, span: Span, limit: int, given: dict[str, Any]) -> tuple[set[str], int]:
        """The kinds of a page's records, as far as can be told cheaply, and its last revision."""
        kinds_seen = _kinds_seen(self._role, joined=self._which == "joined")
        changed = self._connection.execute(changed_kinds(kinds_seen), given).scalars().all()
        if not changed or span.upto - span.after <= min(limit, _UNMEASURED):
            return set(changed), span.upto
        # In parts that grow: a database whose statistics are old would sort all that is left.
        statement = positions(self._role, self._which, tuple(changed))
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
                    fields=fields_of(shown(kind, self._role), arrays),
                )
            )

    def _add_parents(self, found: _Found, upto: int, *, all_of_them: bool) -> None:
        """Bring along each parent that changed again after this page: no child comes first.

        Providers and contracts come in any case: one that a setting was just given may not be on
        the device yet."""
        for name in reversed(KINDS):
            missing: dict[str, set[str]] = defaultdict(set)
            for field, parent in parents(KINDS[name]).items():
                if not all_of_them and parent not in COME_ALONG:
                    continue
                for group in found[name]:
                    if field in group.fields:
                        missing[parent].update(
                            filter(None, _IDS_OR_NULL.decode(group.fields[field]))
                        )
            for parent, ids in missing.items():
                ids.difference_update(*(group.ids for group in found[parent]))
                for part in chunks(sorted(ids)):
                    statement = later(parent, self._role, self._dialect)
                    self._read(found, parent, statement, {"ids": part, "upto": upto})
