"""What the server's commands have in common."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from visitapp.configuration import (
    Configuration,
    Key,
    ServerConfiguration,
    keys_of,
    operating_account,
    read_configuration,
)
from visitapp.errors import VisitappError
from visitapp.rules.text import visible
from visitapp.terminal.help import Group

USUAL_FILE = Path("/etc/visitapp/server.toml")
_FILES = ("evidence_key", "tls_cert", "tls_key")
_KEYS = {key.name: key for key in keys_of(ServerConfiguration)}
_Command = TypeVar("_Command", bound=Callable[..., Any])


class Setup:
    """The configuration of one run of a command, read at first use so that help needs none."""

    @cached_property
    def configuration(self) -> Configuration[ServerConfiguration]:
        """Raises Refused as `read_configuration` does."""
        return read_configuration(ServerConfiguration, usual=USUAL_FILE)


def given_by(command: Callable[..., Any]) -> Callable[..., Any]:
    """Passes `by` to a command: who gives it, for the audit log."""

    @click.pass_context
    @wraps(command)
    def with_administrator(context: click.Context, *given: Any, **options: Any) -> Any:
        named = context.ensure_object(Setup).configuration.values.administrator
        return context.invoke(command, *given, by=named or operating_account(), **options)

    return with_administrator


def configured(name: str, dest: str | None = None) -> Callable[[_Command], _Command]:
    """An option of a command that overrides a key of the configuration for one run.

    dest: the parameter that takes it, where that is not the key's own name.
    """
    key = _KEYS[name]

    def value_of(context: click.Context, parameter: click.Parameter, given: Any) -> Any:
        if given is not None:
            return given
        return getattr(context.ensure_object(Setup).configuration.values, name)

    return click.option(
        f"--{name.replace('_', '-')}",
        dest or name,
        type=_type(key),
        callback=value_of,
        help=f"{key.description}; also from {key.variable}.",
    )


def _type(key: Key) -> click.ParamType[Any]:
    if key.name in _FILES:
        return click.Path(dir_okay=False, path_type=Path)
    if key.choices:
        return click.Choice(key.choices)
    if key.least is not None:
        return click.IntRange(key.least, key.most)
    return click.STRING


DATABASE = configured("database", "url")
EVIDENCE_KEY = configured("evidence_key")

JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON, one object on each line.")


def say(*cells: str) -> None:
    """Print one line. Each cell stands on it whole, whatever signs a name has."""
    click.echo("\t".join(map(visible, cells)))


class Commands(Group):
    """Says a problem as one sentence and ends with status 1."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except VisitappError as error:
            click.echo(visible(str(error)), err=True)
            ctx.exit(1)
