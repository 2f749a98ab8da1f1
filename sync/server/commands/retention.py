"""The command that removes records at the end of their retention period, and what holds it off."""

from __future__ import annotations

import click
import msgspec

from sync.server.commands.shared import DATABASE, JSON, Commands, given_by, say
from sync.server.operations.nightly import HELD_FOR, LEASE, lease
from sync.server.operations.open_database import open_initialised
from sync.server.retention.legal_holds import ServerHolds
from sync.server.retention.run import DueLine, RetentionRun
from visitapp.language import plural, translate
from visitapp.records import KINDS
from visitapp.rules.retention.holds import HoldSubject
from visitapp.storage.database import utc_now
from visitapp.terminal.help import Command
from visitapp.vocabulary import kind_word


@click.command(cls=Command)
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
    said = (
        plural("To be removed: {n} record.", "To be removed: {n} records.", total)
        if dry_run
        else plural("Removed: {n} record.", "Removed: {n} records.", total)
    )
    say(said)


def _counted(line: DueLine) -> str:
    return ", ".join(f"{kind_word(KINDS[kind])}: {n}" for kind, n in line.records.items())


@click.group("legal-holds", cls=Commands)
def legal_holds() -> None:
    """Legal holds, which keep records whatever their retention period."""


@legal_holds.command("list")
@JSON
@DATABASE
def list_holds(as_json: bool, url: str) -> None:
    """List the holds that stand: ID, what is held, its name or code, and the reason."""
    with open_initialised(url) as database:
        found = ServerHolds(database).listed()
    for one in found:
        if as_json:
            click.echo(msgspec.json.encode(one).decode())
        else:
            say(one.id, one.subject, one.named, one.reason)


@legal_holds.command("set")
@click.argument("subject", type=click.Choice([one.value for one in HoldSubject]))
@click.argument("named", metavar="ID|CODE")
@click.option("--reason", required=True, help="Why the records are kept.")
@DATABASE
@given_by
def set_hold(subject: str, named: str, reason: str, url: str, by: str) -> None:
    """Keep the records of a setting, provider or contract, by its ID, or of a person, by their
    code. Every device that sees holds receives it."""
    with open_initialised(url) as database:
        hold = ServerHolds(database, by=by).set(subject, named, reason)
    say(translate("The legal hold {hold} is set.", hold=hold))


@legal_holds.command("lift")
@click.argument("hold_id")
@click.option("--reason", required=True, help="Why the hold ends.")
@DATABASE
@given_by
def lift_hold(hold_id: str, reason: str, url: str, by: str) -> None:
    """End a hold. The next retention run removes the records whose period is over."""
    with open_initialised(url) as database:
        ServerHolds(database, by=by).lift(hold_id, reason)
    say(translate("The legal hold is lifted."))
