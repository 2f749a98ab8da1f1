"""`visitapp delegates`: who reviews and decides for a team lead who is away."""

from __future__ import annotations

import click

from visitapp.cli.dates import read_date
from visitapp.cli.help import Group
from visitapp.cli.holders.text import delegate_rows
from visitapp.cli.output import columns, json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.language import translate


@click.group(cls=Group)
def delegates() -> None:
    """Delegates of team leads who are away."""


@delegates.command()
@click.argument("delegate")
@click.option("--from", "starts_on", required=True, metavar="YYYY-MM-DD", help="The first day.")
@click.option("--to", "ends_on", required=True, metavar="YYYY-MM-DD", help="The last day.")
@click.option("--reason", required=True, help="The reason for the absence.")
@click.option("--for", "lead", help="The sign-in name of the lead who is away. By default you.")
@json_option
@pass_terminal
def name(
    terminal: Terminal,
    delegate: str,
    starts_on: str,
    ends_on: str,
    reason: str,
    lead: str | None,
    as_json: bool,
) -> None:
    """Name another team lead, by sign-in name, who reviews and decides for your team meanwhile."""
    service = terminal.services.delegates
    days = read_date(starts_on), read_date(ends_on)
    made = service.name(delegate, *days, reason, lead=lead)
    show(made, columns(delegate_rows([made])), as_json=as_json)


@delegates.command()
@click.argument("delegate_id", metavar="ID")
@click.option("--to", "ends_on", required=True, metavar="YYYY-MM-DD", help="The new last day.")
@json_option
@pass_terminal
def edit(terminal: Terminal, delegate_id: str, ends_on: str, as_json: bool) -> None:
    """Let a delegate's time end on another day."""
    day = read_date(ends_on)
    terminal.services.delegates.change_end(delegate_id, day)
    said = translate("The last day is now {day}.", day=day.isoformat())
    show({"id": delegate_id, "ends_on": day}, [said], as_json=as_json)


@delegates.command()
@click.argument("delegate_id", metavar="ID")
@json_option
@pass_terminal
def end(terminal: Terminal, delegate_id: str, as_json: bool) -> None:
    """End a delegate's time at once, or withdraw a delegate whose time has not started."""
    terminal.services.delegates.end(delegate_id)
    show({"id": delegate_id, "ended": True}, [translate("Ended.")], as_json=as_json)


@delegates.command("list")
@click.option("--all", "over", is_flag=True, help="Also delegates whose time has ended.")
@json_option
@pass_terminal
def list_(terminal: Terminal, over: bool, as_json: bool) -> None:
    """List delegates, the first to start first."""
    found = terminal.services.delegates.list(over=over)
    lines = columns(delegate_rows(found)) or [translate("No delegates.")]
    show(found, lines, as_json=as_json)
