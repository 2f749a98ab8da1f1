"""What is done with one concern from a terminal: what happened, and its steps."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from visitapp.cli.concerns.text import concern_lines
from visitapp.cli.dates import read_day
from visitapp.cli.help import Command
from visitapp.cli.output import json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.cli.visits.report import require_new
from visitapp.language import translate
from visitapp.rules.concerns.concern_life import REPORTED
from visitapp.rules.concerns.states import ConcernDecision, ConcernStage, Harm

if TYPE_CHECKING:
    from visitapp.services.concerns.views import ConcernView

_REPORTED = [stage.value for stage in ConcernStage if stage in REPORTED]

_on = click.option("--on", metavar="YYYY-MM-DD", help="The day. Today if none.")


def show_concern(terminal: Terminal, found: ConcernView, as_json: bool) -> None:
    """Print a concern."""
    show(found, concern_lines(found, terminal.services.concerns.themes()), as_json=as_json)


@click.command(cls=Command)
@click.argument("concern_id")
@click.argument("text")
@click.option("--told", default="", help="Who was told of it, where it says that.")
@json_option
@pass_terminal
def update(terminal: Terminal, concern_id: str, text: str, told: str, as_json: bool) -> None:
    """Note something, which cannot be changed afterwards."""
    show_concern(terminal, terminal.services.concerns.update(concern_id, text, told), as_json)


@click.command(cls=Command)
@click.argument("concern_id")
@click.argument("stage", type=click.Choice(_REPORTED))
@_on
@click.option(
    "--harm",
    default="",
    type=click.Choice(["", *(one.value for one in Harm)]),
    help="The level of harm.",
)
@click.option("--causes", default="", help="The causes.")
@click.option("--by", "investigator", default="", help="Who investigated.")
@click.option("--learned", default="", help="What was learned.")
@click.option("--visit", "checked_visit_id", default="", help="The visit at which it was checked.")
@click.option("--reason", default="", help="A remark.")
@json_option
@pass_terminal
def reached(
    terminal: Terminal,
    /,
    concern_id: str,
    stage: str,
    on: str | None,
    reason: str,
    as_json: bool,
    **found: str,
) -> None:
    """Say that a stage was reached, such as acknowledged or investigated."""
    services = terminal.services.concerns
    show_concern(
        terminal, services.report(concern_id, stage, read_day(on), reason=reason, **found), as_json
    )


@click.command(cls=Command)
@click.argument("concern_id")
@_on
@click.option("--reason", default="", help="What was asked.")
@json_option
@pass_terminal
def ask(terminal: Terminal, concern_id: str, on: str | None, reason: str, as_json: bool) -> None:
    """Record that the provider was asked."""
    found = terminal.services.concerns.ask_provider(concern_id, read_day(on), reason)
    show_concern(terminal, found, as_json)


@click.command(cls=Command)
@click.argument("concern_id")
@click.argument("text")
@_on
@json_option
@pass_terminal
def reply(terminal: Terminal, concern_id: str, text: str, on: str | None, as_json: bool) -> None:
    """Record what the provider says."""
    found = terminal.services.concerns.record_reply(concern_id, text, read_day(on))
    show_concern(terminal, found, as_json)


@click.command(cls=Command)
@click.argument("concern_id")
@click.argument("decision", type=click.Choice([one.value for one in ConcernDecision]))
@click.option("--reason", required=True, help="The reason for the decision.")
@_on
@json_option
@pass_terminal
def decide(
    terminal: Terminal, concern_id: str, decision: str, reason: str, on: str | None, as_json: bool
) -> None:
    """Decide what was found."""
    found = terminal.services.concerns.decide(concern_id, decision, reason, read_day(on))
    show_concern(terminal, found, as_json)


@click.command(cls=Command)
@click.argument("concern_id")
@click.option("--lesson", required=True, help="What is to be learned.")
@_on
@json_option
@pass_terminal
def close(terminal: Terminal, concern_id: str, lesson: str, on: str | None, as_json: bool) -> None:
    """Close a concern that was decided, or a compliment."""
    show_concern(
        terminal, terminal.services.concerns.close(concern_id, lesson, read_day(on)), as_json
    )


@click.command(cls=Command)
@click.argument("concern_id")
@click.option("--reason", required=True, help="The reason for reopening it.")
@json_option
@pass_terminal
def reopen(terminal: Terminal, concern_id: str, reason: str, as_json: bool) -> None:
    """Open a concern again that was decided or closed."""
    show_concern(terminal, terminal.services.concerns.reopen(concern_id, reason), as_json)


@click.command(cls=Command)
@click.argument("concern_id")
@click.option("--reason", default="", help="The reason.")
@json_option
@pass_terminal
def restrict(terminal: Terminal, concern_id: str, reason: str, as_json: bool) -> None:
    """Show it from now on only to those who made and handle it, and to the roles of the policy."""
    show_concern(terminal, terminal.services.concerns.restrict(concern_id, reason), as_json)


@click.command(cls=Command)
@click.argument("concern_id")
@click.option("--reason", required=True, help="The reason.")
@json_option
@pass_terminal
def lift(terminal: Terminal, concern_id: str, reason: str, as_json: bool) -> None:
    """Lift the restriction of a concern, as a team lead: whoever sees its setting is given all of
    it."""
    show_concern(terminal, terminal.services.concern_handling.lift(concern_id, reason), as_json)


@click.command(cls=Command)
@click.argument("concern_id")
@click.argument("user")
@json_option
@pass_terminal
def give(terminal: Terminal, concern_id: str, user: str, as_json: bool) -> None:
    """Say who handles a concern, as a team lead: a sign-in name or a user's id."""
    show_concern(terminal, terminal.services.concerns.hand_to(concern_id, user), as_json)


@click.command("need-to-know", cls=Command)
@click.argument("concern_id")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The PDF to write.")
@click.option("--overwrite", is_flag=True, help="Replace an existing file of that name.")
@click.option("--decisions", default="", help="The decisions that are needed today.")
@click.option("--agencies", default="", help="Police, safeguarding, coroner, regulator.")
@click.option("--media", default="", help="Media and family.")
@click.option("--next-update", default="", help="When the next update comes.")
@json_option
@pass_terminal
def need_to_know(
    terminal: Terminal, /, concern_id: str, out: Path, overwrite: bool, as_json: bool, **said: str
) -> None:
    """Write the Need to Know note of a concern as a PDF of one page."""
    require_new(out, overwrite=overwrite)
    from visitapp.reports.concerns.need_to_know import Said, save_need_to_know

    path = save_need_to_know(terminal.services, concern_id, Said(**said), out)
    show({"file": str(path)}, [translate("Note saved to {file}.", file=path)], as_json=as_json)


STEP_COMMANDS = (
    *(need_to_know, update, reached, ask, reply, decide, close, reopen),
    *(restrict, lift, give),
)
