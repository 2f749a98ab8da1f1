"""Commands that make a server's database and bring it up to date."""

from __future__ import annotations

from pathlib import Path

import click

from sync.server.admin import Admin
from sync.server.commands.shared import DATABASE, EVIDENCE_KEY
from sync.server.evidence_key import default_file, key_of
from sync.server.opening import create, is_postgresql, missing
from visitapp.errors import Code, Refused
from visitapp.storage.database import migrate_server
from visitapp.storage.migrations import SHIPPED


@click.command()
@EVIDENCE_KEY
@DATABASE
def init(evidence_key: Path | None, url: str) -> None:
    """Make the tables, the server's identity and the evidence key. Doing it twice changes nothing.

    Keep a copy of the key apart from the backups: without it no photo can be read again.
    """
    with create(url) as database:
        key_of(database, evidence_key or default_file(url), make=True)
        click.echo(f"The server {Admin(database).initialise()} is ready.")


@click.command()
@click.option(
    "--backed-up", is_flag=True, help="Say that there is a copy of a PostgreSQL database."
)
@DATABASE
def migrate(backed_up: bool, url: str) -> None:
    """Bring the database of an older version up to date, in one transaction.

    Stop every server first. A SQLite file is copied by itself; of PostgreSQL make a backup first.
    """
    if is_postgresql(url) and not backed_up:
        raise Refused(
            Code.NOT_ALLOWED,
            "Nothing was changed. Make a copy first, with pg_dump or with the backup command of "
            "the version that ran until now.",
            "Then run this again with --backed-up.",
        )
    found = migrate_server(url)
    if found is None:
        raise missing()
    if found == SHIPPED.head:
        click.echo(f"The database is up to date, at revision {found}.")
    else:
        click.echo(f"The database went from revision {found} to {SHIPPED.head}.")
