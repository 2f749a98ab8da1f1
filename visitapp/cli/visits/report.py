"""`visitapp report`: a visit on paper."""

from __future__ import annotations

from pathlib import Path

import click

from visitapp.cli.help import Command
from visitapp.cli.output import json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.errors import BadFile, Code
from visitapp.language import message, translate


@click.command(cls=Command)
@click.argument("visit_id")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The PDF to write.")
@click.option("--overwrite", is_flag=True, help="Replace an existing file of that name.")
@json_option
@pass_terminal
def report(terminal: Terminal, visit_id: str, out: Path, overwrite: bool, as_json: bool) -> None:
    """Write the report of a visit as a PDF."""
    require_new(out, overwrite=overwrite)
    from visitapp.reports.visit.report import write_visit_report

    visits, photo = terminal.services.visits, terminal.services.evidence.if_here
    now = terminal.services.desk.clock().astimezone()
    view, form = visits.view(visit_id), visits.form(visit_id)
    path = write_visit_report(view, form, out, printed_at=now, photo=photo)
    show({"file": str(path)}, [translate("Report saved to {file}.", file=path)], as_json=as_json)


def require_new(out: Path, *, overwrite: bool) -> None:
    """Raise BadFile ALREADY_THERE for a file that is there, unless it is to be overwritten."""
    if out.exists() and not overwrite:
        raise BadFile(
            Code.ALREADY_THERE,
            message("This file already exists, so nothing was written."),
            message("Choose another name, or add --overwrite to replace it."),
            file=str(out),
        )
