"""`visitapp visits override`: another rating than the outcome of a visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from visitapp.cli.help import Group
from visitapp.cli.output import json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.language import translate

if TYPE_CHECKING:
    from visitapp.services.views.decided.overrides import OverrideView


@click.group(cls=Group)
def override() -> None:
    """Override the outcome of a signed-off visit: ask, agree, decline, withdraw."""


@override.command()
@click.argument("visit_id")
@click.option("--to", "rag", required=True, metavar="red|amber|green", help="The rating.")
@click.option("--reason", required=True, help="The reason. It is kept for ever.")
@json_option
@pass_terminal
def ask(terminal: Terminal, visit_id: str, rag: str, reason: str, as_json: bool) -> None:
    """Ask for another rating than the outcome. A worse one counts at once, a better one when a team
    lead agrees."""
    found = terminal.services.overrides.ask(visit_id, rag, reason)
    show(found, _lines(found), as_json=as_json)


@override.command()
@click.argument("override_id")
@click.option("--reason", default="", help="The reason for agreeing.")
@json_option
@pass_terminal
def agree(terminal: Terminal, override_id: str, reason: str, as_json: bool) -> None:
    """Agree to an override, as a team lead who had no part in the visit."""
    found = terminal.services.overrides.agree(override_id, reason)
    show(found, _lines(found), as_json=as_json)


@override.command()
@click.argument("override_id")
@click.option("--reason", required=True, help="The reason for declining it.")
@json_option
@pass_terminal
def decline(terminal: Terminal, override_id: str, reason: str, as_json: bool) -> None:
    """Decline an override, as a team lead: the outcome decides the rating again."""
    found = terminal.services.overrides.decline(override_id, reason)
    show(found, _lines(found), as_json=as_json)


@override.command()
@click.argument("override_id")
@click.option("--reason", required=True, help="The reason for withdrawing it.")
@json_option
@pass_terminal
def withdraw(terminal: Terminal, override_id: str, reason: str, as_json: bool) -> None:
    """Take back an override that nobody decided on."""
    found = terminal.services.overrides.withdraw(override_id, reason)
    show(found, _lines(found), as_json=as_json)


@override.command("list")
@click.argument("visit_id")
@json_option
@pass_terminal
def list_(terminal: Terminal, visit_id: str, as_json: bool) -> None:
    """List the overrides of a visit's outcome."""
    found = terminal.services.overrides.of_visit(visit_id)
    lines = [line for one in found for line in _lines(one)]
    show(found, lines or [translate("No overrides.")], as_json=as_json)


def _lines(one: OverrideView) -> list[str]:
    from visitapp.services.visits.sign_off.override_views import override_line

    return [f"{one.setting}: {one.id}", f"  {override_line(one)}"]
