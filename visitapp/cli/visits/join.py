"""`visitapp visits join`: who makes a visit together with its officer."""

from __future__ import annotations

from collections.abc import Sequence

import click

from visitapp.cli.help import Command
from visitapp.cli.output import json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.language import translate


@click.command(cls=Command)
@click.argument("visit_id")
@click.option("--with", "joining", multiple=True, help="The sign-in name of a colleague to add.")
@click.option(
    "--without", "leaving", multiple=True, help="The sign-in name of a colleague to remove."
)
@json_option
@pass_terminal
def join(
    terminal: Terminal,
    visit_id: str,
    joining: Sequence[str],
    leaving: Sequence[str],
    as_json: bool,
) -> None:
    """Share an open visit with colleagues, each on their own device."""
    joint = terminal.services.joint_visits
    for name in joining:
        joint.join(visit_id, name)
    for name in leaving:
        joint.leave(visit_id, name)
    names = joint.names(visit_id)
    said = translate("Nobody else has joined this visit.")
    if names:
        said = translate("Joined by {names}.", names=", ".join(names))
    show({"id": visit_id, "joined": names}, [said], as_json=as_json)
