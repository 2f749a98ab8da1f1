"""Commands about notices: what is to be sent, and sending it."""

from __future__ import annotations

from email.message import EmailMessage

import click
import msgspec

from sync.server.commands.shared import DATABASE, JSON, Commands, Setup, given_by, say
from sync.server.notices.sending import NoticeSending
from sync.server.notices.smtp import SmtpServer
from sync.server.operations.open_database import open_initialised
from visitapp.language import translate
from visitapp.records.codec import moment_to_wire
from visitapp.rules.choices import NoticeState

_STATE = click.Choice([state.value for state in NoticeState if state != NoticeState.UNADDRESSED])


@click.group(cls=Commands)
def notices() -> None:
    """Notices of changed ratings and placement positions, and the weekly digest."""


@notices.command("list")
@click.option("--state", type=_STATE, help="Only messages in this state.")
@JSON
@DATABASE
def list_notices(state: str | None, as_json: bool, url: str) -> None:
    """List the messages to send and those that were sent, the newest first."""
    with open_initialised(url) as database:
        found = NoticeSending(database).listed(state)
    for mail in found:
        made, sent = moment_to_wire(mail.made_at), mail.sent_at and moment_to_wire(mail.sent_at)
        if as_json:
            click.echo(
                msgspec.json.encode(
                    {
                        "id": mail.id,
                        "address": mail.address,
                        "subject": mail.subject,
                        "text": mail.body,
                        "state": mail.state,
                        "made_at": made,
                        "sent_at": sent,
                        "attempts": mail.attempts,
                        "error": mail.error,
                    }
                )
            )
        else:
            say(made, mail.state, mail.address, mail.subject, mail.error)


@notices.command("send")
@DATABASE
@given_by
@click.pass_context
def send_notices(context: click.Context, url: str, by: str) -> None:
    """Send every message whose time has come, by the mail server of the configuration.

    Run it every few minutes. Two runs at the same time send nothing twice.
    """
    server = SmtpServer.configured(context.ensure_object(Setup).configuration.values)
    with open_initialised(url) as database:
        sending = NoticeSending(database, by=by)
        if not sending.due():
            say(translate("Nothing is due to be sent."))
            return
        with server.connected() as mailer:
            done = sending.send(mailer, server.sender)
    say(
        translate(
            "Sent: {sent}. Failed: {failed}. Waiting: {waiting}.",
            sent=done.sent,
            failed=done.failed,
            waiting=done.waiting,
        )
    )


@notices.command("release")
@DATABASE
@given_by
def release_notices(url: str, by: str) -> None:
    """Let messages that failed, or that are held since the server was restored, be sent.

    After a restore, check first which of them were sent before: the recipients have them.
    """
    with open_initialised(url) as database:
        released = NoticeSending(database, by=by).release()
    say(translate("Messages released: {count}.", count=released))


@notices.command("try")
@click.argument("address")
@click.pass_context
def try_mail(context: click.Context, address: str) -> None:
    """Send one message to an address, to check the configuration of the mail server."""
    server = SmtpServer.configured(context.ensure_object(Setup).configuration.values)
    made = EmailMessage()
    made["From"], made["To"] = server.sender, address
    made["Subject"] = translate("Visitapp: a test message")
    made.set_content(
        translate("The mail server of Visitapp is configured. Nothing needs to be done.")
    )
    with server.connected() as mailer:
        mailer.send_message(made)
    say(translate("Sent to {address}.", address=address))
