"""Groups of commands of `visitapp`. One that is called `list` can write its list to a file."""

from __future__ import annotations

from pathlib import Path

import click

from visitapp.terminal import help as terminal
from visitapp.terminal.help import Command

__all__ = ["OUT", "Command", "Group", "out_option"]

OUT = "visitapp.out"
"""Under this name the context of a list keeps the file that it is to be written to."""


def _keep_out(context: click.Context, _: click.Parameter, out: Path | None) -> None:
    context.meta[OUT] = out


out_option = click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE.csv|xlsx",
    expose_value=False,
    callback=_keep_out,
    help="Write the list to this file, which must not exist.",
)
"""Writes a list to a file, as it is shown (`cli.lists`)."""


class Group(terminal.Group):
    """A command with commands of its own. One that is called `list` has `--out`."""

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Take a command in."""
        if (name or cmd.name) == "list":
            out_option(cmd)
        super().add_command(cmd, name)
