"""Commands about users, their settings and their laptops."""

from __future__ import annotations

import sys

import click
import msgspec

from sync.server.commands.handed_in import handed_in
from sync.server.commands.shared import DATABASE, JSON, Commands, given_by, say
from sync.server.operations.admin import Admin
from sync.server.operations.leavers import Held, Leavers
from sync.server.operations.open_database import open_initialised
from sync.server.operations.users import People
from visitapp.language import plural, translate
from visitapp.records import Role
from visitapp.records.codec import moment_to_wire

_ROLE = click.Choice([role.value for role in Role])
_PASSWORD = click.option(
    "--password-stdin", is_flag=True, required=True, help="Read the password from stdin."
)


@click.group(cls=Commands)
def users() -> None:
    """The users who can sign in."""


@users.command("add")
@click.argument("name")
@click.option(
    "--role", type=_ROLE, required=True, help="The role, which sets what the user can see and do."
)
@click.option("--team", default="", help="The user's team, as a member or its lead.")
@click.option("--title", default="", help="The name shown on screens and reports.")
@_PASSWORD
@DATABASE
@given_by
def add_user(
    name: str, role: str, team: str, title: str, password_stdin: bool, url: str, by: str
) -> None:
    """Add a user. The password is read from stdin, so the list of processes does not show it."""
    del password_stdin
    password = _typed()
    with open_initialised(url) as database:
        user_id = Admin(database, by=by).add_user(name, Role(role), team, title, password)
    say(translate("{name} can sign in, with the id {id}.", name=name, id=user_id))


@users.command("list")
@JSON
@DATABASE
def list_users(as_json: bool, url: str) -> None:
    """List users, one on each line: name, role, team, whether they can sign in, title."""
    with open_initialised(url) as database:
        for user in People(database).users():
            if as_json:
                click.echo(msgspec.json.encode(user))
            else:
                state = translate("active") if user.active else translate("disabled")
                say(user.name, user.role, user.team, state, user.title)


@users.command("disable")
@click.argument("name")
@DATABASE
@given_by
def disable(name: str, url: str, by: str) -> None:
    """End a leaver's access at once, on every device. Their records stay."""
    with open_initialised(url) as database:
        held = People(database, by=by).disable(name)
    say(translate("{name} is signed out everywhere and can no longer sign in.", name=name))
    if held:
        say(
            plural(
                "{name} still holds {n} setting: see portfolio show and portfolio hand-over.",
                "{name} still holds {n} settings: see portfolio show and portfolio hand-over.",
                held,
                name=name,
            )
        )


@users.command("enable")
@click.argument("name")
@DATABASE
@given_by
def enable(name: str, url: str, by: str) -> None:
    """Let a disabled user sign in again."""
    with open_initialised(url) as database:
        People(database, by=by).enable(name)
    say(translate("{name} can sign in again.", name=name))


@users.command("password")
@click.argument("name")
@_PASSWORD
@DATABASE
@given_by
def password(name: str, password_stdin: bool, url: str, by: str) -> None:
    """Set a new password for a user. Their devices ask for it at the next sync."""
    del password_stdin
    typed = _typed()
    with open_initialised(url) as database:
        People(database, by=by).set_password(name, typed)
    say(translate("{name} has a new password.", name=name))


@users.command("role")
@click.argument("name")
@click.argument("role", type=_ROLE)
@click.option("--team", default=None, help="The user's new team, as a member or its lead.")
@DATABASE
@given_by
def set_role(name: str, role: str, team: str | None, url: str, by: str) -> None:
    """Change a user's role, and optionally the team. It applies from the next request."""
    with open_initialised(url) as database:
        People(database, by=by).set_role(name, Role(role), team)
    say(translate("{name} is {role} now.", name=name, role=role))


@click.group(cls=Commands)
def portfolio() -> None:
    """The settings that officers hold."""


