"""`visitapp escalation`: the ladder of a setting, its decisions, meetings and letters."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from visitapp.cli.dates import read_day
from visitapp.cli.escalation.text import escalation_lines
from visitapp.cli.help import Group
from visitapp.cli.output import columns, json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.cli.visits.report import require_new
from visitapp.language import translate
from visitapp.rules.choices import Position
from visitapp.rules.escalation.states import LadderNoteKind, Rung, RungOutcome
from visitapp.vocabulary import choice_word

if TYPE_CHECKING:
    from visitapp.services.escalation.views import EscalationView

_POSITIONS = [Position.OPEN.value, Position.CONDITIONAL.value, Position.CLOSED.value]

_step = click.argument("step", type=click.Choice([rung.value for rung in Rung]))
_on = click.option("--on", metavar="YYYY-MM-DD", help="The day. Today if none.")
_reason = click.option("--reason", required=True, help="The reason.")
_due = click.option("--due", metavar="YYYY-MM-DD", help="By when it is put right, or ends.")
_review = click.option("--review", metavar="YYYY-MM-DD", help="When it is looked at again.")


@click.group(cls=Group)
def escalation() -> None:
    """The escalation ladder: open steps, review, end, meetings, letters."""


def _show(found: EscalationView, as_json: bool) -> None:
    show(found, escalation_lines(found), as_json=as_json)


@escalation.command("list")
@json_option
@pass_terminal
def list_(terminal: Terminal, as_json: bool) -> None:
    """List the settings that are escalated, the next date first."""
    found = terminal.services.escalations.list()
    rows = [
        (
            one.setting_id,
            one.next_on.isoformat() if one.next_on else "",
            ", ".join(choice_word(Rung, rung) for rung in one.open),
            one.setting,
        )
        for one in found
    ]
    show(found, columns(rows) or [translate("No setting is escalated.")], as_json=as_json)


@escalation.command("show")
@click.argument("setting_id")
@json_option
@pass_terminal
def show_(terminal: Terminal, setting_id: str, as_json: bool) -> None:
    """Print where a setting stands on the ladder, and what was decided."""
    _show(terminal.services.escalations.view(setting_id), as_json)


@escalation.command("open")
@click.argument("setting_id")
@_step
@_reason
@_on
@_due
@_review
@click.option("--contract", "contract_id", help="The contract. The setting's own if it has one.")
@click.option("--clause", default="", help="The clause. The policy's if none.")
@click.option("--remedy", default="", help="What must be put right.")
@click.option("--support", default="", help="Who gives peer support, or commands at a loss.")
@click.option("--authority", default="", help="The delegation or minute that it rests on.")
@click.option("--skip-reason", default="", help="Why lower steps are passed over.")
@click.option("--also", multiple=True, help="Another setting in which the same is decided.")
@json_option
@pass_terminal
def open_(
    terminal: Terminal,
    /,
    setting_id: str,
    step: str,
    on: str | None,
    due: str | None,
    review: str | None,
    also: tuple[str, ...],
    as_json: bool,
    **said: str,
) -> None:
    """Open a step. A suspension closes the setting to new placements."""
    from visitapp.services.escalation.opening import Opening

    opening = Opening(on=read_day(on), due_on=read_day(due), review_on=read_day(review), **said)
    _show(terminal.services.escalations.open(setting_id, step, opening, also), as_json)


@escalation.command("review")
@click.argument("setting_id")
@_step
@_reason
@_on
@_due
@_review
@json_option
@pass_terminal
def review_(
    terminal: Terminal,
    setting_id: str,
    step: str,
    reason: str,
    on: str | None,
    due: str | None,
    review: str | None,
    as_json: bool,
) -> None:
    """Look at an open step again, and give its new date."""
    found = terminal.services.escalations.review(
        setting_id, step, reason, due_on=read_day(due), review_on=read_day(review), on=read_day(on)
    )
    _show(found, as_json)


@escalation.command()
@click.argument("setting_id")
@_step
@click.option(
    "--as",
    "outcome",
    required=True,
    type=click.Choice([outcome.value for outcome in RungOutcome]),
    help="What came of it.",
)
@_reason
@_on
@click.option(
    "--position",
    default=Position.OPEN.value,
    show_default=True,
    type=click.Choice(_POSITIONS),
    help="Of a suspension: the placement position afterwards.",
)
@click.option("--condition", default="", help="The condition, where it is open with one.")
@json_option
@pass_terminal
def end(
    terminal: Terminal,
    /,
    setting_id: str,
    step: str,
    outcome: str,
    reason: str,
    on: str | None,
    position: str,
    condition: str,
    as_json: bool,
) -> None:
    """End an open step with what came of it."""
    found = terminal.services.escalations.end(
        *(setting_id, step, outcome, reason),
        on=read_day(on),
        position=position,
        condition=condition,
    )
    _show(found, as_json)


@escalation.command("stand-down")
@click.argument("setting_id")
@_reason
@_on
@json_option
@pass_terminal
def stand_down(
    terminal: Terminal, setting_id: str, reason: str, on: str | None, as_json: bool
) -> None:
    """End an escalation of which no step is open, as a team lead."""
    found = terminal.services.escalations.stand_down(setting_id, reason, read_day(on))
    _show(found, as_json)


@escalation.command()
@click.argument("setting_id")
@_step
@click.argument("text")
@click.option(
    "--kind",
    default=LadderNoteKind.MEETING.value,
    show_default=True,
    type=click.Choice([kind.value for kind in LadderNoteKind]),
    help="What it is.",
)
@click.option("--with", "with_whom", default="", help="Who took part, by role.")
@_on
@json_option
@pass_terminal
def note(
    terminal: Terminal,
    setting_id: str,
    step: str,
    text: str,
    kind: str,
    with_whom: str,
    on: str | None,
    as_json: bool,
) -> None:
    """Note a meeting, a letter that was served, progress or a line of the log."""
    found = terminal.services.escalations.note(
        setting_id, step, kind, text, with_whom=with_whom, on=read_day(on)
    )
    _show(found, as_json)


@escalation.command()
@click.argument("decision_id")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The PDF to write.")
@click.option("--overwrite", is_flag=True, help="Replace an existing file of that name.")
@json_option
@pass_terminal
def letter(terminal: Terminal, decision_id: str, out: Path, overwrite: bool, as_json: bool) -> None:
    """Write the letter of a step that was opened, as a PDF."""
    require_new(out, overwrite=overwrite)
    from visitapp.reports.escalation.letter import save_letter

    path = save_letter(terminal.services, decision_id, out)
    show({"file": str(path)}, [translate("Letter saved to {file}.", file=path)], as_json=as_json)
