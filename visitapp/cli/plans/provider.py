"""`visitapp plans export` and `return`: the plan as a file for the provider, and back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import to_builtins

from visitapp.cli.help import Command
from visitapp.cli.output import json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.language import plural, translate

if TYPE_CHECKING:
    from visitapp.services.plans.provider.views import ReturnedRow, ReturnPreview


@click.command(cls=Command)
@click.argument("plan_id")
@click.option(
    "--folder", required=True, type=click.Path(path_type=Path), help="Where to put the files."
)
@click.option("--overwrite", is_flag=True, help="Replace existing files of the same names.")
@json_option
@pass_terminal
def export(terminal: Terminal, plan_id: str, folder: Path, overwrite: bool, as_json: bool) -> None:
    """Save the agreed plan for the provider: a PDF, and a spreadsheet that they fill in.

    The report of the newest signed-off visit that its actions came from is saved beside them.
    """
    from visitapp.reports.plans.save import save_for_provider

    files = save_for_provider(terminal.services, plan_id, folder, overwrite=overwrite)
    lines = [translate("Saved {file}.", file=file) for file in files]
    if terminal.services.plans.view(plan_id).changed:
        lines.append(
            translate(
                "The plan has changed since it was agreed. The files have the agreed version."
            )
        )
    show({"files": [str(file) for file in files]}, lines, as_json=as_json)


@click.command("return", cls=Command)
@click.argument("plan_id")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--row", "rows", type=int, multiple=True, help="Take this row; may be given more than once."
)
@click.option(
    "--comment",
    "comments",
    type=int,
    multiple=True,
    help="Take the comment on the report in this row of its sheet.",
)
@click.option("--all", "every", is_flag=True, help="Take every row that is shown.")
@json_option
@pass_terminal
def return_(
    terminal: Terminal,
    plan_id: str,
    file: Path,
    rows: tuple[int, ...],
    comments: tuple[int, ...],
    every: bool,
    as_json: bool,
) -> None:
    """Show what the provider's file says, and take the rows that are chosen.

    Without --row or --all nothing is taken. Done is the provider's word, and stays to be verified.
    """
    files = terminal.services.provider_files
    found = files.preview(plan_id, file)
    chosen = {one.row for one in found.changes} if every else set(rows)
    said = {one.row for one in found.comments}
    told = said if every else set(comments)
    unknown = (chosen - {one.row for one in found.changes}) | (told - said)
    if unknown:
        text = ", ".join(map(str, sorted(unknown)))
        raise click.UsageError(translate("There is nothing to take in row {rows}.", rows=text))
    taken = files.take(found, chosen, told) if chosen or told else 0
    lines = _preview_lines(found)
    if taken:
        lines.append(plural("Took {n} row.", "Took {n} rows.", taken))
    show({"taken": taken, "preview": found}, lines, as_json=as_json)


def _preview_lines(found: ReturnPreview) -> list[str]:
    lines = [line for one in found.changes for line in _row_lines(one)]
    lines += [
        translate("row {row}, column “{column}”: {what}", row=f.row, column=f.column, what=f.what)
        for f in found.faults
    ]
    lines += [
        translate("row {row}: comment on the report, {place}: {text}", **to_builtins(one))
        for one in found.comments
    ]
    lines += found.notes
    if found.taken:
        lines.append(
            plural(
                "{n} row was taken from this file before.",
                "{n} rows were taken from this file before.",
                found.taken,
            )
        )
    return lines or [translate("The file says nothing that is not here already.")]


def _row_lines(one: ReturnedRow) -> list[str]:
    said = []
    if one.progress is not None and one.progress != one.progress_before:
        before = translate("none") if one.progress_before is None else one.progress_before
        said.append(translate("number done {before} → {after}", before=before, after=one.progress))
    if one.done_on is not None:
        said.append(translate("done on {day}, to be verified", day=one.done_on))
    head = translate("row {row}: action {n}, {title}", row=one.row, n=one.number, title=one.title)
    lines = ["; ".join([head, *said])]
    return [*lines, *(f"  {line}" for line in one.words.splitlines())]
