"""`visitapp visits move`: an open visit onto a newer version of its form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from visitapp.cli.help import Command
from visitapp.cli.output import json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.cli.visits.outcome_text import grade
from visitapp.cli.visits.text import aside_lines
from visitapp.language import translate

if TYPE_CHECKING:
    from forms.model import Form
    from forms.rating.outcome import Outcome
    from visitapp.services.views.form_upgrade import VersionChanges


@click.command(cls=Command)
@click.argument("visit_id")
@click.option("--to", "version", required=True, help="The version to move to.")
@click.option(
    "--yes",
    is_flag=True,
    help="Move the visit. Without this option, the command only shows what would change.",
)
@json_option
@pass_terminal
def move(terminal: Terminal, visit_id: str, version: str, yes: bool, as_json: bool) -> None:
    """Move an open visit to a newer version of its form, or show what would change."""
    visits = terminal.services.visits
    told = visits.version_changes(visit_id, version)
    if yes:
        visits.move_to_version(visit_id, version)
    last = translate("Nothing was changed. Add --yes to move the visit.")
    if yes:
        last = translate("Moved to version {version}.", version=told.to_version)
    library = terminal.services.desk.library
    forms = [library.form(told.form_id, one) for one in (told.from_version, told.to_version)]
    show({"moved": yes, "changes": told}, [*_lines(told, *forms), last], as_json=as_json)


def _lines(told: VersionChanges, old: Form, new: Form) -> list[str]:
    from visitapp.services.visits.blind import hidden_line

    head = translate(
        "{form}, from version {old} to {new}",
        form=told.form_id,
        old=told.from_version,
        new=told.to_version,
    )
    lines = [head, *(f"  {change.text}" for change in told.changes)]
    if told.falls_away:
        lines += [translate("No longer counted (answers kept)"), *aside_lines(told.falls_away)]
    else:
        lines.append(translate("Every counted answer still counts."))
    if told.missing:
        lines += [translate("Needed before sign-off"), *(f"  {text}" for text in told.missing)]
    if told.hidden:
        return [*lines, hidden_line()]
    before, after = _short(old, told.before), _short(new, told.after)
    return [
        *lines,
        translate("Outcome now: {before}. After the move: {after}.", before=before, after=after),
    ]


def _short(form: Form, outcome: Outcome) -> str:
    percent = "" if outcome.percent is None else f", {outcome.percent}%"
    return f"{grade(form, outcome.overall, outcome.level)}{percent}"
