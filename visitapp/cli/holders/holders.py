"""`visitapp holders`: who holds how much, and what a leaver holds."""

from __future__ import annotations

from collections.abc import Iterator

import click

from visitapp.cli.dates import read_day
from visitapp.cli.help import Group
from visitapp.cli.output import columns, json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.language import translate
from visitapp.services.views.holders import Holdings


@click.group(cls=Group)
def holders() -> None:
    """Who holds which settings and contracts."""


@holders.command("list")
@json_option
@pass_terminal
def list_(terminal: Terminal, as_json: bool) -> None:
    """List officers with how much they hold: settings, contracts, Red or at high risk, visits due,
    open actions, settings covered."""
    load = terminal.services.portfolio.load()
    words = _load_words()
    rows = [
        (
            one.officer or translate("Nobody"),
            one.team,
            *(f"{word} {getattr(one, name)}" for name, word in words.items()),
        )
        for one in load
    ]
    show(load, columns(rows) or [translate("No officers.")], as_json=as_json)


@holders.command("show")
@click.argument("name")
@json_option
@pass_terminal
def show_(terminal: Terminal, name: str, as_json: bool) -> None:
    """List all that a person holds: settings, contracts, visits in progress, cover."""
    held = terminal.services.leavers.holdings(name)
    lines = columns(list(_rows(held))) or [translate("{name} holds nothing here.", name=name)]
    show(held, lines, as_json=as_json)


@holders.command("hand-over")
@click.argument("name")
@click.option("--to", required=True, help="The sign-in name of the new officer.")
@click.option("--from", "starts_on", metavar="YYYY-MM-DD", help="The first day. By default today.")
@click.option("--note", default="", help="The reason, such as that the person leaves.")
@json_option
@pass_terminal
def hand_over(
    terminal: Terminal, name: str, to: str, starts_on: str | None, note: str, as_json: bool
) -> None:
    """Hand all that a person holds to another officer, in one step."""
    day = read_day(starts_on)
    held = terminal.services.leavers.hand_over_all(name, to, starts_on=day, note=note)
    lines = [*columns(list(_rows(held))), translate("All of it goes to {name}.", name=to)]
    show(held, lines, as_json=as_json)


def _load_words() -> dict[str, str]:
    """What each figure of an officer's load counts."""
    return {
        "settings": translate("settings"),
        "contracts": translate("contracts"),
        "urgent": translate("Red or high risk"),
        "visits_due": translate("visits due"),
        "open_actions": translate("open actions"),
        "covers": translate("covered"),
    }


def _rows(held: Holdings) -> Iterator[tuple[str, ...]]:
    for setting in held.settings:
        yield translate("Setting"), setting.id, setting.name
    for contract in held.contracts:
        yield translate("Contract"), contract.id, f"{contract.number} {contract.title}".rstrip()
    for visit in held.drafts:
        what = translate("{setting}, {day}", setting=visit.setting, day=visit.visited_on)
        yield translate("Visit in progress"), visit.id, what
    for plan in held.planned:
        what = translate("{setting}, {day}", setting=plan.setting, day=plan.planned_on)
        yield translate("Planned visit"), plan.id, what
    for intervention in held.interventions:
        yield translate("Intervention"), intervention.id, intervention.setting
    for cover in held.covers:
        what = translate("{setting}, until {day}", setting=cover.setting, day=cover.ends_on)
        yield translate("Cover"), cover.id, what
    for one in held.coming:
        what = translate("{what}, from {day}", what=one.what, day=one.starts_on)
        yield translate("Planned hand-over"), one.id, what
