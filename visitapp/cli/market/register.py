"""`visitapp contracts import`: a council's own register of contracts, from a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from visitapp.cli.help import Command
from visitapp.cli.output import json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.language import plural, translate
from visitapp.rules.access import ADMIN
from visitapp.rules.text import visible

if TYPE_CHECKING:
    from visitapp.services.views.registers import (
        ContractDifference,
        FieldDifference,
        RegisterDifference,
    )


@click.command("import", cls=Command)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--map",
    "columns",
    metavar="COLUMN=FIELD",
    multiple=True,
    help="Which field a column is; may be given more than once, and is remembered.",
)
@click.option(
    "--add-settings", is_flag=True, help="Add settings that the file names and are not here."
)
@click.option("--preview", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--yes", is_flag=True, help="Make the changes without asking.")
@json_option
@pass_terminal
def import_(
    terminal: Terminal,
    file: Path,
    columns: tuple[str, ...],
    add_settings: bool,
    preview: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Take a register of contracts from a spreadsheet or a CSV file.

    The changes are shown first. Contracts that are not in the file stay as they are.
    """
    register = terminal.services.contract_register
    read = register.read(file, mapped_columns(columns), adds_settings=add_settings)
    found = read.difference
    lines = [*_lines(found, is_whole=terminal.services.me().role == ADMIN)]
    if preview:
        show(found, lines, as_json=as_json)
        return
    if (found.new or found.changed) and not found.faults and not yes:
        if as_json:
            raise click.UsageError(translate("Give --preview or --yes with --json."))
        for line in lines:
            click.echo(visible(line))
        click.confirm(translate("Make these changes?"), abort=True, err=True)
        lines = []
    taken = register.apply(read)
    lines.append(plural("Added or changed {n} contract.", "Added or changed {n} contracts.", taken))
    show({"taken": taken, "difference": found}, lines, as_json=as_json)


def mapped_columns(given: Sequence[str]) -> dict[str, str]:
    """The fields of `--map`, by the titles of their columns."""
    columns = {}
    for pair in given:
        column, equals, field = pair.rpartition("=")
        if not equals:
            raise click.BadParameter(
                translate("{given} is not COLUMN=FIELD.", given=repr(pair)), param_hint="--map"
            )
        columns[column] = field
    return columns


def _lines(found: RegisterDifference, *, is_whole: bool) -> Iterator[str]:
    for field, column in found.columns.items():
        yield translate("“{column}” is read as {field}.", column=column, field=_title(field))
    for column in found.unread:
        yield translate("“{column}” is not read.", column=column)
    for name in found.new_providers:
        yield translate("new provider: {name}", name=name)
    for setting in found.new_settings:
        where = translate("not registered")
        if setting.location_id:
            where = translate("from the directory, ID {id}", id=setting.location_id)
        yield translate(
            "row {row}: new setting: {name}, {where}",
            row=setting.row,
            name=setting.name,
            where=where,
        )
    for one in found.new:
        yield translate("row {row}: {number}, new", row=one.row, number=one.number) + _changes(one)
    for one in found.changed:
        yield translate("row {row}: {number}", row=one.row, number=one.number) + _changes(one)
    for number in found.absent:
        yield translate("not in the file, stays as it is: {number}", number=number)
    for fault in (*found.left_out, *found.faults, *found.notes, *found.ignored):
        yield translate(
            "row {row}, column “{column}”: {what}",
            row=fault.row,
            column=fault.column,
            what=fault.what,
        )
    yield plural("{n} contract is unchanged.", "{n} contracts are unchanged.", found.unchanged)
    if found.new and not is_whole:
        yield translate(
            "A contract that only other teams have is not on this device and shows as new; the "
            "server does not make it again. An administrator's device has them all."
        )


def _changes(one: ContractDifference) -> str:
    return "".join(f"; {_change(change, one.contract_id is None)}" for change in one.changes)


def _change(change: FieldDifference, is_new: bool) -> str:
    field = _title(change.field)
    if is_new:
        return f"{field} {change.after}"
    return translate(
        "{field} {before} → {after}",
        field=field,
        before=change.before or translate("nothing"),
        after=change.after,
    )


def _title(field: str) -> str:
    from visitapp.services.contracts.register.columns import FIELDS

    return str(FIELDS[field])
