"""What is tied to a concern from a terminal: evidence, actions, the earlier one that it repeats."""

from __future__ import annotations

from pathlib import Path

import click

from visitapp.cli.concerns.steps import show_concern
from visitapp.cli.dates import read_date
from visitapp.cli.help import Command
from visitapp.cli.output import json_option
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.language import translate


@click.command(cls=Command)
@click.argument("concern_id")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--title", default="", help="What it shows. The file's name if none.")
@json_option
@pass_terminal
def evidence(terminal: Terminal, concern_id: str, file: Path, title: str, as_json: bool) -> None:
    """Add a photo or document to a concern, restricted with it."""
    services = terminal.services
    services.evidence.add_to_concern(concern_id, file, title)
    show_concern(terminal, services.concerns.view(concern_id), as_json)


@click.command(cls=Command)
@click.argument("concern_id")
@click.option("--action", "action_id", help="The id of an action of the setting.")
@click.option("--new", "title", help="The title of a new action, with --due.")
@click.option("--due", metavar="YYYY-MM-DD", help="The due date of a new action.")
@json_option
@pass_terminal
def answer(
    terminal: Terminal,
    concern_id: str,
    action_id: str | None,
    title: str | None,
    due: str | None,
    as_json: bool,
) -> None:
    """Say which action answers a concern, or raise one that does."""
    links = terminal.services.concern_links
    if action_id and not (title or due):
        found = links.answer_with(concern_id, action_id)
    elif title and due and not action_id:
        found = links.raise_action(concern_id, title, read_date(due))
    else:
        raise click.UsageError(translate("Give --action, or --new with --due."))
    show_concern(terminal, found, as_json)


@click.command(cls=Command)
@click.argument("concern_id")
@click.argument("earlier_id", required=False)
@json_option
@pass_terminal
def repeats(terminal: Terminal, concern_id: str, earlier_id: str | None, as_json: bool) -> None:
    """Say which earlier concern this one repeats; without one, that it repeats none."""
    show_concern(terminal, terminal.services.concern_links.repeats(concern_id, earlier_id), as_json)


LINK_COMMANDS = (evidence, answer, repeats)
