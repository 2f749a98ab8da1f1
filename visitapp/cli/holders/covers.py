"""`visitapp covers`: who covers for an officer who is away."""

from __future__ import annotations

import click

from visitapp.cli.dates import read_date
from visitapp.cli.help import Group
from visitapp.cli.holders.text import cover_rows
from visitapp.cli.output import columns, json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.language import translate


@click.group(cls=Group)
def covers() -> None:
    """Cover for officers who are away."""


@covers.command()
@click.argument("setting_ids", nargs=-1)
@click.option("--for", "officer", help="The sign-in name of an officer, for all their settings.")
@click.option("--by", "deputy", required=True, help="The sign-in name of the deputy.")
@click.option("--from", "starts_on", required=True, metavar="YYYY-MM-DD", help="The first day.")
@click.option("--to", "ends_on", required=True, metavar="YYYY-MM-DD", help="The last day.")
@click.option("--note", default="", help="The reason for the cover.")
@json_option
@pass_terminal
def add(
    terminal: Terminal,
    setting_ids: tuple[str, ...],
    officer: str | None,
    deputy: str,
    starts_on: str,
    ends_on: str,
    note: str,
    as_json: bool,
) -> None:
    """Let a deputy cover settings. They see the settings from the first day to the last."""
    if bool(setting_ids) == bool(officer):
        raise click.UsageError(translate("Give the ids of settings, or --for."))
    first, last = read_date(starts_on), read_date(ends_on)
    service = terminal.services.covers
    made = (
        service.arrange_for(officer, deputy, first, last, note)
        if officer
        else service.arrange(setting_ids, deputy, first, last, note)
    )
    show(made, columns(cover_rows(made)), as_json=as_json)


@covers.command()
@click.argument("cover_id")
@click.option("--to", "ends_on", required=True, metavar="YYYY-MM-DD", help="The new last day.")
@json_option
@pass_terminal
def edit(terminal: Terminal, cover_id: str, ends_on: str, as_json: bool) -> None:
    """Let a cover end on another day."""
    changed = terminal.services.covers.change_end(cover_id, read_date(ends_on))
    show(changed, columns(cover_rows([changed])), as_json=as_json)


@covers.command()
@click.argument("cover_id")
@json_option
@pass_terminal
def end(terminal: Terminal, cover_id: str, as_json: bool) -> None:
    """End a cover at once, or withdraw one that has not started."""
    ended = terminal.services.covers.end(cover_id)
    show(ended, columns(cover_rows([ended])), as_json=as_json)


@covers.command("list")
@click.option("--all", "over", is_flag=True, help="Also cover that has ended.")
@json_option
@pass_terminal
def list_(terminal: Terminal, over: bool, as_json: bool) -> None:
    """List cover that is planned or active, the first to start first."""
    found = terminal.services.covers.list(over=over)
    lines = columns(cover_rows(found)) or [translate("No cover.")]
    show(found, lines, as_json=as_json)
