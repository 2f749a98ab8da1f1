"""The command that shows the configuration."""

from __future__ import annotations

import click
import msgspec

from sync.server.commands.shared import JSON, Setup
from visitapp.configuration import ServerConfiguration, unknown_variables
from visitapp.language import translate
from visitapp.terminal.help import Command


@click.command("check-config", cls=Command)
@JSON
@click.pass_context
def check_config(context: click.Context, as_json: bool) -> None:
    """Show every key with its value and source, without secrets. Exit status 1 if a value is not
    valid."""
    configuration = context.ensure_object(Setup).configuration
    rows = configuration.rows()
    if as_json:
        for row in rows:
            click.echo(msgspec.json.encode(row))
        return
    width = max(len(row.key) for row in rows)
    for row in rows:
        click.echo(f"{row.key:<{width}}  {row.value or translate('(none)')}  [{row.source}]")
    for variable in unknown_variables(ServerConfiguration):
        said = translate(
            "The server does not read {variable}. Check its spelling.", variable=variable
        )
        click.echo(said, err=True)
