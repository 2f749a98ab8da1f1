"""`visitapp regulator`: what regulators did about settings."""

from __future__ import annotations

import click

from visitapp.cli.dates import read_day
from visitapp.cli.help import Group
from visitapp.cli.lists import show_list, titled
from visitapp.cli.output import json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.language import translate
from visitapp.rules.choices import Enforcement
from visitapp.services.views.regulator import RegulatorActionView
from visitapp.vocabulary import choice_word


@click.group(cls=Group)
def regulator() -> None:
    """Enforcement by regulators: add, end, list."""


@regulator.command()
@click.argument("setting_id")
@click.argument("kind", type=click.Choice([kind.value for kind in Enforcement]))
@click.option("--from", "from_on", metavar="YYYY-MM-DD", help="Its first day; today without it.")
@click.option("--to", "to_on", metavar="YYYY-MM-DD", help="Its last day, where that is known.")
@click.option("--conditions", default="", help="Its conditions, in words.")
@click.option("--source", default="", help="Where it is published, or the body that told us.")
@json_option
@pass_terminal
def add(
    terminal: Terminal,
    setting_id: str,
    kind: str,
    from_on: str | None,
    to_on: str | None,
    conditions: str,
    source: str,
    as_json: bool,
) -> None:
    """Record what a regulator did about a setting."""
    action = terminal.services.regulator_actions.add(
        setting_id,
        kind,
        from_on=read_day(from_on),
        to_on=read_day(to_on),
        conditions=conditions,
        source=source,
    )
    show(action, ["  ".join(_line(action))], as_json=as_json)


@regulator.command()
@click.argument("action_id")
@click.option("--on", "to_on", metavar="YYYY-MM-DD", help="Its last day; today without it.")
@json_option
@pass_terminal
def end(terminal: Terminal, action_id: str, to_on: str | None, as_json: bool) -> None:
    """Record the last day of a regulator's action."""
    day = read_day(to_on)
    action = terminal.services.regulator_actions.end(action_id, day)
    show(action, ["  ".join(_line(action))], as_json=as_json)


@regulator.command("list")
@click.argument("setting_id")
@json_option
@pass_terminal
def list_(terminal: Terminal, setting_id: str, as_json: bool) -> None:
    """List the regulators' actions at a setting, the newest first."""
    found = terminal.services.regulator_actions.list(setting_id)
    show_list(
        terminal,
        translate("Regulators' actions"),
        found,
        titled(
            _line,
            translate("Action id"),
            translate("From"),
            translate("To"),
            translate("State"),
            translate("Kind"),
            translate("Conditions"),
        ),
        empty=translate("No action by a regulator."),
        as_json=as_json,
    )


def _line(action: RegulatorActionView) -> tuple[str, ...]:
    until = action.to_on.isoformat() if action.to_on else ""
    force = translate("in force") if action.in_force else ""
    kind = choice_word(Enforcement, action.kind)
    return (action.id, action.from_on.isoformat(), until, force, kind, action.conditions)
