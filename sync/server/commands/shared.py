"""What the server's commands have in common."""

from __future__ import annotations

from pathlib import Path

import click

from visitapp.errors import VisitappError

DATABASE = click.option(
    "--database",
    "url",
    envvar="VISITAPP_DATABASE",
    default="sqlite:///visitapp-server.db",
    help="sqlite:///FILE or postgresql://USER@HOST/NAME; also from VISITAPP_DATABASE.",
)

EVIDENCE_KEY = click.option(
    "--evidence-key",
    envvar="VISITAPP_EVIDENCE_KEY",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file with the key of photos and documents; also from VISITAPP_EVIDENCE_KEY.",
)

JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON, one object a line.")


class Commands(click.Group):
    """Says a problem as one sentence and ends with status 1."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except VisitappError as error:
            click.echo(str(error), err=True)
            ctx.exit(1)
