"""`visitapp notices`: what others are told of changed ratings and placement positions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from visitapp.cli.help import Group
from visitapp.cli.lists import Column, show_list, titled
from visitapp.cli.output import columns, json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.cli.visits.report import require_new
from visitapp.dates import short_day
from visitapp.language import plural, translate
from visitapp.rules.choices import NoticeState
from visitapp.vocabulary.choices import CHOICES

if TYPE_CHECKING:
    from visitapp.services.notices.notices import ContactView, NoticeView


@click.group(cls=Group)
def notices() -> None:
    """Notices of changed ratings and placement positions."""


@notices.command("list")
@click.argument("setting_id", required=False)
@json_option
@pass_terminal
def list_(terminal: Terminal, setting_id: str | None, as_json: bool) -> None:
    """List the notices of a setting, or of all settings on this device, the newest first."""
    found = terminal.services.notices.notices(setting_id)
    show_list(
        terminal,
        translate("Notices"),
        found,
        [
            Column(translate("Notice id"), lambda one: one.id),
            Column(translate("Day"), lambda one: short_day(one.made_at.date())),
            Column(translate("Audience"), lambda one: one.audience),
            Column(translate("State"), _state),
            Column(translate("Setting"), lambda one: one.setting),
        ],
        empty="",
        as_json=as_json,
    )


@notices.command("show")
@click.argument("notice_id")
@json_option
@pass_terminal
def show_(terminal: Terminal, notice_id: str, as_json: bool) -> None:
    """Show the text of a notice, and whether it was sent."""
    found = terminal.services.notices.notice(notice_id)
    lines = [f"{found.setting}, {found.audience}", *found.text.splitlines(), _state(found)]
    show(found, lines, as_json=as_json)


@notices.command("print")
@click.argument("notice_id")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The PDF to write.")
@click.option("--overwrite", is_flag=True, help="Replace an existing file of that name.")
@json_option
@pass_terminal
def print_(terminal: Terminal, notice_id: str, out: Path, overwrite: bool, as_json: bool) -> None:
    """Write a notice as a PDF."""
    require_new(out, overwrite=overwrite)
    from visitapp.reports.notice.notice import write_notice

    found = terminal.services.notices.notice(notice_id)
    path = write_notice(found, out, printed_at=terminal.services.desk.clock().astimezone())
    show({"file": str(path)}, [translate("Notice saved to {file}.", file=path)], as_json=as_json)


@notices.group(cls=Group)
def contacts() -> None:
    """The teams that receive notices."""


@contacts.command("list")
@json_option
@pass_terminal
def list_contacts(terminal: Terminal, as_json: bool) -> None:
    """List who receives notices, by audience."""
    found = terminal.services.notices.contacts()
    show_list(
        terminal,
        translate("Contacts"),
        found,
        titled(
            _contact,
            translate("Contact id"),
            translate("Audience"),
            translate("District"),
            translate("Name"),
            translate("Email"),
        ),
        empty="",
        as_json=as_json,
    )


@contacts.command("audiences")
@json_option
@pass_terminal
def list_audiences(terminal: Terminal, as_json: bool) -> None:
    """List the audiences of the policy."""
    found = terminal.services.notices.audiences()
    show(found, columns([(one.id, one.label) for one in found]), as_json=as_json)


@contacts.command("add")
@click.argument("audience")
@click.option("--name", required=True, help="The team or the role.")
@click.option("--email", default="", help="Its shared e-mail address.")
@click.option("--district", default="", help="Only for settings in this district.")
@json_option
@pass_terminal
def add_contact(
    terminal: Terminal, audience: str, name: str, email: str, district: str, as_json: bool
) -> None:
    """Let a team receive the notices of an audience."""
    id_ = terminal.services.notices.add_contact(audience, name, email, district)
    show({"id": id_}, [id_], as_json=as_json)


@contacts.command("edit")
@click.argument("contact_id")
@click.option("--name", help="The team or the role.")
@click.option("--email", help="Its shared e-mail address; empty for none.")
@click.option("--district", help="Only for settings in this district; empty for all.")
@json_option
@pass_terminal
def edit_contact(
    terminal: Terminal,
    contact_id: str,
    name: str | None,
    email: str | None,
    district: str | None,
    as_json: bool,
) -> None:
    """Change a team that receives notices."""
    terminal.services.notices.edit_contact(contact_id, name=name, email=email, district=district)
    show({"id": contact_id}, [contact_id], as_json=as_json)


@contacts.command("remove")
@click.argument("contact_id")
@json_option
@pass_terminal
def remove_contact(terminal: Terminal, contact_id: str, as_json: bool) -> None:
    """Send nothing more to a team."""
    terminal.services.notices.remove_contact(contact_id)
    show({"id": contact_id}, [contact_id], as_json=as_json)


def _state(notice: NoticeView) -> str:
    word = str(CHOICES[NoticeState][notice.state])
    if notice.state == NoticeState.SENT:
        return plural(
            "{state}: {n} message", "{state}: {n} messages", notice.recipients, state=word
        )
    if notice.error:
        return translate("{state}: {error}", state=word, error=notice.error)
    return word


def _contact(contact: ContactView) -> tuple[str, ...]:
    district = contact.district or translate("all districts")
    return contact.id, contact.audience, district, contact.name, contact.email
