"""Taking off a device what left its scope or is hidden from its user's role, and asking before much
goes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    and_,
    delete,
    func,
    literal,
    null,
    or_,
    select,
    true,
)

from sync.client.evidence.ledger import settings_with_unsent
from sync.client.round.position import Position
from sync.client.round.role_change import drop_hidden, holds_hidden
from sync.client.round.rows import among, listed
from sync.scope import PEOPLE, people_of
from sync.tables import table_of
from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import KINDS, AffectedPerson, Outbox
from visitapp.records.declared import ROOTS, is_trail, scope_fields

SHARE = 10
"""One in how many records may go without asking."""

ALWAYS = 50
"""So many may go in any case."""

_PERSON = str(AffectedPerson.__tablename__)

Agree = Callable[[int, int], bool]
"""Asked with how many records would go and how many there are; true lets them go."""


def let_go(connection: Connection, position: Position, agree: Agree | None) -> int:
    """Remove what left the scope and what the user's role does not see, once nothing of theirs
    waits to be sent. How many records went.

    Raises Refused MASS_REMOVAL (`require_agreement`); then the transaction must be given up.
    """
    # A device that hides nothing more sends its next batches ahead (decision 49).
    position.hiding = position.hiding and holds_hidden(connection, position.role)
    going = _let_go(connection, position, agree) if position.hiding or position.leaving else 0
    position.save(connection)
    return going


def _let_go(connection: Connection, position: Position, agree: Agree | None) -> int:
    waiting = waiting_scopes(connection)
    hidden = drop_hidden(connection, position.role, waiting) if position.hiding else 0
    settings = ready_to_go(connection, position.leaving)
    going = hidden + count_of(connection, settings)
    if going > ALWAYS:
        require_agreement(going, hidden + count_all(connection), agree)
    remove(connection, settings)
    position.leaving -= set(settings)
    position.hiding = position.hiding and bool(waiting)
    return going


def ready_to_go(connection: Connection, leaving: Iterable[str]) -> list[str]:
    """The settings, providers and contracts of `leaving` for which nothing waits to be sent,
    refused changes included, and no photo or document either. One to which a record refers that
    stays does not go."""
    going = set(leaving)
    if not going:
        return []
    going -= waiting_scopes(connection)
    references = [row for found in _references() for row in connection.execute(found)]
    while True:
        kept = {id_ for belongs_to, id_ in references if belongs_to not in going} & going
        if not kept:
            return sorted(going)
        going -= kept


def waiting_scopes(connection: Connection) -> set[str | None]:
    """What the changes that wait to be sent belong to, refused ones included, and the settings of
    photos and documents that wait; the list of people of a setting too, where a change of that
    waits; None for a change of the council's records."""
    waiting = set(connection.execute(select(Outbox.setting_id).distinct()).scalars())
    people = select(Outbox.setting_id).where(Outbox.kind == _PERSON).distinct()
    lists = {people_of(id_) for id_ in connection.execute(people).scalars() if id_}
    return waiting | lists | settings_with_unsent(connection)


def lists_gone(connection: Connection, scope: Iterable[str]) -> set[str]:
    """The lists of people that are here and that a new scope does not name."""
    settings = connection.execute(select(AffectedPerson.setting_id).distinct()).scalars()
    return {people_of(id_) for id_ in settings} - set(scope)


def _references() -> list[Select[Any]]:
    """Which providers and contracts are referred to, and by what: the id that the referring record
    belongs to, and that of the provider or contract."""
    found: list[Select[Any]] = []
    for kind in KINDS.values():
        table, scopes = table_of(kind), scope_fields(kind).values()
        for column in table.columns:
            parents = {key.column.table.name for key in column.foreign_keys}
            if parents & _KEPT_BY_REFERENCE and column.name not in scopes:
                belongs_to = func.coalesce(null(), null(), *(table.c[name] for name in scopes))
                found.append(select(belongs_to, column).where(column.is_not(None)).distinct())
    return found


_KEPT_BY_REFERENCE = ROOTS.keys() - {"setting"}


def count_all(connection: Connection) -> int:
    """How many records the device has."""
    tables = [table_of(kind) for kind in KINDS.values()]
    return sum(_count(connection, select(func.count()).select_from(t)) for t in tables)


def count_of(connection: Connection, settings: Collection[str]) -> int:
    """How many records belong to these settings."""
    if not settings:
        return 0
    given = listed(settings)
    counted = (select(func.count()).select_from(t).where(mine) for t, mine in _by_scope())
    return sum(connection.execute(one, given).scalar_one() for one in counted)


def remove(connection: Connection, settings: Collection[str]) -> None:
    """Remove every record of these settings, children first."""
    given = listed(settings)
    for table, mine in _by_scope() if settings else ():
        connection.execute(delete(table).where(mine), given)


def require_agreement(going: int, total: int, agree: Agree | None) -> None:
    """Raise Refused MASS_REMOVAL when more than a tenth would go and nobody agrees to it."""
    if going <= ALWAYS or going * SHARE <= total:
        return
    if agree is None or not agree(going, total):
        raise Refused(
            Code.MASS_REMOVAL,
            message(
                "The server would remove {going} of the {total} records on this device. "
                "They are still here.",
                going=going,
                total=total,
            ),
            message("Check with your team lead before you agree."),
        )


def _count(connection: Connection, counted: Select[int]) -> int:
    return connection.execute(counted).scalar_one()


def _by_scope() -> list[tuple[Table, ColumnElement[bool]]]:
    """The tables of what has a scope, children first, each with the condition that a record belongs
    to one of the listed."""
    found: list[tuple[Table, ColumnElement[bool]]] = []
    for kind in reversed(KINDS.values()):
        table = table_of(kind)
        mine = [among(table.c[field]) for field in scope_fields(kind).values()]
        if kind is AffectedPerson or is_trail(kind):
            listed_there = among(literal(PEOPLE).concat(table.c.setting_id))
            about = true() if kind is AffectedPerson else table.c.kind == _PERSON
            mine.append(and_(about, listed_there))
        if mine:
            found.append((table, or_(*mine)))
    return found
