"""The tables of a new SQLite database, which the revisions make once a run.

Each test opens databases of its own, and all the revisions take a second for each. The first
database of a process is made by them; the next ones get the same tables by the same statements that
the first one kept. One of an older program goes on from the nearest older one that was made.
PostgreSQL's and those of other revisions go the whole way every time.
"""

from __future__ import annotations

from sqlalchemy import Connection, inspect

from visitapp.storage import schema
from visitapp.storage.migrations import SHIPPED, Migrations

_KEPT = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
_AT = "INSERT INTO alembic_version (version_num) VALUES (?)"


def make_tables_once() -> None:
    """Let this process make them once."""
    whole_way = schema._upgrade
    made: dict[int, list[str]] = {}

    def upgrade(connection: Connection, migrations: Migrations) -> None:
        wanted = migrations.revisions
        is_new = not inspect(connection).get_table_names()
        shipped = wanted == SHIPPED.revisions[: len(wanted)]
        if connection.dialect.name != "sqlite" or not shipped or not is_new:
            whole_way(connection, migrations)
            return
        start = max((length for length in made if length <= len(wanted)), default=0)
        if start:
            for statement in made[start]:
                connection.exec_driver_sql(statement)
            connection.exec_driver_sql(_AT, (wanted[start - 1],))
        if start < len(wanted):
            whole_way(connection, migrations)
            made[len(wanted)] = list(connection.exec_driver_sql(_KEPT).scalars())

    schema._upgrade = upgrade
