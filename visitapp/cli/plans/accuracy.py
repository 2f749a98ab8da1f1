"""`visitapp plans comments` and `answer`: what providers say of the report's accuracy."""

from __future__ import annotations

from collections.abc import Iterator

import click

from visitapp.cli.dates import read_day
from visitapp.cli.help import Command
from visitapp.cli.output import json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.dates import short_day
from visitapp.language import translate
from visitapp.rules.plans.states import AccuracyStatus
from visitapp.services.plans.views import AccuracyView
from visitapp.vocabulary import choice_word


@click.command(cls=Command)
@click.argument("plan_id")
@json_option
@pass_terminal
def comments(terminal: Terminal, plan_id: str, as_json: bool) -> None:
    """List what the provider says is not right in the report, those to be answered first."""
    found = terminal.services.accuracy.points(plan_id)
    lines = [line for one in found for line in _lines(one)]
    show(found, lines or [translate("No comments on the report.")], as_json=as_json)


@click.command(cls=Command)
@click.argument("comment_id")
@click.argument(
    "status",
    type=click.Choice([one.value for one in AccuracyStatus if one != AccuracyStatus.OPEN]),
)
@click.option("--reason", required=True, help="The reason for the answer.")
@click.option("--on", metavar="YYYY-MM-DD", help="The day. Today if none.")
@json_option
@pass_terminal
def answer(
    terminal: Terminal, comment_id: str, status: str, reason: str, on: str | None, as_json: bool
) -> None:
    """Accept a comment, in part, or not. The officer of the visit cannot."""
    found = terminal.services.accuracy.answer(comment_id, status, reason, read_day(on))
    show(found, _lines(found), as_json=as_json)


def _lines(one: AccuracyView) -> Iterator[str]:
    state = choice_word(AccuracyStatus, one.status)
    yield f"{one.id} {short_day(one.received_on)} {one.place}: {one.text} ({state})"
    if one.shown:
        yield f"  {translate('Shown by: {what}', what=one.shown)}"
    if one.answer:
        yield f"  {one.answered_by}: {one.answer}"
