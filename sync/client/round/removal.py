"""Taking settings off a device that left its scope, and asking before much goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sqlalchemy import ColumnElement, Connection, Select, Table, delete, func, select

from sync.client.evidence.ledger import settings_with_unsent
from sync.client.round.rows import among, listed
from sync.tables import table_of
from visitapp.errors import Code, Refused
from visitapp.records import KINDS, Outbox

SHARE = 10
"""One in how many records may go without asking."""

ALWAYS = 50
"""So many may go in any case."""

Agree = Callable[[int, int], bool]
"""Asked with how many records would go and how many there are; true lets them go."""


def ready_to_go(connection: Connection, leaving: Iterable[str]) -> list[str]:
    """The settings of `leaving` for which nothing waits to be sent, refused changes included, and
    no photo or document either."""
    waiting = set(connection.execute(select(Outbox.setting_id).distinct()).scalars())
    waiting |= settings_with_unsent(connection)
    return sorted(id_ for id_ in leaving if id_ not in waiting)


def count_all(connection: Connection) -> int:
    """How many records the device has."""
    tables = [table_of(kind) for kind in KINDS.values()]
    return sum(_count(connection, select(func.count()).select_from(t)) for t in tables)


def count_of(connection: Connection, settings: Iterable[str]) -> int:
    """How many records belong to these settings."""
    given = listed(settings)
    counted = (select(func.count()).select_from(t).where(mine) for t, mine in _of_settings())
    return sum(connection.execute(one, given).scalar_one() for one in counted)


def remove(connection: Connection, settings: Iterable[str]) -> None:
    """Remove every record of these settings, children first."""
    given = listed(settings)
    for table, mine in _of_settings():
        connection.execute(delete(table).where(mine), given)


def require_agreement(going: int, total: int, agree: Agree | None) -> None:
    """Raise Refused MASS_REMOVAL when more than a tenth would go and nobody agrees to it."""
    if going <= ALWAYS or going * SHARE <= total:
        return
    if agree is None or not agree(going, total):
        raise Refused(
            Code.MASS_REMOVAL,
            f"The server would remove {going} of the {total} records on this device. "
            "They are still here.",
            "Check with your team lead before you agree to it.",
        )


def _count(connection: Connection, counted: Select[int]) -> int:
    return connection.execute(counted).scalar_one()


def _of_settings() -> list[tuple[Table, ColumnElement[bool]]]:
    """The tables of what belongs to a setting, children first, each with the condition that a
    record is of one of the settings listed."""
    found: list[tuple[Table, ColumnElement[bool]]] = []
    for name, kind in reversed(KINDS.items()):
        if kind.__kind__.by_setting:
            table = table_of(kind)
            found.append((table, among(table.c.id if name == "setting" else table.c.setting_id)))
    return found
