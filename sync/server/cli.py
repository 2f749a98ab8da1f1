"""`visitapp-server`: set up, run and look after a central server."""

from __future__ import annotations

import logging
import sys

import click

from sync.server.admin import Admin
from sync.server.listening import listening
from sync.server.opening import create, open_initialised
from visitapp.errors import VisitappError
from visitapp.records import Role
from visitapp.records.codec import moment_to_wire

_DATABASE = click.option(
    "--database",
    "url",
    envvar="VISITAPP_DATABASE",
    default="sqlite:///visitapp-server.db",
    help="sqlite:///FILE or postgresql://USER@HOST/NAME; also from VISITAPP_DATABASE.",
)


class _Commands(click.Group):
    """Says a problem as one sentence and ends with status 1."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except VisitappError as error:
            click.echo(str(error), err=True)
            ctx.exit(1)


@click.group(cls=_Commands)
def main() -> None:
    """The central server of Visitapp."""


@main.command()
@_DATABASE
def init(url: str) -> None:
    """Make the tables and the server's identity. Doing it twice changes nothing."""
    with create(url) as database:
        click.echo(f"The server {Admin(database).initialise()} is ready.")


@main.group()
def users() -> None:
    """Who may sign in."""


@users.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--team", default="", help="The team the user works in or leads.")
@click.option("--title", default="", help="The name as screens and paper show it.")
@click.option("--password-stdin", is_flag=True, required=True, help="Read the password from stdin.")
@_DATABASE
def add_user(name: str, role: str, team: str, title: str, password_stdin: bool, url: str) -> None:
    """Add a user. The password is read from stdin, so that no list of processes shows it."""
    del password_stdin
    password = sys.stdin.readline().rstrip("\r\n")
    with open_initialised(url) as database:
        user_id = Admin(database).add_user(name, Role(role), team, title, password)
    click.echo(f"{name} can sign in, with the id {user_id}.")


@main.group()
def portfolio() -> None:
    """Who holds which settings."""


@portfolio.command("assign")
@click.argument("name")
@click.argument("setting_ids", nargs=-1, required=True)
@_DATABASE
def assign(name: str, setting_ids: tuple[str, ...], url: str) -> None:
    """Give settings to an officer. They reach and leave devices at their next sync."""
    with open_initialised(url) as database:
        moved = Admin(database).assign(name, setting_ids)
    click.echo(f"{moved} of {len(setting_ids)} settings changed hands; {name} holds them all.")


@main.group()
def devices() -> None:
    """The laptops that signed in."""


@devices.command("list")
@_DATABASE
def list_devices(url: str) -> None:
    """One line a device: id, user, when it was last here, name."""
    with open_initialised(url) as database:
        for seen in Admin(database).devices():
            state = "revoked" if seen.revoked else moment_to_wire(seen.last_seen)
            click.echo(f"{seen.id}\t{seen.user}\t{state}\t{seen.name}")


@devices.command("revoke")
@click.argument("device_id")
@_DATABASE
def revoke(device_id: str, url: str) -> None:
    """End a device's access at once."""
    with open_initialised(url) as database:
        Admin(database).revoke(device_id)
    click.echo(f"The device {device_id} was revoked.")


@main.command()
@click.option("--host", default="127.0.0.1")
@click.option("--port", default=8080, type=click.IntRange(0, 65535), help="0 takes a free one.")
@_DATABASE
def run(host: str, port: int, url: str) -> None:
    """Serve. The first line printed is the address, once requests are taken."""
    from sync.server.serving import serve

    logging.basicConfig(stream=sys.stderr, format="%(asctime)s %(levelname)s %(message)s")
    with open_initialised(url) as database, listening(host, port) as listener:
        serve(database, listener)


if __name__ == "__main__":
    main()
