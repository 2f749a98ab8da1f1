"""`visitapp-server`: set up, run and look after a central server."""

from __future__ import annotations

import click

from sync.server.commands.audit import audit
from sync.server.commands.configuration import check_config
from sync.server.commands.keeping import backup, init, migrate, nightly, restore_backup, tidy
from sync.server.commands.notices import notices
from sync.server.commands.people import devices, portfolio, users
from sync.server.commands.retention import legal_holds, retain
from sync.server.commands.running import run
from sync.server.commands.shared import Commands


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

if __name__ == "__main__":
    main()
