"""`visitapp diagnostics`: what support needs to know, without personal data."""

from __future__ import annotations

from pathlib import Path

import click

from visitapp.cli.help import Command
from visitapp.cli.output import json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.language import translate


@click.command(cls=Command)
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@pass_terminal
def diagnostics(terminal: Terminal, file: Path, as_json: bool) -> None:
    """Write what support needs to know to a file: versions, counts and log, no personal data."""
    terminal.services.diagnostics.save(file)
    lines = [translate("Diagnostics written to {file}.", file=file.name)]
    show({"file": file.name}, lines, as_json=as_json)
