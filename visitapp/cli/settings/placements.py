"""`visitapp placements`: the position of settings on new placements."""

from __future__ import annotations

import click

from visitapp.cli.dates import read_day
from visitapp.cli.help import Group
from visitapp.cli.lists import Column, show_list
from visitapp.cli.output import columns, json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.language import translate
from visitapp.rules.choices import Position, PositionSource
from visitapp.services.views.decided.placements import DecisionView, PlacementView
from visitapp.vocabulary import choice_word

_DECIDED = [position.value for position in Position if position != Position.NOT_ASSESSED]
_SOURCES = [
    source.value
    for source in PositionSource
    if source
    not in (PositionSource.CARRIED_OVER, PositionSource.ESCALATION, PositionSource.HOLD_LAPSED)
]


@click.group(cls=Group)
def placements() -> None:
    """The position of settings on new placements: decide, list, show."""


@placements.command()
@click.argument("setting_id")
@click.argument("position", type=click.Choice(_DECIDED))
@click.option("--reason", required=True, help="The reason for the decision.")
@click.option("--condition", default="", help="The condition on which placements continue.")
@click.option(
    "--source",
    type=click.Choice(_SOURCES),
    default=PositionSource.RATING.value,
    show_default=True,
    help="What led to the decision.",
)
@click.option("--from", "from_on", metavar="YYYY-MM-DD", help="Its first day; today without it.")
@click.option(
    "--review-on", metavar="YYYY-MM-DD", help="The review; the latest day allowed without it."
)
@click.option("--hold", is_flag=True, help="Close for a few working days, as an emergency hold.")
@json_option
@pass_terminal
def decide(
    terminal: Terminal,
    setting_id: str,
    position: str,
    reason: str,
    condition: str,
    source: str,
    from_on: str | None,
    review_on: str | None,
    hold: bool,
    as_json: bool,
) -> None:
    """Decide whether a setting takes new placements."""
    view = terminal.services.placements.decide(
        setting_id,
        position,
        reason,
        condition=condition,
        source=source,
        from_on=read_day(from_on),
        review_on=read_day(review_on),
        hold=hold,
    )
    show(view, [_head(view)], as_json=as_json)


@placements.command("list")
@click.option("--closed", is_flag=True, help="Settings that are closed, whether or not they wait.")
@json_option
@pass_terminal
def list_(terminal: Terminal, closed: bool, as_json: bool) -> None:
    """List the settings whose position waits for a decision, the longest first."""
    if closed:
        rows = terminal.services.portfolio.rows(filter="closed")
        show_list(
            terminal,
            translate("Settings closed to placements"),
            rows,
            [
                Column(translate("Setting id"), lambda row: row.setting_id),
                Column(translate("Setting"), lambda row: row.name),
                Column(translate("Placements"), lambda row: row.placements_note),
            ],
            empty=translate("No setting is closed."),
            as_json=as_json,
        )
        return
    found = terminal.services.placements.waiting()
    show_list(
        terminal,
        translate("Positions that wait for a decision"),
        found,
        [
            Column(translate("Setting id"), lambda one: one.setting_id),
            Column(translate("Setting"), lambda one: one.setting),
            Column(translate("Placements"), lambda one: one.position_word),
            Column(translate("Waits for"), lambda one: " ".join(one.waits)),
        ],
        empty=translate("No position waits for a decision."),
        as_json=as_json,
    )


@placements.command("show")
@click.argument("setting_id")
@json_option
@pass_terminal
def show_(terminal: Terminal, setting_id: str, as_json: bool) -> None:
    """Show the position of a setting and every decision on it, the newest first."""
    view = terminal.services.placements.view(setting_id)
    lines = columns([_line(one) for one in view.decisions])
    show(view, [_head(view), *lines], as_json=as_json)


def _head(view: PlacementView) -> str:
    return f"{view.setting}: {view.position_word}. {view.note}".rstrip()


def _line(one: DecisionView) -> tuple[str, ...]:
    marks = [translate("stands") if one.stands else translate("not settled") if one.met else ""]
    marks += [translate("interim")] if one.interim else []
    return (
        one.from_on.isoformat(),
        choice_word(Position, one.position),
        ", ".join(mark for mark in marks if mark),
        choice_word(PositionSource, one.source),
        one.decided_by,
        " ".join(text for text in (one.condition, one.reason) if text),
    )
