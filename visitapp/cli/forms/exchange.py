"""Forms and visits in other programs' formats: `forms import`, `forms export`, `visits export`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from visitapp.cli.files import write_new
from visitapp.cli.forms.files import find_form, find_text
from visitapp.cli.help import Command
from visitapp.cli.output import json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.language import plural, translate
from visitapp.rules.text import visible
from visitapp.services.visits.answers.plain import plain

if TYPE_CHECKING:
    from forms.xlsform import Imported

fhir_option = click.option(
    "--fhir", is_flag=True, required=True, expose_value=False, help="As FHIR R4B, in JSON."
)
"""The one format there is; it is named so that another can be added."""
out_option = click.option(
    "--out", type=click.Path(path_type=Path), help="The file to write. It must not exist."
)


@click.command("import", cls=Command)
@click.argument("file", type=click.Path(path_type=Path))
@out_option
@json_option
def import_form(file: Path, out: Path | None, as_json: bool) -> None:
    """Convert an XLSForm (.xlsx, .xls, .ods, .csv or .md) to a form, and list anything left out."""
    from forms.xlsform import import_xlsform

    imported = import_xlsform(file)
    if out is not None:
        write_new(out, imported.yaml_text)
    told = msgspec.to_builtins(imported)
    told["form"] = told.pop("yaml_text")
    told["file"] = str(out) if out else None
    if out is None and not as_json:
        for line in _summary(imported):
            click.echo(visible(line), err=True)
    lines = _summary(imported, out) if out else imported.yaml_text.splitlines()
    show(told, lines, as_json=as_json)


@click.command("export", cls=Command)
@click.argument("form")
@click.option("--fhir", "shape", flag_value="fhir", help="As a FHIR R4B Questionnaire, in JSON.")
@click.option("--yaml", "shape", flag_value="yaml", help="As YAML, as it was written.")
@out_option
@json_option
@pass_terminal
def export_form(
    terminal: Terminal, form: str, shape: str | None, out: Path | None, as_json: bool
) -> None:
    """Export a form. FORM is a file, or a form on this device: an id, or id@version."""
    if shape is None:
        raise click.UsageError(translate("Choose a format: --fhir or --yaml."))
    if shape == "yaml":
        _deliver_text(find_text(terminal, form), out, as_json=as_json)
        return
    from forms.fhir import questionnaire

    _deliver(questionnaire(find_form(terminal, form)), out, as_json=as_json)


@click.command("export", cls=Command)
@click.argument("visit_id")
@fhir_option
@out_option
@json_option
@pass_terminal
def export_visit(terminal: Terminal, visit_id: str, out: Path | None, as_json: bool) -> None:
    """Export a visit's answers as a FHIR QuestionnaireResponse."""
    from forms.fhir import VisitFacts, response

    view = terminal.services.visits.view(visit_id)
    visit = view.summary
    day = datetime.combine(visit.visited_on, datetime.min.time(), tzinfo=UTC)
    facts = VisitFacts(
        visit_id=visit.id,
        status=visit.status,
        setting_id=visit.setting_id,
        setting_name=view.setting_name,
        officer=visit.officer,
        authored=visit.signed_off_at or day,
        setting=view.setting_facts,
    )
    answers = {question: plain(answer) for question, answer in view.answers.items()}
    form = terminal.services.visits.form(visit_id)
    _deliver(response(form, answers, facts), out, as_json=as_json)


def _deliver_text(text: str, out: Path | None, *, as_json: bool) -> None:
    if out is not None:
        write_new(out, text)
    told = {"file": str(out) if out else None, "form": text}
    show(
        told,
        [translate("Written to {file}.", file=out)] if out else text.splitlines(),
        as_json=as_json,
    )


def _deliver(resource: dict[str, Any], out: Path | None, *, as_json: bool) -> None:
    """Prints a FHIR resource, or writes it and says so."""
    if out is None:
        show(resource, [], as_json=True)
        return
    text = msgspec.json.format(msgspec.json.encode(resource), indent=2).decode()
    write_new(out, text + "\n")
    show({"file": str(out)}, [translate("Written to {file}.", file=out)], as_json=as_json)


def _summary(imported: Imported, out: Path | None = None) -> Iterator[str]:
    yield translate(
        "{title}: {questions} in {areas}, {conditions} under a condition, from {rows}.",
        title=imported.title,
        questions=plural("{n} question", "{n} questions", imported.questions),
        areas=plural("{n} area", "{n} areas", imported.areas),
        conditions=imported.conditions,
        rows=plural("{n} row", "{n} rows", imported.rows),
    )
    for loss in imported.left_out:
        yield f"{loss.sheet} {loss.row}: {loss.what}"
    if not imported.left_out:
        yield translate("Nothing is left out.")
    if out is not None:
        yield translate("Written to {file}.", file=out)
