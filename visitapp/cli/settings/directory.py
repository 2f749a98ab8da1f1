"""`visitapp import` and `visitapp directory`: public directories in, settings found."""

from __future__ import annotations

from pathlib import Path

import click

from visitapp.cli.help import Command, Group
from visitapp.cli.output import columns, json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.language import plural, translate
from visitapp.storage.directory import ImportReport, Place


@click.command("import", cls=Command)
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@json_option
@pass_terminal
def import_(terminal: Terminal, files: tuple[Path, ...], as_json: bool) -> None:
    """Import public directories (CQC, Care Inspectorate, food hygiene), recognised by content."""
    reports = [terminal.services.directory.import_file(file) for file in files]
    lines = [_line(report) for report in reports]
    problems = [
        "  " + translate("row {row}: {what}", row=problem.row, what=problem.what)
        for report in reports
        for problem in report.problems[:20]
    ]
    show({"files": reports}, [*lines, *problems], as_json=as_json)


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
    """Find settings by part of a name, a postcode, a provider or a location id."""
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
