"""`visitapp report`: a visit on paper."""

from __future__ import annotations

from pathlib import Path

import click

from visitapp.cli.help import Command, Group
from visitapp.cli.output import json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.errors import BadFile, Code
from visitapp.language import message, translate
from visitapp.services.visits.receipt import matches


class _Reports(Group):
    """A group whose own work is to write a report: `report VISIT_ID` is `report write VISIT_ID`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the command in that was left out."""
        if args and args[0] not in (*self.commands, "-h", "--help"):
            args = ["write", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Reports)
def report() -> None:
    """A visit on paper: write its report, verify a receipt."""


@report.command()
@click.argument("visit_id")
@click.argument("receipt")
@json_option
@pass_terminal
def verify(terminal: Terminal, visit_id: str, receipt: str, as_json: bool) -> int:
    """Check the receipt of a printed report against the visit on this device.

    The exit status is 1 when it is not the receipt of this visit. 16 digits are enough.
    """
    visits = terminal.services.visits
    holds = matches(visits.view(visit_id), visits.form(visit_id), receipt)
    said = (
        translate("The receipt is right: form, answers, photos and outcome are as printed.")
        if holds
        else translate("This is not the receipt of this visit as it is on this device.")
    )
    show({"visit": visit_id, "verified": holds}, [said], as_json=as_json)
    return 0 if holds else 1


@report.command(cls=Command)
@click.argument("visit_id")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The PDF to write.")
@click.option("--overwrite", is_flag=True, help="Replace an existing file of that name.")
@json_option
@pass_terminal
def write(terminal: Terminal, visit_id: str, out: Path, overwrite: bool, as_json: bool) -> None:
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
