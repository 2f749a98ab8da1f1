"""What another role of its user changes on a device: who they are, and what it may keep."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    delete,
    false,
    or_,
    select,
    true,
    update,
)

from sync.client.round.rows import among, listed
from sync.client.round.states import read_states
from sync.scope import hidden_kinds
from sync.tables import table_of
from visitapp.records import KINDS, Synced, User
from visitapp.records.declared import ROOTS, is_trail, parents, scope_fields


def keep_role(connection: Connection, role: str) -> None:
    """Write the user's role into their own record, which not every role receives in a page."""
    mine = User.id == read_states(connection).get("user_id")
    connection.execute(update(User).where(mine, User.role != role).values(role=role))


def drop_hidden(connection: Connection, role: str, waiting: Set[str | None]) -> int:
    """Remove the records of which a role sees nothing, and what refers to them elsewhere; not those
    of `waiting`. How many went. Settings, providers and contracts leave with the scope instead."""
    hidden, given = hidden_kinds(role), listed(waiting - {None})
    for name, kind in KINDS.items():
        for field in (f for f, parent in parents(kind).items() if parent in hidden):
            if name not in hidden:
                column = table_of(kind).c[field]
                free = _belongs_to_none(kind, waiting)
                cut = update(table_of(kind)).where(column.is_not(None), free)
                connection.execute(cut.values({field: None}), given)
    gone = 0
    for name, kind in reversed(KINDS.items()):
        table = table_of(kind)
        if name in hidden and name not in ROOTS:
            dropped = delete(table).where(_belongs_to_none(kind, waiting))
            if kind is User:
                dropped = dropped.where(table.c.id != read_states(connection).get("user_id"))
            gone += connection.execute(dropped, given).rowcount
        elif is_trail(kind):
            unseen = and_(_belongs_to_none(kind, waiting), table.c.kind.in_(hidden))
            gone += connection.execute(delete(table).where(unseen), given).rowcount
    return gone


def holds_hidden(connection: Connection, role: str) -> bool:
    """Whether a record of which a role sees nothing, or what refers to one, is still here."""
    hidden = hidden_kinds(role)
    found: list[Select[Any]] = []
    for name, kind in KINDS.items():
        table = table_of(kind)
        if name in hidden and name not in ROOTS and kind is not User:
            found.append(select(table.c.id))
            continue
        if is_trail(kind):
            found.append(select(table.c.id).where(table.c.kind.in_(hidden)))
        referring = (f for f, parent in parents(kind).items() if parent in hidden)
        found += [select(table.c.id).where(table.c[field].is_not(None)) for field in referring]
    return any(connection.execute(one.limit(1)).first() for one in found)


def _belongs_to_none(kind: type[Synced], waiting: Set[str | None]) -> ColumnElement[bool]:
    """The condition that a record belongs to none of those bound as `among`; what belongs to the
    council stays while anything waits."""
    columns = [table_of(kind).c[field] for field in scope_fields(kind).values()]
    if not columns:
        return false() if waiting else true()
    return and_(*(or_(column.is_(None), ~among(column)) for column in columns))
