"""`visitapp decisions`: what waits for a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from visitapp.cli.dates import read_day
from visitapp.cli.help import Group
from visitapp.cli.output import columns, json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.language import translate
from visitapp.services.views.decided.decisions import Given

if TYPE_CHECKING:
    from visitapp.services.views.decided.decisions import DecisionView, Waiting


@click.group(cls=Group)
def decisions() -> None:
    """Decisions that wait: list them, read one, decide."""


@decisions.command("list")
@json_option
@pass_terminal
def list_(terminal: Terminal, as_json: bool) -> None:
    """List what waits, oldest first: for you, then for others."""
    found = terminal.services.decisions.waiting()
    lines: list[str] = []
    for title, some in (
        (translate("Yours to decide"), found.mine),
        (translate("With others"), found.others),
    ):
        if some:
            lines += [title, *columns([_row(one) for one in some])]
    show(found, lines or [translate("Nothing waits for a decision.")], as_json=as_json)


@decisions.command("show")
@click.argument("kind")
@click.argument("record_id", metavar="ID")
@json_option
@pass_terminal
def show_(terminal: Terminal, kind: str, record_id: str, as_json: bool) -> None:
    """Print one decision: what is asked, what is on record, the choices and what follows."""
    found = terminal.services.decisions.view(kind, record_id)
    show(found, _lines(found), as_json=as_json)


@decisions.command()
@click.argument("kind")
@click.argument("record_id", metavar="ID")
@click.argument("choice")
@click.option("--reason", default="", help="The reason for the decision.")
@click.option("--conditions", default="", help="The conditions.")
@click.option("--until", metavar="YYYY-MM-DD", help="The last day.")
@json_option
@pass_terminal
def decide(
    terminal: Terminal,
    kind: str,
    record_id: str,
    choice: str,
    reason: str,
    conditions: str,
    until: str | None,
    as_json: bool,
) -> None:
    """Decide, by one of the choices that `decisions show` prints."""
    given = Given(conditions=conditions, until=read_day(until), reason=reason)
    terminal.services.decisions.decide(kind, record_id, choice, given)
    done = {"kind": kind, "id": record_id, "choice": choice}
    show(done, [translate("Recorded.")], as_json=as_json)


def _row(one: Waiting) -> tuple[str, ...]:
    day = one.since.astimezone().date().isoformat()
    return (one.kind, one.id, day, one.setting, one.title, one.decided_by)


def _lines(found: DecisionView) -> list[str]:
    waiting = found.waiting
    lines = [f"{waiting.title}, {waiting.setting}: {waiting.id}", found.standing]
    for passage in found.passages:
        lines.append(passage.title)
        lines += [f"  {label}: {text}" if label else f"  {text}" for label, text in passage.lines]
    for option in found.options:
        lines.append(f"{option.label} ({option.id})")
        lines += [f"  {text}" for text in (*option.follows, option.barred) if text]
    if not waiting.mine:
        lines.append(translate("Decided by {who}.", who=waiting.decided_by))
    return lines
