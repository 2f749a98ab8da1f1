"""`visitapp connect` and `visitapp sync`: the central server."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from visitapp.cli.output import json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.errors import Code, NotAllowed

if TYPE_CHECKING:
    from visitapp.services.views.sync import SyncReport


@click.command()
@click.argument("url")
@click.option("--user", "name", required=True, help="Your sign-in name.")
@click.option(
    "--password-stdin", is_flag=True, help="Read the password from stdin in place of asking."
)
@json_option
@pass_terminal
def connect(terminal: Terminal, url: str, name: str, password_stdin: bool, as_json: bool) -> None:
    """Sign this device in to the central server."""
    if password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = click.prompt("Password", hide_input=True, err=True)
    person = terminal.services.connection.connect(url, name, password)
    show(person, [f"Connected as {person.title or person.name}, {person.role}."], as_json=as_json)


@click.command()
@click.option(
    "--accept-removal",
    is_flag=True,
    help="Agree that more than a tenth of the records leave this device.",
)
@click.option("--resend", is_flag=True, help="Offer what the server refused to it again.")
@json_option
@pass_terminal
def sync(terminal: Terminal, accept_removal: bool, resend: bool, as_json: bool) -> None:
    """Send what waits and receive what is new.

    A device whose access was ended hands in what it has not sent, and then erases its data.
    """
    if resend:
        terminal.services.connection.resend()
    connection = terminal.services.connection
    try:
        report = connection.sync(confirm_removal=lambda going, total: accept_removal)
    except NotAllowed as refused:
        if refused.code != Code.DEVICE_REVOKED:
            raise
        terminal.services.leaving.hand_in()
        raise terminal.services.leaving.erase() from refused
    show(report, _lines(report), as_json=as_json)


def _lines(report: SyncReport) -> list[str]:
    return [
        f"Sent {report.sent}: {report.accepted} accepted, {report.merged} merged, "
        f"{report.conflicts} in conflict, {len(report.refused)} refused.",
        f"Received {report.received}.",
        *_photos(report),
        *(f"  refused {one.kind} {one.id}: {one.text}" for one in report.refused),
    ]


def _photos(report: SyncReport) -> list[str]:
    """`Photos: 3 sent, 2 waiting.`; no line when there are none."""
    counts = {
        "sent": report.photos_sent,
        "received": report.photos_fetched,
        "waiting": report.photos_waiting,
        "refused": report.photos_refused,
    }
    said = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
    return [f"Photos: {said}."] if said else []
