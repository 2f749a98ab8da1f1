"""`visitapp name`: who uses this device."""

from __future__ import annotations

import click

from visitapp.cli.help import Command
from visitapp.cli.output import json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.language import translate
from visitapp.services.profile import OWN_ROLES


@click.command(cls=Command)
@click.argument("name", required=False)
@click.option("--role", type=click.Choice([role.value for role in OWN_ROLES]), help="Your role.")
@json_option
@pass_terminal
def name(terminal: Terminal, name: str | None, role: str | None, as_json: bool) -> None:
    """Your name, as reports show it. Without NAME, print it.

    Once this device is connected, name and role come from the server.
    """
    desk = terminal.services.desk
    with desk.reading() as session:
        person = desk.user(session)
    if name is not None or role is not None:
        title = person.title if name is None else name
        person = terminal.services.profile.introduce(title, role or person.role)
    said = translate("{who}, {role}", who=person.title or person.name, role=person.role)
    show(person, [said], as_json=as_json)
