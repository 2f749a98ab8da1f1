"""The tables of a new SQLite database, which the revisions make once a run.

Each test opens databases of its own, and all the revisions take a second for each. The first
database of a process is made by them; the next ones get the same tables by the same statements that
the first one kept. PostgreSQL's, those of older programs and those of other revisions go the whole
way every time.
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
    made: list[str] = []

    def upgrade(connection: Connection, migrations: Migrations) -> None:
        is_new = not inspect(connection).get_table_names()
        if connection.dialect.name != "sqlite" or migrations is not SHIPPED or not is_new:
            whole_way(connection, migrations)
        elif not made:
            whole_way(connection, migrations)
            made.extend(connection.exec_driver_sql(_KEPT).scalars())
        else:
            for statement in made:
                connection.exec_driver_sql(statement)
            connection.exec_driver_sql(_AT, (migrations.head,))

    schema._upgrade = upgrade
