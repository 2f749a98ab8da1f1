"""`visitapp connect` and `visitapp sync`: the central server."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from visitapp.cli.help import Command, Group
from visitapp.cli.output import json_option, show
from visitapp.cli.problems import one_line
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.errors import Code, NotAllowed
from visitapp.language import message, translate

if TYPE_CHECKING:
    from visitapp.services.views.sync import RefusedChange, SyncReport


@click.command(cls=Command)
@click.argument("url")
@click.option("--user", "name", required=True, help="Your sign-in name.")
@click.option(
    "--password-stdin", is_flag=True, help="Read the password from stdin instead of asking for it."
)
@click.option(
    "--new-password-stdin",
    is_flag=True,
    help="Also read a new password of your own from stdin, after the current one.",
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

    If somebody else gave you the password, you are asked to choose your own.
    """
    connection = terminal.services.connection
    by_stdin = password_stdin or new_password_stdin
    password = _line() if by_stdin else _asked(translate("Password"))
    chosen = _line() if new_password_stdin else ""
    try:
        person = connection.connect(url, name, password, chosen)
    except NotAllowed as refused:
        if refused.code != Code.NEW_PASSWORD_NEEDED or by_stdin:
            raise
        click.echo(one_line(refused), err=True)
        person = connection.connect(
            url, name, password, _asked(translate("New password"), twice=True)
        )
    said = translate(
        "Connected as {who}, {role}.", who=person.title or person.name, role=person.role
    )
    show(person, [said], as_json=as_json)


@click.group(cls=Group)
def password() -> None:
    """Your password at the central server."""


@password.command("change")
@click.option(
    "--password-stdin",
    is_flag=True,
    help="Read the current and the new password from stdin, one on each line.",
)
@json_option
@pass_terminal
def change_password(terminal: Terminal, password_stdin: bool, as_json: bool) -> None:
    """Change your own password. Your other laptops must sign in again."""
    if password_stdin:
        present, chosen = _line(), _line()
    else:
        present, chosen = (
            _asked(translate("Current password")),
            _asked(translate("New password"), twice=True),
        )
    terminal.services.connection.change_password(present, chosen)
    show({"changed": True}, [translate("Your password was changed.")], as_json=as_json)


def _line() -> str:
    return sys.stdin.readline().rstrip("\r\n")


def _asked(question: str, *, twice: bool = False) -> str:
    answer: str = click.prompt(question, hide_input=True, err=True, confirmation_prompt=twice)
    return answer


@click.command(cls=Command)
@click.option(
    "--accept-removal",
    is_flag=True,
    help="Agree to remove more than a tenth of the records from this device.",
)
@click.option("--resend", is_flag=True, help="Resend the changes that the server rejected.")
@click.option(
    "--discard-rejected",
    is_flag=True,
    help="Discard the changes that the server rejected, and take its versions.",
)
@json_option
@pass_terminal
def sync(
    terminal: Terminal,
    accept_removal: bool,
    resend: bool,
    discard_rejected: bool,
    as_json: bool,
) -> None:
    """Send waiting changes and receive new ones.

    A device whose access was ended hands in its unsent work and then erases its data.
    """
    if resend and discard_rejected:
        raise click.UsageError(translate("Give --resend or --discard-rejected, not both."))
    connection = terminal.services.connection
    if resend:
        connection.resend()
    if discard_rejected:
        connection.discard_all_refused()
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
        translate(
            "Sent {sent}: {accepted} accepted, {merged} merged, {conflicts} in conflict, "
            "{refused} refused.",
            sent=report.sent,
            accepted=report.accepted,
            merged=report.merged,
            conflicts=report.conflicts,
            refused=len(report.refused),
        ),
        translate("Received {n}.", n=report.received),
        *_photos(report),
        *map(_refused, report.refused),
    ]


def _photos(report: SyncReport) -> list[str]:
    """`Photos: 3 sent, 2 waiting.`; no line when there are none."""
    counts = (
        (message("{n} sent"), report.photos_sent),
        (message("{n} received"), report.photos_fetched),
        (message("{n} waiting"), report.photos_waiting),
        (message("{n} refused"), report.photos_refused),
    )
    said = ", ".join(translate(text.template, n=count) for text, count in counts if count)
    return [translate("Photos: {counts}.", counts=said)] if said else []


def _refused(one: RefusedChange) -> str:
    return "  " + translate("refused {kind} {id}: {why}", kind=one.kind, id=one.id, why=one.text)
