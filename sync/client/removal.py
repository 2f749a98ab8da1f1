"""Taking settings off a device that left its scope, and asking before much goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sqlalchemy import ColumnElement, Connection, Table, delete, func, select

from sync.client.rows import chunks
from visitapp.errors import Code, Refused
from visitapp.records import KINDS, Outbox
from visitapp.rules.access import GLOBAL_KINDS

SHARE = 10
"""One in how many records may go without asking."""

ALWAYS = 50
"""So many may go in any case."""

Agree = Callable[[int, int], bool]
"""Asked with how many records would go and how many there are; true lets them go."""


def ready_to_go(connection: Connection, leaving: Iterable[str]) -> list[str]:
    """The settings of `leaving` for which nothing waits to be sent, refused changes included."""
    waiting = set(connection.execute(select(Outbox.setting_id).distinct()).scalars())
    return sorted(id_ for id_ in leaving if id_ not in waiting)


def count_all(connection: Connection) -> int:
    """How many records the device has."""
    return sum(
        connection.execute(select(func.count()).select_from(kind.__table__)).scalar_one()
        for kind in KINDS.values()
    )


def count_of(connection: Connection, settings: Iterable[str]) -> int:
    """How many records belong to these settings."""
    return sum(
        connection.execute(select(func.count()).select_from(table).where(mine)).scalar_one()
        for table, mine in _tables(list(settings))
    )


def remove(connection: Connection, settings: Iterable[str]) -> None:
    """Remove every record of these settings, children first."""
    for table, mine in _tables(list(settings)):
        connection.execute(delete(table).where(mine))


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


def _tables(settings: list[str]) -> list[tuple[Table, ColumnElement[bool]]]:
    found = []
    for name, kind in reversed(KINDS.items()):
        if name not in GLOBAL_KINDS:
            table = kind.__table__
            column = table.c.id if name == "setting" else table.c.setting_id
            found += [(table, column.in_(some)) for some in chunks(settings)]
    return found  # type: ignore[return-value]
