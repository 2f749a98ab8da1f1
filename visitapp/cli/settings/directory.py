"""`visitapp import` and `visitapp directory`: public directories in, settings found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from visitapp.cli.help import Command, Group, out_option
from visitapp.cli.lists import Column, show_list
from visitapp.cli.output import columns, json_option, progress_line, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.language import plural, translate, translate_in
from visitapp.storage.directory import ImportReport, Place

if TYPE_CHECKING:
    from visitapp.services.views.regulator_changes import RegulatorChangeView


@click.command("import", cls=Command)
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--changes", is_flag=True, help="List what is new for your settings and your area.")
@click.option("--older", is_flag=True, help="Import a file that is older than the present one too.")
@json_option
@pass_terminal
def import_(
    terminal: Terminal, files: tuple[Path, ...], changes: bool, older: bool, as_json: bool
) -> None:
    """Import public directories (CQC, Care Inspectorate, food hygiene), recognised by content.

    Ctrl C stops an import, and leaves the directory as it was.
    """
    taken = terminal.services.regulator_files
    before = _known(terminal) if changes else set()
    reports = []
    for file in files:
        with progress_line(translate("Importing {file}", file=file.name)) as progress:
            reports.append(taken.import_file(file, progress, take_older=older))
    lines = [_line(report) for report in reports]
    problems = [
        "  " + translate("row {row}: {what}", row=problem.row, what=problem.what)
        for report in reports
        for problem in report.problems[:20]
    ]
    told: dict[str, Any] = {"files": reports}
    if changes:
        new = [one for one in _listed(terminal) if one not in before]
        told["changes"] = new
        lines += _change_lines(new)
    show(told, [*lines, *problems], as_json=as_json)


def _known(terminal: Terminal) -> set[RegulatorChangeView]:
    return set(_listed(terminal))


def _listed(terminal: Terminal) -> list[RegulatorChangeView]:
    taken = terminal.services.regulator_files
    return [*taken.changes(), *taken.area_changes()]


def _change_lines(changes: list[RegulatorChangeView]) -> list[str]:
    if not changes:
        return [translate("Nothing new for your settings or your area.")]
    rows = [
        [str(column.value(one) or "") for column in _change_columns() if not column.in_file]
        for one in changes
    ]
    return columns(rows)


def _line(report: ImportReport) -> str:
    return translate(
        "{file}: {rows}, {settings}, {care} of them adult social care; {problems}",
        file=report.file,
        rows=plural("{n} row", "{n} rows", report.rows),
        settings=plural("{n} setting", "{n} settings", report.settings),
        care=report.social_care,
        problems=plural("{n} problem", "{n} problems", len(report.problems)),
    )


@click.group(cls=Group)
def directory() -> None:
    """Find settings in the imported directories."""


directory.add_command(import_, "import")


@directory.command("changes")
@click.option("--area", is_flag=True, help="Services in your area that you do not hold.")
@out_option
@json_option
@pass_terminal
def changes_(terminal: Terminal, area: bool, as_json: bool) -> None:
    """List what was new in the regulators' files, for the settings on this device."""
    taken = terminal.services.regulator_files
    show_list(
        terminal,
        translate("Changes"),
        taken.area_changes() if area else taken.changes(),
        _change_columns(),
        empty=translate("Nothing new. Import the regulator's present file to see what changed."),
        as_json=as_json,
        personal=False,
    )


@directory.command()
@click.argument("text")
@click.option(
    "--limit",
    type=click.IntRange(1, 1000),
    default=50,
    show_default=True,
    help="The largest number to list.",
)
@json_option
@pass_terminal
def search(terminal: Terminal, text: str, limit: int, as_json: bool) -> None:
    """Find settings by part of a name, a postcode, a provider or a location ID."""
    places = terminal.services.directory.search(text, limit=limit)
    found = [
        {
            "location_id": place.location_id,
            "name": place.name,
            "postcode": place.postcode,
            "provider": place.provider,
            "local_authority": place.local_authority,
            "overall": place.overall,
            "status": place.status,
            "service_types": place.service_types,
        }
        for place in places
    ]
    rows = [(p.location_id, p.name, p.postcode, p.provider, _rating(p)) for p in places]
    show(found, columns(rows) or [translate("Nothing found.")], as_json=as_json)


def _rating(place: Place) -> str:
    """The regulator's rating, and the state of a location that is not active."""
    state = place.status if place.status not in ("", "active") else ""
    return " · ".join(part for part in (place.overall, state) if part)


def _change_columns() -> list[Column]:
    from visitapp.rules.choices import RegulatorChangeKind
    from visitapp.services.directory.wording import source_word
    from visitapp.vocabulary import choice_word

    return [
        Column(translate("Setting"), lambda one: one.setting),
        Column(translate("Source"), lambda one: source_word(one.source)),
        Column(translate("Kind"), lambda one: choice_word(RegulatorChangeKind, one.kind)),
        Column(translate("Change"), lambda one: one.what),
        Column(translate("Published"), lambda one: one.published_on or one.edition_on),
        Column(translate("Location ID"), lambda one: one.location_id, in_file=True),
        Column(translate_in("place", "Area"), lambda one: one.local_authority, in_file=True),
        Column(translate("File of"), lambda one: one.edition_on, in_file=True),
        Column(translate("Link"), lambda one: one.link, in_file=True),
    ]
