"""`visitapp today`: what waits for you today."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from visitapp.cli.help import Command
from visitapp.cli.output import columns, json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.dates import long_day
from visitapp.language import translate

if TYPE_CHECKING:
    from visitapp.services.today.items import TodayItem


@click.command(cls=Command)
@json_option
@pass_terminal
def today(terminal: Terminal, as_json: bool) -> None:
    """Print what waits for you today, each line with its next step."""
    found = terminal.services.today.view()
    lines = columns([_row(one) for one in found.items])
    if not lines:
        lines = [translate("Nothing waits for you today.")]
    if found.next_on is not None and not found.items:
        day = long_day(found.next_on)
        lines.append(
            translate("Your next visit is on {day}: {setting}.", day=day, setting=found.next_at)
        )
    show(found, lines, as_json=as_json)


def _row(one: TodayItem) -> tuple[str, ...]:
    said = f"{one.detail}: {one.quote}" if one.quote else one.detail
    return (one.part.value, one.when, one.title, said, one.step.rstrip("…"))
