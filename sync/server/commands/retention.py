"""The command that removes records at the end of their retention period."""

from __future__ import annotations

import click
import msgspec

from sync.server.commands.shared import DATABASE, JSON, given_by, say
from sync.server.operations.nightly import HELD_FOR, LEASE, lease
from sync.server.operations.open_database import open_initialised
from sync.server.retention.run import DueLine, RetentionRun
from visitapp.records import KINDS
from visitapp.storage.database import utc_now
from visitapp.vocabulary import kind_word


@click.command()
@click.option("--dry-run", is_flag=True, help="Only list what would be removed.")
@JSON
@DATABASE
@given_by
def retain(dry_run: bool, as_json: bool, url: str, by: str) -> None:
    """Remove the records whose retention period is over, here and on every device.

    The policy in force gives the periods. Records under a legal hold stay. It cannot be undone:
    look at the list of --dry-run first. The server can be running, and a run that was broken off
    can be started again.
    """
    with open_initialised(url) as database:
        work = RetentionRun(database, by=by)
        if dry_run:
            lines = work.due()
        else:
            with lease(database, utc_now, LEASE, HELD_FOR):
                lines = work.run()
    if as_json:
        for line in lines:
            click.echo(msgspec.json.encode(line).decode())
        return
    for line in lines:
        say(line.sort, line.name or line.place, line.oldest.isoformat(), _counted(line))
    total = sum(sum(line.records.values()) for line in lines)
    click.echo(f"{'To be removed' if dry_run else 'Removed'}: {total} records.")


def _counted(line: DueLine) -> str:
    return ", ".join(f"{kind_word(KINDS[kind])}: {n}" for kind, n in line.records.items())
