"""The commands of a program and their options, to be looked for in its guide."""

from __future__ import annotations

from collections.abc import Iterator

import click


def commands(group: click.Group, *path: str) -> Iterator[tuple[str, click.Command]]:
    """Every command below a group, by the words that are typed for it."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, *path, name)
        else:
            yield " ".join((*path, name)), command


def options(command: click.Command) -> list[click.Option]:
    """The options of a command."""
    return [parameter for parameter in command.params if isinstance(parameter, click.Option)]
