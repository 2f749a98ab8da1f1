"""`visitapp-server`: set up, run and look after a central server."""

from __future__ import annotations

import sys

import click

from sync.server.commands.audit import audit
from sync.server.commands.configuration import check_config
from sync.server.commands.keeping import backup, init, migrate, nightly, restore_backup, tidy
from sync.server.commands.notices import notices
from sync.server.commands.people import devices, portfolio, users
from sync.server.commands.retention import legal_holds, retain
from sync.server.commands.running import run
from sync.server.commands.shared import Commands, Setup
from visitapp.configuration import speak
from visitapp.errors import Refused
from visitapp.language import SOURCE
from visitapp.rules.text import visible


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="visitapp")
def main() -> None:
    """The central server of Visitapp."""


_KEEPING = (init, migrate, backup, restore_backup, tidy, nightly, retain, legal_holds)

for _command in (
    *_KEEPING,
    run,
    check_config,
    users,
    portfolio,
    devices,
    audit,
    notices,
    legal_holds,
):
    main.add_command(_command)


def run_command() -> None:
    """The program `visitapp-server`."""
    setup = Setup()
    try:
        language = setup.configuration.values.language
    except Refused:  # the command refuses it too; help needs no configuration
        language = SOURCE
    try:
        speak(language)
    except Refused as refused:
        click.echo(visible(str(refused)), err=True)
        sys.exit(1)
    main(obj=setup)


if __name__ == "__main__":
    run_command()
