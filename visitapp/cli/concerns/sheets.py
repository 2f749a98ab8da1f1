"""`visitapp concerns import`: concerns from a case system's file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from visitapp.cli.help import Command
from visitapp.cli.market.register import mapped_columns
from visitapp.cli.output import json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.language import plural, translate
from visitapp.rules.concerns.states import ConcernKind
from visitapp.rules.text import visible
from visitapp.vocabulary import choice_word

if TYPE_CHECKING:
    from visitapp.services.concerns.views import ConcernSheet


@click.command("import", cls=Command)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--map",
    "columns",
    metavar="COLUMN=FIELD",
    multiple=True,
    help="Which field a column is; may be given more than once, and is remembered.",
)
@click.option("--preview", is_flag=True, help="Show what would be logged, and log nothing.")
@click.option("--yes", is_flag=True, help="Log them without asking.")
@json_option
@pass_terminal
def import_(
    terminal: Terminal,
    file: Path,
    columns: tuple[str, ...],
    preview: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Take concerns from a case system's spreadsheet or CSV file.

    What would be logged is shown first. A concern with a reference that is logged already stays as
    it is.
    """
    sheets = terminal.services.concern_sheets
    found = sheets.preview(file, mapped_columns(columns))
    lines = [*_lines(found)]
    if preview:
        show(found, lines, as_json=as_json)
        return
    if found.new and not found.faults and not yes:
        if as_json:
            raise click.UsageError(translate("Give --preview or --yes with --json."))
        for line in lines:
            click.echo(visible(line))
        click.confirm(translate("Log these concerns?"), abort=True, err=True)
        lines = []
    logged = sheets.apply(found)
    lines.append(plural("Logged {n} concern.", "Logged {n} concerns.", logged))
    show({"logged": logged, "difference": found}, lines, as_json=as_json)


def _lines(found: ConcernSheet) -> Iterator[str]:
    for field, column in found.columns.items():
        yield translate("“{column}” is read as {field}.", column=column, field=field)
    for column in found.unread:
        yield translate("“{column}” is not read.", column=column)
    for one in found.new:
        yield translate(
            "row {row}: {kind} at {setting}: {title}",
            row=one.row,
            kind=choice_word(ConcernKind, one.concern.kind).lower(),
            setting=one.setting,
            title=one.concern.title,
        )
    for fault in found.faults:
        yield translate(
            "row {row}, column “{column}”: {what}",
            row=fault.row,
            column=fault.column,
            what=fault.what,
        )
    yield plural(
        "{n} concern has already been logged.",
        "{n} concerns have already been logged.",
        found.known,
    )
