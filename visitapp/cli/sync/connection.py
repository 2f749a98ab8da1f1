"""`visitapp connect` and `visitapp sync`: the central server."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from visitapp.cli.output import json_option, show
from visitapp.cli.problems import one_line
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.errors import Code, NotAllowed

if TYPE_CHECKING:
    from visitapp.services.views.sync import SyncReport


@click.command()
@click.argument("url")
@click.option("--user", "name", required=True, help="Your sign-in name.")
@click.option(
    "--password-stdin", is_flag=True, help="Read the password from stdin instead of asking for it."
)
@click.option(
    "--new-password-stdin",
    is_flag=True,
    help="Read a new password of your own from stdin as well, after the present one.",
)
@json_option
@pass_terminal
def connect(
    terminal: Terminal,
    url: str,
    name: str,
    password_stdin: bool,
    new_password_stdin: bool,
    as_json: bool,
) -> None:
    """Sign this device in to the central server.

    A password that somebody else gave you is good only for choosing your own: you are asked for
    it.
    """
    connection = terminal.services.connection
    by_stdin = password_stdin or new_password_stdin
    password = _line() if by_stdin else _asked("Password")
    chosen = _line() if new_password_stdin else ""
    try:
        person = connection.connect(url, name, password, chosen)
    except NotAllowed as refused:
        if refused.code != Code.NEW_PASSWORD_NEEDED or by_stdin:
            raise
        click.echo(one_line(refused), err=True)
        person = connection.connect(url, name, password, _asked("New password", twice=True))
    show(person, [f"Connected as {person.title or person.name}, {person.role}."], as_json=as_json)


@click.group()
def password() -> None:
    """Your password at the central server."""


@password.command("change")
@click.option(
    "--password-stdin",
    is_flag=True,
    help="Read the present and the new password from stdin, a line each.",
)
@json_option
@pass_terminal
def change_password(terminal: Terminal, password_stdin: bool, as_json: bool) -> None:
    """Change your own password. Your other laptops must sign in again."""
    if password_stdin:
        present, chosen = _line(), _line()
    else:
        present, chosen = _asked("Present password"), _asked("New password", twice=True)
    terminal.services.connection.change_password(present, chosen)
    show({"changed": True}, ["Your password is changed."], as_json=as_json)


def _line() -> str:
    return sys.stdin.readline().rstrip("\r\n")


def _asked(question: str, *, twice: bool = False) -> str:
    answer: str = click.prompt(question, hide_input=True, err=True, confirmation_prompt=twice)
    return answer


@click.command()
@click.option(
    "--accept-removal",
    is_flag=True,
    help="Agree to remove more than a tenth of the records from this device.",
)
@click.option("--resend", is_flag=True, help="Send the changes that the server refused again.")
@json_option
@pass_terminal
def sync(terminal: Terminal, accept_removal: bool, resend: bool, as_json: bool) -> None:
    """Send waiting changes and receive new ones.

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
