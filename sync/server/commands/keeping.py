"""Commands that make a server's database, bring it up to date and keep it."""

from __future__ import annotations

from pathlib import Path

import click

from sync.server.commands.shared import DATABASE, EVIDENCE_KEY, given_by
from sync.server.evidence.key import default_file, key_of
from sync.server.evidence.retention import KEPT_FOR, EvidenceTidying
from sync.server.operations.admin import Admin
from sync.server.operations.backup import write_backup
from sync.server.operations.nightly import run_nightly
from sync.server.operations.open_database import create, is_postgresql, missing, open_initialised
from sync.server.operations.restore import restore
from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records.codec import moment_to_wire
from visitapp.storage.database import migrate_server, utc_now
from visitapp.storage.migrations import SHIPPED

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@EVIDENCE_KEY
@DATABASE
@given_by
def init(evidence_key: Path | None, url: str, by: str) -> None:
    """Make the tables, the server's identity and the evidence key. Doing it twice changes nothing.

    Keep a copy of the key apart from the backups: without it no photo can be read again.
    """
    with create(url) as database:
        key_of(database, evidence_key or default_file(url), make=True)
        click.echo(f"The server {Admin(database, by=by).initialise()} is ready.")


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
            message(
                "Nothing was changed. First make a backup, with pg_dump or with the backup "
                "command of the version you are upgrading from."
            ),
            message("Then run this again with --backed-up."),
        )
    found = migrate_server(url)
    if found is None:
        raise missing()
    if found == SHIPPED.head:
        click.echo(f"The database is up to date, at revision {found}.")
    else:
        click.echo(f"The database went from revision {found} to {SHIPPED.head}.")


@click.command()
@click.option("--out", type=_FILE, required=True, help="The file to write; it must be new.")
@DATABASE
@given_by
def backup(out: Path, url: str, by: str) -> None:
    """Write everything the server keeps to one compressed file. The server may be running.

    The evidence key is not in it: keep a copy of that elsewhere.
    """
    with open_initialised(url) as database:
        header = write_backup(database, out, utc_now, by)
    rows = sum(header.counts.values())
    click.echo(f"{out} holds {rows} rows up to revision {header.revision}.")
    click.echo(f"Audit head: {header.audit_number} {header.audit_hash}")


@click.command("restore")
@click.argument("file", type=_FILE)
@DATABASE
@given_by
def restore_backup(file: Path, url: str, by: str) -> None:
    """Put a server back from a backup, into an empty database of either kind.

    The whole file is checked before anything is touched. Devices that had already seen later
    changes are told so at their next sync; see docs/server.md.
    """
    header = restore(file, url, by=by)
    rows = sum(header.counts.values())
    click.echo(f"The server {header.server_id} is back, with {rows} rows.")
    click.echo(f"It stands where it was at {moment_to_wire(header.made_at)}.")


@click.command()
@DATABASE
@given_by
def tidy(url: str, by: str) -> None:
    """Delete photos and documents that no record has named for 30 days. The server may be running.

    Run it every day: the days count from the first run that finds one unnamed.
    """
    with open_initialised(url) as database:
        done = EvidenceTidying(database, by=by).run()
    click.echo(f"Photos and documents deleted: {done.deleted} ({done.size} bytes).")
    click.echo(f"Named by no record, kept until {KEPT_FOR.days} days are over: {done.waiting}.")


@click.command()
@DATABASE
def nightly(url: str) -> None:
    """Do the daily work of the server, which may be running. A second run at once does nothing.

    Run it every day. Only here does time change who sees what.
    """
    with open_initialised(url) as database:
        for line in run_nightly(database, utc_now):
            click.echo(line)
