"""`visitapp conflicts`: fields that two people changed apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from visitapp.cli.output import json_option, show
from visitapp.cli.program import Terminal, pass_terminal

if TYPE_CHECKING:
    from visitapp.services.views.sync import ConflictView


@click.group()
def conflicts() -> None:
    """Fields that two people changed apart: list, settle."""


@conflicts.command("list")
@click.option("--all", "everything", is_flag=True, help="Include settled conflicts.")
@json_option
@pass_terminal
def list_(terminal: Terminal, everything: bool, as_json: bool) -> None:
    """List conflicts, newest first."""
    found = terminal.services.conflicts.list(open_only=not everything)
    lines = [line for conflict in found for line in _lines(conflict)]
    show(found, lines or ["No conflicts."], as_json=as_json)


@conflicts.command()
@click.argument("conflict_id")
@click.option(
    "--keep",
    required=True,
    type=click.Choice(["mine", "theirs", "server", "other"]),
    help="The value to keep.",
)
@json_option
@pass_terminal
def settle(terminal: Terminal, conflict_id: str, keep: str, as_json: bool) -> None:
    """Decide which value of a conflict stands."""
    settled = terminal.services.conflicts.settle(conflict_id, keep)
    show(settled, [f"Settled: {settled.about}."], as_json=as_json)


def _lines(conflict: ConflictView) -> list[str]:
    def marked(side: str) -> str:
        return f"{side} (mine)" if conflict.mine == side else side

    return [
        f"{conflict.id}  {conflict.setting}: {conflict.about} ({conflict.status})",
        f"  {marked('server')}: {conflict.server_text}, by {conflict.server_by or 'unknown'}",
        f"  {marked('other')}: {conflict.other_text}, by {conflict.other_by or 'unknown'}",
    ]
