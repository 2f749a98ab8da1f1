"""`visitapp providers`: who runs services, the groups that own them, and whom to call."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from visitapp.cli.help import Group
from visitapp.cli.market import fields
from visitapp.cli.market.fields import read_fields
from visitapp.cli.output import columns, json_option, show, warn
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.language import plural, translate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from visitapp.services.providers.views import ContactView, ProviderView

_FIELDS: dict[str, fields.Reader] = {
    **dict.fromkeys(("name", "company_number", "group"), fields.words),
    **dict.fromkeys(("kind", "group_id"), fields.words_or_none),
    "key_supplier": fields.yes,
}
_CONTACT: dict[str, fields.Reader] = dict.fromkeys(("role", "name", "phone", "email"), fields.words)

set_fields = click.option(
    "--set",
    "changes",
    metavar="FIELD=VALUE",
    multiple=True,
    help="name, company_number, kind, group, group_id or key_supplier; more than once if needed.",
)
set_contact = click.option(
    "--set",
    "changes",
    metavar="FIELD=VALUE",
    multiple=True,
    help="role, name, phone or email; may be given more than once.",
)


@click.group(cls=Group)
def providers() -> None:
    """Providers, their groups and contacts."""


@providers.command("list")
@click.option("--search", default="", help="Only providers that contain this text.")
@json_option
@pass_terminal
def list_(terminal: Terminal, search: str, as_json: bool) -> None:
    """List providers."""
    rows = terminal.services.providers.list(search)
    lines = columns(
        [
            (
                row.id,
                row.name,
                row.group,
                plural("{n} setting", "{n} settings", row.settings),
                translate("several weak settings in the group") if row.weak_group else "",
            )
            for row in rows
        ]
    )
    show(rows, lines or [translate("There are no such providers.")], as_json=as_json)


@providers.command("show")
@click.argument("provider_id")
@json_option
@pass_terminal
def show_(terminal: Terminal, provider_id: str, as_json: bool) -> None:
    """Show a provider."""
    _show(terminal.services.providers.view(provider_id), as_json)


@providers.command()
@click.argument("name")
@set_fields
@json_option
@pass_terminal
def add(terminal: Terminal, name: str, changes: tuple[str, ...], as_json: bool) -> None:
    """Add a provider that no regulator knows."""
    given = read_fields(changes, _FIELDS)
    given.pop("name", None)
    doubled = terminal.services.providers.name_warning(name)
    _show(terminal.services.providers.add(name, **given), as_json)
    warn(doubled)


@providers.command()
@click.argument("provider_id")
@set_fields
@json_option
@pass_terminal
def edit(terminal: Terminal, provider_id: str, changes: tuple[str, ...], as_json: bool) -> None:
    """Change a provider."""
    given = read_fields(changes, _FIELDS)
    _show(terminal.services.providers.edit(provider_id, **given), as_json)


@providers.group("groups", cls=Group)
def groups() -> None:
    """The groups that own providers."""


@groups.command("list")
@json_option
@pass_terminal
def list_groups(terminal: Terminal, as_json: bool) -> None:
    """List the groups."""
    found = terminal.services.groups.list()
    lines = columns([(one.id, one.name, str(one.providers)) for one in found])
    show(found, lines or [translate("There are no groups.")], as_json=as_json)


@groups.command("add")
@click.argument("name")
@json_option
@pass_terminal
def add_group(terminal: Terminal, name: str, as_json: bool) -> None:
    """Add a group."""
    group = terminal.services.groups.add(name)
    show(group, [f"{group.id}  {group.name}"], as_json=as_json)


@providers.group("contacts", cls=Group)
def contacts() -> None:
    """The contacts of a provider."""


@contacts.command("list")
@click.argument("provider_id")
@json_option
@pass_terminal
def list_contacts(terminal: Terminal, provider_id: str, as_json: bool) -> None:
    """List the contacts of a provider."""
    found = terminal.services.contacts.list(provider_id)
    lines = [_contact(one) for one in found]
    show(found, lines or [translate("There are no contacts.")], as_json=as_json)


@contacts.command("add")
@click.argument("provider_id")
@click.argument("role")
@click.argument("name")
@click.option("--phone", default="", help="The telephone number.")
@click.option("--email", default="", help="The email address.")
@json_option
@pass_terminal
def add_contact(
    terminal: Terminal,
    provider_id: str,
    role: str,
    name: str,
    phone: str,
    email: str,
    as_json: bool,
) -> None:
    """Add a contact."""
    contact = terminal.services.contacts.add(provider_id, role, name, phone, email)
    show(contact, [_contact(contact)], as_json=as_json)


@contacts.command("edit")
@click.argument("contact_id")
@set_contact
@json_option
@pass_terminal
def edit_contact(
    terminal: Terminal, contact_id: str, changes: tuple[str, ...], as_json: bool
) -> None:
    """Change a contact."""
    contact = terminal.services.contacts.edit(contact_id, **read_fields(changes, _CONTACT))
    show(contact, [_contact(contact)], as_json=as_json)


@contacts.command("remove")
@click.argument("contact_id")
@json_option
@pass_terminal
def remove_contact(terminal: Terminal, contact_id: str, as_json: bool) -> None:
    """Take a contact away."""
    terminal.services.contacts.remove(contact_id)
    show({"removed": contact_id}, [translate("Removed.")], as_json=as_json)


def _contact(one: ContactView) -> str:
    return "  ".join(part for part in (one.id, one.role, one.name, one.phone, one.email) if part)


def _show(provider: ProviderView, as_json: bool) -> None:
    show(provider, _lines(provider), as_json=as_json)


def _lines(provider: ProviderView) -> Iterator[str]:
    row = provider.row
    yield f"{row.id}  {row.name}"
    if row.group:
        yield translate("Group: {group}", group=row.group)
    if row.key_supplier:
        yield translate("Key supplier")
    if row.weak_group:
        yield translate("Two or more settings of its group are rated Red or Amber.")
    yield from columns([(one.number, one.phase, one.title) for one in provider.contracts])
    yield from columns([(one.id, one.name, one.rag) for one in provider.settings])
    yield from map(_contact, provider.contacts)
