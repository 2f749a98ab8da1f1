"""`visitapp conflicts`: fields that two people changed apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from visitapp.cli.help import Group
from visitapp.cli.lists import Column, show_list
from visitapp.cli.output import json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.language import translate

if TYPE_CHECKING:
    from visitapp.services.views.sync import ConflictView


@click.group(cls=Group)
def conflicts() -> None:
    """Fields that two people changed while apart: list, settle."""


@conflicts.command("list")
@click.option("--all", "everything", is_flag=True, help="Include settled conflicts.")
@json_option
@pass_terminal
def list_(terminal: Terminal, everything: bool, as_json: bool) -> None:
    """List conflicts, newest first."""
    found = terminal.services.conflicts.list(open_only=not everything)
    lines = [line for conflict in found for line in _lines(conflict)]
    show_list(
        terminal,
        translate("Conflicts"),
        found,
        [
            Column(translate("Conflict id"), lambda one: one.id),
            Column(translate("Setting"), lambda one: one.setting),
            Column(translate("About"), lambda one: one.about),
            Column(translate("Status"), lambda one: one.status),
            Column(translate("The server's value"), lambda one: one.server_text),
            Column(translate("Written by"), lambda one: one.server_by),
            Column(translate("The other value"), lambda one: one.other_text),
            Column(translate("Written by"), lambda one: one.other_by),
        ],
        lines=lines,
        empty=translate("No conflicts."),
        as_json=as_json,
    )


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
    """Choose which value of a conflict to keep."""
    settled = terminal.services.conflicts.settle(conflict_id, keep)
    show(settled, [translate("Settled: {what}.", what=settled.about)], as_json=as_json)


def _lines(conflict: ConflictView) -> list[str]:
    def marked(side: str) -> str:
        return translate("{side} (mine)", side=side) if conflict.mine == side else side

    return [
        f"{conflict.id}  {conflict.setting}: {conflict.about} ({conflict.status})",
        _side(marked("server"), conflict.server_text, conflict.server_by),
        _side(marked("other"), conflict.other_text, conflict.other_by),
    ]


def _side(side: str, value: str, by: str) -> str:
    written = translate("{value}, by {who}", value=value, who=by or translate("unknown"))
    return f"  {side}: {written}"
