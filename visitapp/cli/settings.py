"""`visitapp settings`: the settings in the portfolio."""

from __future__ import annotations

import click
import msgspec

from visitapp.cli.output import columns, json_option, show
from visitapp.cli.program import Terminal, pass_terminal


@click.group()
def settings() -> None:
    """The settings in the portfolio."""


@settings.command()
@click.argument("location_id")
@json_option
@pass_terminal
def add(terminal: Terminal, location_id: str, as_json: bool) -> None:
    """Take a setting of the directory into the portfolio."""
    row = terminal.services.settings.add(location_id)
    added = {"id": row.setting_id, "name": row.name, "service_type": row.service_type}
    show(added, [f"{row.name} is in the portfolio with the id {row.setting_id}."], as_json=as_json)


@settings.command("list")
@click.option("--search", default="", help="Only those that hold this text.")
@json_option
@pass_terminal
def list_(terminal: Terminal, search: str, as_json: bool) -> None:
    """List the portfolio."""
    rows = terminal.services.portfolio.rows(text=search)
    listed = [{"id": row.setting_id, **msgspec.structs.asdict(row)} for row in rows]
    lines = columns(
        [(row.setting_id, row.name, row.service_type, row.rag, row.placements) for row in rows]
    )
    show(listed, lines or ["The portfolio is empty."], as_json=as_json)
