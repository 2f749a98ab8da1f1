"""`visitapp demo`: a fictional council with the whole journey in it."""

from __future__ import annotations

from pathlib import Path

import click

from visitapp.cli.help import Command
from visitapp.cli.program import Terminal, pass_terminal


@click.command(cls=Command)
@click.option(
    "--out",
    default=Path("build/demo"),
    show_default=True,
    type=click.Path(path_type=Path),
    help="The folder that the demo writes to.",
)
@click.option("--headless", is_flag=True, help="Do not open a window at the end.")
@pass_terminal
def demo(terminal: Terminal, out: Path, headless: bool) -> int:
    """Create a fictional council, run the whole journey, and save the reports and screenshots."""
    return terminal.program.run_demo(out, headless)
