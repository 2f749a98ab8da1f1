"""Commands that make a server's database, bring it up to date and keep it."""

from __future__ import annotations

from pathlib import Path

import click

from sync.server.commands.shared import DATABASE, EVIDENCE_KEY, given_by, say
from sync.server.evidence.key import default_file, key_of
from sync.server.evidence.retention import KEPT_FOR, EvidenceTidying
from sync.server.operations.admin import Admin
from sync.server.operations.backup import write_backup
from sync.server.operations.nightly import run_nightly
from sync.server.operations.open_database import create, is_postgresql, missing, open_initialised
from sync.server.operations.restore import restore
from visitapp.errors import Code, Refused
from visitapp.language import message, plural, translate
from visitapp.records.codec import moment_to_wire
from visitapp.storage.database import migrate_server, utc_now
from visitapp.storage.migrations import SHIPPED
from visitapp.terminal.help import Command

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command(cls=Command)
@EVIDENCE_KEY
@DATABASE
@given_by
def init(evidence_key: Path | None, url: str, by: str) -> None:
    """Create the tables, the server's identity and the evidence key. Running it twice changes
    nothing.

    Keep a copy of the key separate from the backups. Without the key, photos cannot be read.
    """
    with create(url) as database:
        key_of(database, evidence_key or default_file(url), make=True)
        server = Admin(database, by=by).initialise()
    say(translate("The server {server} is ready.", server=server))


@click.command(cls=Command)
@click.option(
    "--backed-up", is_flag=True, help="Confirm that you have a backup of a PostgreSQL database."
)
@DATABASE
def migrate(backed_up: bool, url: str) -> None:
    """Upgrade the database of an older version, in one transaction.

    Stop every server first. A SQLite file is copied automatically. For PostgreSQL, make a backup
    first.
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
        say(translate("The database is up to date, at revision {revision}.", revision=found))
    else:
        say(
            translate(
                "Upgraded the database from revision {found} to {newest}.",
                found=found,
                newest=SHIPPED.head,
            )
        )


@click.command(cls=Command)
@click.option("--out", type=_FILE, required=True, help="The file to write. It must not exist.")
@DATABASE
@given_by
def backup(out: Path, url: str, by: str) -> None:
    """Back up all data of the server to one compressed file. The server can be running.

    The evidence key is not included. Keep a copy of it elsewhere.
    """
    with open_initialised(url) as database:
        header = write_backup(database, out, utc_now, by)
    rows = sum(header.counts.values())
    say(
        plural(
            "Saved {n} row to {file}, up to revision {revision}.",
            "Saved {n} rows to {file}, up to revision {revision}.",
            rows,
            file=out,
            revision=header.revision,
        )
    )
    say(
        translate("Audit head: {number} {hash}", number=header.audit_number, hash=header.audit_hash)
    )


@click.command("restore", cls=Command)
@click.argument("file", type=_FILE)
@DATABASE
@given_by
def restore_backup(file: Path, url: str, by: str) -> None:
    """Restore a server from a backup, into an empty SQLite or PostgreSQL database.

    The whole file is checked before anything is changed. At their next sync, devices send again
    any later changes that they have; see docs/server.md.
    """
    header = restore(file, url, by=by)
    rows = sum(header.counts.values())
    say(
        plural(
            "Restored the server {server} with {n} row.",
            "Restored the server {server} with {n} rows.",
            rows,
            server=header.server_id,
        )
    )
    say(translate("Its data is from {moment}.", moment=moment_to_wire(header.made_at)))


@click.command(cls=Command)
@DATABASE
@given_by
def tidy(url: str, by: str) -> None:
    """Delete photos and documents that no record has named for 30 days. The server can be running.

    Run it every day. The 30 days start at the first run that finds no record naming them.
    """
    with open_initialised(url) as database:
        done = EvidenceTidying(database, by=by).run()
    say(
        translate(
            "Photos and documents deleted: {count} ({size} bytes).",
            count=done.deleted,
            size=done.size,
        )
    )
    say(
        translate(
            "No longer named by a record, kept for {days} days: {count}.",
            days=KEPT_FOR.days,
            count=done.waiting,
        )
    )


@click.command(cls=Command)
@DATABASE
def nightly(url: str) -> None:
    """Do the daily work of the server, which can be running. A second run at the same time does
    nothing.

    Run it every day. Changes that depend only on time, such as who sees a setting, happen only
    here.
    """
    with open_initialised(url) as database:
        for line in run_nightly(database, utc_now):
            say(line)
