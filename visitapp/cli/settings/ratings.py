"""`visitapp ratings` and `visitapp events`: ratings, and the events that change them."""

from __future__ import annotations

import click

from visitapp.cli.dates import read_day
from visitapp.cli.help import Group
from visitapp.cli.lists import show_list, titled
from visitapp.cli.output import json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.language import translate
from visitapp.rules.choices import EventKind, Rag, RatingCause, RatingState
from visitapp.services.views.decided.events import EventView, RatingLine
from visitapp.vocabulary import choice_word

_KINDS = click.Choice([kind.value for kind in EventKind])
_RAGS = click.Choice([Rag.RED.value, Rag.AMBER.value, Rag.GREEN.value])


_kind_option = click.option(
    "--kind",
    type=_KINDS,
    default=EventKind.OTHER.value,
    show_default=True,
    help="The kind of event.",
)


@click.group(cls=Group)
def ratings() -> None:
    """Quality ratings: list them, change one by a significant event."""


@ratings.command()
@click.argument("setting_id")
@click.option("--to", "rag", type=_RAGS, required=True, help="The new rating.")
@click.option("--event", "text", required=True, help="The event that changes it, in words.")
@click.option("--reason", required=True, help="The reason for changing the rating.")
@_kind_option
@click.option("--on", "happened_on", metavar="YYYY-MM-DD", help="Its day; today without it.")
@click.option("--source", default="", help="The person or body that reported it.")
@click.option(
    "--review-on", metavar="YYYY-MM-DD", help="The review; the latest day allowed without it."
)
@json_option
@pass_terminal
def change(
    terminal: Terminal,
    setting_id: str,
    rag: str,
    text: str,
    reason: str,
    kind: str,
    happened_on: str | None,
    source: str,
    review_on: str | None,
    as_json: bool,
) -> None:
    """Change the rating of a setting by a significant event. A team lead can improve it."""
    event = terminal.services.events.record(
        setting_id,
        kind,
        text,
        happened_on=read_day(happened_on),
        source=source,
        rag=rag,
        reason=reason,
        review_on=read_day(review_on),
    )
    show(event, ["  ".join(_event(event))], as_json=as_json)


@ratings.command("list")
@click.argument("setting_id", required=False)
@click.option("--review-due", is_flag=True, help="Only ratings by an event with overdue reviews.")
@json_option
@pass_terminal
def list_(terminal: Terminal, setting_id: str | None, review_due: bool, as_json: bool) -> None:
    """List the quality ratings of a setting, or of all, the newest day first."""
    events = terminal.services.events
    found = [
        line
        for line in (events.reviews_due() if review_due else events.ratings(setting_id))
        if setting_id in (None, line.setting_id)
    ]
    show_list(
        terminal,
        translate("Ratings"),
        found,
        titled(
            _rating,
            translate("Day"),
            translate("Setting"),
            translate("Outcome"),
            translate("State"),
            translate("Cause"),
            translate("Review"),
        ),
        empty=translate("No rating."),
        as_json=as_json,
    )


@click.group(cls=Group)
def events() -> None:
    """Significant events at settings: add, list."""


@events.command()
@click.argument("setting_id")
@click.option("--text", required=True, help="What happened.")
@_kind_option
@click.option("--on", "happened_on", metavar="YYYY-MM-DD", help="Its day; today without it.")
@click.option("--source", default="", help="The person or body that reported it.")
@json_option
@pass_terminal
def add(
    terminal: Terminal,
    setting_id: str,
    text: str,
    kind: str,
    happened_on: str | None,
    source: str,
    as_json: bool,
) -> None:
    """Record an event that changes no rating. `ratings change` records one that does."""
    event = terminal.services.events.record(
        setting_id,
        kind,
        text,
        happened_on=read_day(happened_on),
        source=source,
    )
    show(event, ["  ".join(_event(event))], as_json=as_json)


@events.command("list")
@click.argument("setting_id")
@json_option
@pass_terminal
def list_events(terminal: Terminal, setting_id: str, as_json: bool) -> None:
    """List the significant events of a setting, the newest first."""
    found = terminal.services.events.list(setting_id)
    show_list(
        terminal,
        translate("Significant events"),
        found,
        titled(
            _event,
            translate("Day"),
            translate("Kind"),
            translate("Change"),
            translate("What happened"),
        ),
        empty=translate("No event."),
        as_json=as_json,
    )


def _event(event: EventView) -> tuple[str, ...]:
    changed = ""
    if event.rag:
        before, after = choice_word(Rag, event.rag_before), choice_word(Rag, event.rag)
        changed = translate("{before} to {after}", before=before, after=after)
    kind = choice_word(EventKind, event.kind)
    return event.happened_on.isoformat(), kind, changed, event.text


def _rating(line: RatingLine) -> tuple[str, ...]:
    due = line.review_on.isoformat() if line.review_on else ""
    review = translate("review {day}", day=due) if due else ""
    state = translate("in force") if line.stands else choice_word(RatingState, line.state)
    cause = choice_word(RatingCause, line.cause)
    return (line.day.isoformat(), line.setting, choice_word(Rag, line.rag), state, cause, review)
