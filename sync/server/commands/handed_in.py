"""Commands on what revoked devices handed in."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from sync.server.commands.shared import DATABASE, EVIDENCE_KEY, JSON, Commands, given_by, say
from sync.server.evidence.key import default_file, key_of
from sync.server.hand_in.inbox import HandedInFiles, Listed, listed
from sync.server.operations.open_database import open_initialised
from visitapp.language import translate
from visitapp.records.codec import moment_to_wire

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group("handed-in", cls=Commands)
def handed_in() -> None:
    """The unsent work that revoked devices handed in before they erased their data."""


@handed_in.command("list")
@JSON
@DATABASE
def list_handed_in(as_json: bool, url: str) -> None:
    """List hand-ins, one on each line: id, user, when completed, changes, photos, bytes, device."""
    with open_initialised(url) as database:
        for one in listed(database):
            if as_json:
                click.echo(msgspec.json.encode(one))
            else:
                say(*_cells(one))


@handed_in.command("export")
@click.argument("hand_in_id", metavar="ID")
@click.option("--out", type=_FILE, required=True, help="The file to write. It must not exist.")
@click.option("--show-passphrase", is_flag=True, help="Also print the passphrase of the file.")
@EVIDENCE_KEY
@DATABASE
@given_by
def export(
    hand_in_id: str, out: Path, show_passphrase: bool, evidence_key: Path | None, url: str, by: str
) -> None:
    """Save the rescue file of a hand-in, for visitapp rescue --load. This is recorded in the audit
    log.

    Anyone with the file and its passphrase can read the work, so send them separately.
    """
    with open_initialised(url) as database:
        key = key_of(database, evidence_key or default_file(url))
        passphrase = HandedInFiles(database, key, by=by).export(hand_in_id, out)
    say(translate("The file is {file}. Load it with visitapp rescue --load.", file=out))
    if show_passphrase:
        say(translate("Passphrase: {passphrase}", passphrase=passphrase))


@handed_in.command("forget")
@click.argument("hand_in_id", metavar="ID")
@EVIDENCE_KEY
@DATABASE
@given_by
def forget(hand_in_id: str, evidence_key: Path | None, url: str, by: str) -> None:
    """Delete a hand-in permanently, once its work has been recovered."""
    with open_initialised(url) as database:
        key = key_of(database, evidence_key or default_file(url))
        HandedInFiles(database, key, by=by).forget(hand_in_id)
    say(translate("The hand-in {hand_in} is deleted.", hand_in=hand_in_id))


def _cells(one: Listed) -> tuple[str, ...]:
    ended = translate("under way") if one.ended_at is None else moment_to_wire(one.ended_at)
    figures = (str(one.changes), str(one.photos), str(one.size))
    return one.id, one.user, ended, *figures, one.device
