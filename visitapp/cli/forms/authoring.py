"""`visitapp forms diff` and `visitapp forms new`: for people who write forms."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from visitapp.cli.files import write_new
from visitapp.cli.forms.files import find_form, has_records
from visitapp.cli.help import Command
from visitapp.cli.output import json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.language import plural, translate

if TYPE_CHECKING:
    from forms.compare.change import Change
    from forms.model import Form
    from visitapp.services.forms.changes import RatedAs, RatedDifferently, VisitsCompared


@click.command(cls=Command)
@click.argument("old")
@click.argument("new")
@json_option
@pass_terminal
def diff(terminal: Terminal, old: str, new: str, as_json: bool) -> None:
    """Show what changed between two versions, and which past visits would be rated differently.

    OLD and NEW are files, or forms on this device: an id, or id@version.
    """
    from forms.compare.diff import compare

    before, after = find_form(terminal, old), find_form(terminal, new)
    changes = compare(before, after)
    visits = _visits(terminal, before, after)
    told = {
        "old": {"id": before.id, "version": before.version},
        "new": {"id": after.id, "version": after.version},
        "changes": changes,
        "visits": visits,
    }
    show(told, [*_change_lines(changes), *_visit_lines(visits, before)], as_json=as_json)


@click.command(cls=Command)
@click.argument("form_id", metavar="ID")
@click.option("--title", required=True, help="The title of the form.")
@click.option(
    "--kind",
    type=click.Choice(["visit", "self_assessment", "risk"]),
    required=True,
    help="The kind of form.",
)
@click.option(
    "--out", type=click.Path(path_type=Path), help="The file to write. It must not exist."
)
@json_option
def new(form_id: str, title: str, kind: str, out: Path | None, as_json: bool) -> None:
    """Start a new form: a small file that passes the check, with comments that explain it."""
    from forms.format.starting import starting_form

    text = starting_form(form_id, title, kind)
    if out is not None:
        write_new(out, text)
    lines = [translate("Written to {file}.", file=out)] if out else text.splitlines()
    show({"file": str(out) if out else None, "form": text}, lines, as_json=as_json)


def _visits(terminal: Terminal, before: Form, after: Form) -> VisitsCompared | None:
    """None where the data folder holds no records; nothing is then made there."""
    if not has_records(terminal):
        return None
    return terminal.services.form_changes.compare(before, after)


def _change_lines(changes: list[Change]) -> list[str]:
    if not changes:
        return [translate("The questions and the rating rules did not change.")]
    return [f"{change.what:<9} {change.text}" for change in changes]


def _visit_lines(visits: VisitsCompared | None, form: Form) -> list[str]:
    if visits is None:
        return []
    named = f"{form.id} {form.version}"
    if not visits.looked_at:
        return [translate("This device has no signed-off visits on {form}.", form=named)]
    head = plural(
        "Of {n} visit signed off on {form}, {different} would differ.",
        "Of {n} visits signed off on {form}, {different} would differ.",
        visits.looked_at,
        form=named,
        different=len(visits.different) or translate("none"),
    )
    return [head, *(_visit_line(one) for one in visits.different)]


def _visit_line(one: RatedDifferently) -> str:
    whole = translate("{before} to {after}", before=_rated(one.before), after=_rated(one.after))
    if one.points is not None:
        points = plural(
            "{points} point", "{points} points", abs(one.points), points=f"{one.points:+d}"
        )
        whole += f" ({points})"
    if one.before == one.after:
        whole = translate("{outcome} as before", outcome=_rated(one.before))
    parts = [
        f"{part.title} " + translate("{before} to {after}", before=part.before, after=part.after)
        for part in one.parts
    ]
    return f"  {one.visited_on} {one.setting}: {'; '.join([whole, *parts])}"


def _rated(rated: RatedAs) -> str:
    from visitapp.rules.choices import Rag
    from visitapp.vocabulary import choice_word

    percent = "" if rated.percent is None else f" {rated.percent}%"
    said = rated.level or choice_word(Rag, rated.rag)
    provisional = f", {translate('provisional')}" if rated.provisional else ""
    return f"{said}{percent}{provisional}"
