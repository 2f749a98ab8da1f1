"""Which revision a database is at, and bringing it to the program's own."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from visitapp.errors import Code, EnvironmentProblem
from visitapp.language import message
from visitapp.storage.engines import rebuilding
from visitapp.storage.migrations import Migrations
from visitapp.storage.private import private_file

_MIGRATION_LOCK = 0x76697369
"""The PostgreSQL advisory lock that one migrating process holds ("visi")."""


def revision(connection: Connection, migrations: Migrations) -> str | None:
    """The revision of a database; None when it holds nothing yet.

    Raises EnvironmentProblem DATABASE_NEWER when `migrations` do not know the revision, and
    DATABASE_DAMAGED when the tables are not ours. Writes nothing.
    """
    tables = inspect(connection).get_table_names()
    if not tables:
        return None
    found = None
    if "alembic_version" in tables:
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if found is None:
        raise EnvironmentProblem(
            Code.DATABASE_DAMAGED,
            message(
                "This database was not made by Visitapp, or is incomplete. It was not changed."
            ),
            message("Choose another data folder, or restore the database from a backup."),
        )
    if found not in migrations.revisions:
        raise EnvironmentProblem(
            Code.DATABASE_NEWER,
            message("This data was last used by a newer version of Visitapp. It was not changed."),
            message("Install the newest version of Visitapp on this computer."),
        )
    return str(found)


def require_current(connection: Connection, migrations: Migrations) -> None:
    """Raise EnvironmentProblem DATABASE_OLDER when the tables are behind the program, or as
    `revision` does. Writes nothing."""
    if revision(connection, migrations) != migrations.head:
        raise EnvironmentProblem(
            Code.DATABASE_OLDER,
            message("This database was made by an older version of Visitapp. It was not changed."),
            message("Back it up, then run visitapp-server migrate."),
        )


def migrate(engine: Engine, migrations: Migrations, database: Path | None) -> None:
    """Bring a database to the newest revision in one transaction; do nothing when it is there.

    engine: of either kind, new databases included. database: the file of a SQLite one, which is
    first copied to FILE.before-REVISION, encrypted as it is; None of PostgreSQL. Raises
    EnvironmentProblem as `revision` and `rebuilding` do.
    """
    with engine.connect() as connection:
        found = revision(connection, migrations)
    if found == migrations.head:
        return
    if found is not None and database is not None:
        copy_database(engine, database.with_name(f"{database.name}.before-{migrations.head}"))
    with rebuilding(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:id)"), {"id": _MIGRATION_LOCK})
        if revision(connection, migrations) != migrations.head:
            _upgrade(connection, migrations)


def copy_database(engine: Engine, to: Path) -> None:
    """Copy a SQLite database as it stands now, whole and encrypted with the same key, to `to`."""
    unfinished = to.with_name(to.name + ".part")
    unfinished.unlink(missing_ok=True)
    private_file(unfinished)
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("VACUUM INTO ?", (str(unfinished),))
    finally:
        connection.close()
    unfinished.replace(to)


def _upgrade(connection: Connection, migrations: Migrations) -> None:
    # Alembic is imported here because it takes longer to import than a start may last.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", migrations.location)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
