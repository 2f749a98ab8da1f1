"""`visitapp forms`: form definitions; records are opened only where they are there."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from visitapp.cli.files import read_answers, read_object
from visitapp.cli.forms.authoring import diff, new
from visitapp.cli.forms.exchange import export_form, import_form
from visitapp.cli.forms.files import find_form, first_fault, library_of, report
from visitapp.cli.forms.preview import preview
from visitapp.cli.forms.publishing import publish
from visitapp.cli.help import Group
from visitapp.cli.lists import Column, show_list
from visitapp.cli.output import json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.cli.visits.outcome_text import outcome_lines
from visitapp.errors import BadFile, Code
from visitapp.language import translate

if TYPE_CHECKING:
    from forms.format.faults import Fault


@click.group(cls=Group)
def forms() -> None:
    """Form definitions: list, check, preview, publish, rate, compare, begin, import, export."""


forms.add_command(diff)
forms.add_command(new)
forms.add_command(preview)
forms.add_command(publish)
forms.add_command(import_form)
forms.add_command(export_form)


@forms.command("list")
@json_option
@pass_terminal
def list_(terminal: Terminal, as_json: bool) -> None:
    """List the forms that come with the program and those that were published."""
    found = library_of(terminal).summaries()
    listed = [
        {
            "id": form.id,
            "version": form.version,
            "kind": form.kind,
            "title": form.title,
            "applies_to": form.applies_to,
            "source": form.source,
            "published_at": form.published_at,
        }
        for form in found
    ]
    show_list(
        terminal,
        translate("Forms"),
        found,
        [
            Column(translate("Form id"), lambda form: form.id),
            Column(translate("Version"), lambda form: form.version),
            Column(translate("Kind"), lambda form: form.kind),
            Column(translate("Origin"), lambda form: _origin(form.published_at)),
            Column(translate("Title"), lambda form: form.title),
        ],
        value=listed,
        empty="",
        as_json=as_json,
        personal=False,
    )


@forms.command()
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@json_option
def check(files: tuple[Path, ...], as_json: bool) -> None:
    """Check form definitions and list every fault with its line and remedy."""
    from forms.format.check import check_form
    from forms.format.faults import Fault
    from forms.format.source import read_text

    def faults_of(file: Path) -> list[Fault]:
        try:
            return check_form(read_text(file), str(file))
        except BadFile as problem:
            return [
                Fault(str(file), problem.row or 1, str(problem.what), str(problem.next_step or ""))
            ]

    found = {str(file): faults_of(file) for file in files}
    checked = [{"file": file, "faults": faults} for file, faults in found.items()]
    lines = [line for file, faults in found.items() for line in report(file, faults)]
    show({"files": checked}, lines, as_json=as_json)
    faults = [fault for listed in found.values() for fault in listed]
    if faults:
        raise first_fault(Code.FORM_FAULTS, faults)


@forms.command()
@click.option("--form", "form_name", required=True, help="A form's id, or its file.")
@click.option(
    "--answers",
    "answers_file",
    required=True,
    type=click.Path(path_type=Path),
    help="The answers, a JSON file.",
)
@click.option(
    "--setting",
    "setting_file",
    type=click.Path(path_type=Path),
    help="The setting's facts, a JSON file.",
)
@json_option
@pass_terminal
def rate(
    terminal: Terminal,
    form_name: str,
    answers_file: Path,
    setting_file: Path | None,
    as_json: bool,
) -> None:
    """Rate answers on a form and print the outcome."""
    from forms import rate as rate_form
    from forms.rating.answers import answers_refused, check_answers

    form = find_form(terminal, form_name)
    answers = read_answers(answers_file)
    faults = check_answers(form, answers)
    if faults:
        raise BadFile(Code.ANSWERS_FAULTS, answers_refused(faults), file=str(answers_file))
    outcome = rate_form(form, answers, read_object(setting_file) if setting_file else None)
    show(outcome, outcome_lines(outcome, form), as_json=as_json)


def _origin(published_at: datetime | None) -> str:
    if published_at is None:
        return translate("comes with the program")
    return translate("published {day}", day=f"{published_at.astimezone():%Y-%m-%d}")
