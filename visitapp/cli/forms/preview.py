"""`visitapp forms preview`: a form on the real Visit page while it is being written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from visitapp.cli.help import Command
from visitapp.cli.output import json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.language import translate


@click.command(cls=Command)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--setting",
    "facts",
    metavar="NAME=VALUE",
    multiple=True,
    help="A fact about the setting that conditions use, such as service_type=nursing.",
)
@click.option(
    "--screenshot",
    type=click.Path(path_type=Path),
    help="Save a picture of the page to this PNG file and open no window.",
)
@json_option
@pass_terminal
def preview(
    terminal: Terminal,
    file: Path,
    facts: Sequence[str],
    screenshot: Path | None,
    as_json: bool,
) -> int:
    """Try a form on the Visit page, and see the outcome change. Nothing is saved.

    Each time the file is saved, the page is updated, or the faults of the file are shown.
    """
    status = terminal.program.preview_form(file, dict(map(_fact, facts)), screenshot)
    told = {"file": str(file), "screenshot": str(screenshot) if screenshot else None}
    show(
        told,
        [translate("Written to {file}.", file=screenshot)] if screenshot else [],
        as_json=as_json,
    )
    return status


def _fact(given: str) -> tuple[str, str]:
    name, equals, value = given.partition("=")
    if not equals:
        raise click.BadParameter(
            translate("Write it like service_type=nursing."), param_hint="--setting"
        )
    return name.strip(), value.strip()
