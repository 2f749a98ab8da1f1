"""`visitapp find`: a record of any kind by its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from visitapp.cli.help import Command
from visitapp.cli.output import columns, json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.language import translate

if TYPE_CHECKING:
    from visitapp.services.finding.sources import Found


@click.command(cls=Command)
@click.argument("words", nargs=-1, required=True)
@json_option
@pass_terminal
def find(terminal: Terminal, words: tuple[str, ...], as_json: bool) -> None:
    """Find settings, visits, planned visits, campaigns, actions, plans, interventions, concerns,
    contracts, providers and documents by their words."""
    finder = terminal.services.finder
    indexes = {kind: finder.read(kind) for kind in finder.kinds()}
    found = [one for _, one in finder.find(" ".join(words), indexes)]
    lines = columns([_row(one) for one in found])
    show(found, lines or [translate("Nothing was found.")], as_json=as_json)


def _row(one: Found) -> tuple[str, ...]:
    from visitapp.records import KINDS
    from visitapp.vocabulary import kind_word

    details = ", ".join(detail for detail in one.details if detail)
    return (kind_word(KINDS[one.kind]), one.id, one.title, details)