@portfolio.command("assign")
@click.argument("name")
@click.argument("setting_ids", nargs=-1, required=True)
@DATABASE
@given_by
def assign(name: str, setting_ids: tuple[str, ...], url: str, by: str) -> None:
    """Give settings to an officer. Devices receive or remove them at their next sync."""
    with open_initialised(url) as database:
        moved = Admin(database, by=by).assign(name, setting_ids)
    say(
        translate(
            "{moved} of {all} settings changed hands; {name} holds them all.",
            moved=moved,
            all=len(setting_ids),
            name=name,
        )
    )


@portfolio.command("assign-contracts")
@click.argument("name")
@click.argument("contract_ids", nargs=-1, required=True)
@DATABASE
@given_by
def assign_contracts(name: str, contract_ids: tuple[str, ...], url: str, by: str) -> None:
    """Give contracts to an officer, who then holds every setting under them."""
    with open_initialised(url) as database:
        moved = Admin(database, by=by).assign_contracts(name, contract_ids)
    say(
        translate(
            "{moved} of {all} contracts changed hands; {name} holds them all.",
            moved=moved,
            all=len(contract_ids),
            name=name,
        )
    )


@portfolio.command("list")
@click.argument("name")
@JSON
@DATABASE
def list_portfolio(name: str, as_json: bool, url: str) -> None:
    """List the settings that a user holds, one on each line: id, team, name; of those that they
    hold by a contract also its number and id."""
    with open_initialised(url) as database:
        for setting in People(database).portfolio(name):
            if as_json:
                click.echo(msgspec.json.encode(setting))
            else:
                by_contract = (setting.contract, setting.contract_id) if setting.contract_id else ()
                say(setting.id, setting.team, setting.name, *by_contract)


@portfolio.command("show")
@click.argument("name")
@JSON
@DATABASE
def show_portfolio(name: str, as_json: bool, url: str) -> None:
    """List all that a user holds, one on each line: kind, id, name. Settings, contracts, visits in
    progress, cover, planned hand-overs to them."""
    with open_initialised(url) as database:
        _say_held(Leavers(database).held(name), as_json=as_json)


@portfolio.command("hand-over")
@click.argument("name")
@click.argument("to")
@JSON
@DATABASE
@given_by
def hand_over(name: str, to: str, as_json: bool, url: str, by: str) -> None:
    """Hand all that a leaver holds to another officer, in one step, and list it."""
    with open_initialised(url) as database:
        _say_held(Leavers(database, by=by).hand_over(name, to), as_json=as_json)


def _say_held(held: list[Held], *, as_json: bool) -> None:
    for one in held:
        if as_json:
            click.echo(msgspec.json.encode(one))
        else:
            say(one.kind, one.id, one.name)


@click.group(cls=Commands)
def devices() -> None:
    """The laptops that have signed in."""


@devices.command("list")
@JSON
@DATABASE
def list_devices(as_json: bool, url: str) -> None:
    """List devices, one on each line: id, user, when last seen, name."""
    with open_initialised(url) as database:
        for seen in Admin(database).devices():
            if as_json:
                click.echo(msgspec.json.encode(seen))
                continue
            state = translate("revoked") if seen.revoked else moment_to_wire(seen.last_seen)
            say(seen.id, seen.user, state, seen.name)


@devices.command("revoke")
@click.argument("device_id")
@DATABASE
@given_by
def revoke(device_id: str, url: str, by: str) -> None:
    """End a device's access at once. When it next connects, it hands in its work and erases its
    data."""
    with open_initialised(url) as database:
        Admin(database, by=by).revoke(device_id)
    say(translate("The device {device} was revoked.", device=device_id))


@devices.command("reinstate")
@click.argument("device_id")
@DATABASE
@given_by
def reinstate(device_id: str, url: str, by: str) -> None:
    """Cancel a revocation. A device that has not connected since continues as before."""
    with open_initialised(url) as database:
        Admin(database, by=by).reinstate(device_id)
    say(translate("The device {device} may sync again.", device=device_id))


devices.add_command(handed_in)


def _typed() -> str:
    return sys.stdin.readline().rstrip("\r\n")
