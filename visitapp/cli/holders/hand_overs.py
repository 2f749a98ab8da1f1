"""`visitapp settings hand-over` and `visitapp hand-overs`."""

from __future__ import annotations

import click

from visitapp.cli.dates import read_day
from visitapp.cli.help import Command, Group
from visitapp.cli.holders.text import hand_over_rows
from visitapp.cli.output import columns, json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.language import translate


@click.command("hand-over", cls=Command)
@click.argument("setting_ids", nargs=-1)
@click.option(
    "--contract", "contracts", multiple=True, help="A contract, by its number; may be repeated."
)
@click.option("--to", required=True, help="The sign-in name of the new officer.")
@click.option("--from", "starts_on", metavar="YYYY-MM-DD", help="The first day. By default today.")
@click.option("--note", default="", help="The reason for the hand-over.")
@click.option(
    "--keep-visits", is_flag=True, help="Leave visits in progress with the previous officer."
)
@json_option
@pass_terminal
def hand_over(
    terminal: Terminal,
    setting_ids: tuple[str, ...],
    contracts: tuple[str, ...],
    to: str,
    starts_on: str | None,
    note: str,
    keep_visits: bool,
    as_json: bool,
) -> None:
    """Hand settings and contracts to another officer. The server carries it out, at the next sync
    or on the day given."""
    if not setting_ids and not contracts:
        raise click.UsageError(translate("Give the ids of settings, or --contract."))
    made = terminal.services.hand_overs.hand_over(
        setting_ids,
        to,
        contracts=contracts,
        starts_on=read_day(starts_on),
        note=note,
        drafts=not keep_visits,
    )
    show(made, columns(hand_over_rows(made)), as_json=as_json)


@click.group("hand-overs", cls=Group)
def hand_overs() -> None:
    """Hand-overs of settings and contracts."""


@hand_overs.command("list")
@click.option("--planned", is_flag=True, help="Only those that are still to come.")
@json_option
@pass_terminal
def list_(terminal: Terminal, planned: bool, as_json: bool) -> None:
    """List hand-overs, the newest first."""
    found = terminal.services.hand_overs.list(planned=planned)
    lines = columns(hand_over_rows(found)) or [translate("No hand-overs.")]
    show(found, lines, as_json=as_json)


@hand_overs.command()
@click.argument("hand_over_id")
@json_option
@pass_terminal
def withdraw(terminal: Terminal, hand_over_id: str, as_json: bool) -> None:
    """Withdraw a planned hand-over."""
    terminal.services.hand_overs.withdraw(hand_over_id)
    said = translate("The hand-over was withdrawn.")
    show({"id": hand_over_id, "withdrawn": True}, [said], as_json=as_json)
