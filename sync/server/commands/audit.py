"""Commands on the audit log."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click
import msgspec

from sync.server.audit.query import Head, Listed, listed, verify
from sync.server.commands.shared import DATABASE, JSON, Commands, say
from sync.server.operations.open_database import open_initialised
from visitapp.errors import BadFile, Code, Refused
from visitapp.given_files import read_given
from visitapp.language import message, plural
from visitapp.storage.whole_file import whole_file

_FILE = click.Path(dir_okay=False, path_type=Path)
_DAY = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"])


_LARGEST_HEAD = 10_000
"""Bytes of a file with the head of an audit log."""


@click.group(cls=Commands)
def audit() -> None:
    """The audit log: who saw and changed what. Any alteration can be detected."""


@audit.command("verify")
@click.option("--head", default=None, help="The hash of a head noted earlier.")
@click.option("--anchor", type=_FILE, help="A file that stores the head between checks.")
@DATABASE
def verify_chain(head: str | None, anchor: Path | None, url: str) -> None:
    """Check every entry and print the head. Keep the head where this server cannot write.

    A log that was truncated still appears intact. Only a head noted earlier reveals it: give its
    hash, or keep it in a file.
    """
    known = _kept(anchor) if anchor and anchor.exists() else head
    with open_initialised(url) as database, database.reading() as session:
        verdict = verify(session.connection(), known)
    if verdict.bad is not None:
        raise Refused(
            Code.AUDIT_BROKEN,
            message(
                "The audit log is broken at entry {entry}. {reason}",
                entry=verdict.bad,
                reason=verdict.why,
            ),
            message("Keep a copy of the database and tell the person responsible for it."),
        )
    if anchor is not None:
        _keep(anchor, verdict.head)
    say(
        plural(
            "{n} entry, whole. Head: {head}",
            "{n} entries, whole. Head: {head}",
            verdict.head.number,
            head=verdict.head.hash,
        )
    )


@audit.command("list")
@click.option("--user", help="Only entries of this user, by sign-in name.")
@click.option("--setting", help="Only entries about this setting, by its id.")
@click.option("--since", type=_DAY, help="Only entries from this day, or time in UTC, onwards.")
@JSON
@DATABASE
def list_entries(
    user: str | None, setting: str | None, since: datetime | None, as_json: bool, url: str
) -> None:
    """List entries, one on each line: number, time, user, event, device, request, detail."""
    moment = None if since is None else since.replace(tzinfo=UTC)
    with open_initialised(url) as database, database.reading() as session:
        for entry in listed(session.connection(), user, setting, moment):
            if as_json:
                click.echo(msgspec.json.encode(entry))
            else:
                say(*_cells(entry))


def _cells(entry: Listed) -> tuple[str, ...]:
    detail = msgspec.json.encode(entry.detail).decode()
    shown = (entry.at, entry.user or "-", entry.what, entry.device or "-", entry.request or "-")
    return str(entry.number), *shown, detail


def _kept(anchor: Path) -> Head:
    try:
        return msgspec.json.decode(read_given(anchor, _LARGEST_HEAD), type=Head)
    except (OSError, msgspec.MsgspecError):
        raise BadFile(
            Code.FILE_UNREADABLE,
            message("This file does not contain the head of an audit log."),
            message("Give the file that an earlier check wrote."),
            file=str(anchor),
        ) from None


def _keep(anchor: Path, head: Head) -> None:
    try:
        with whole_file(anchor) as file:
            file.write(msgspec.json.encode(head) + b"\n")
    except OSError as error:
        raise BadFile(
            Code.FILE_UNREADABLE,
            message("The head cannot be written here: {reason}.", reason=error.strerror or error),
            file=str(anchor),
        ) from None
