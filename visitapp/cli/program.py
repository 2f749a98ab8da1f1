"""What the commands run on: built above them, and handed in. What opens data is imported when it is
opened, so that the desktop, which opens its own, need not wait for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from visitapp.cli.problems import LOG_FILE
from visitapp.configuration import ClientConfiguration

if TYPE_CHECKING:
    from visitapp.services.services import Services
    from visitapp.services.views.rescue import RescueSaved
    from visitapp.storage.keys.device_key import DeviceKey
    from visitapp.storage.logs import PrivateRotatingFile


@dataclass(frozen=True)
class Program:
    """The parts of the program that live above the terminal.

    configuration: as it was read once for this run. open_services: opens the data folder,
    with a passphrase or with the keyring.
    open_desktop: runs the windows on it and gives the exit status. run_demo: makes the fictional
    council in a folder, headless or with a window. preview_form: shows a form file on a setting
    with these facts, or paints it to a picture. save_rescue: writes the unsent work of a data
    folder to a file under a passphrase, opening nothing else. device_key: the key of a data folder
    and its protection. renew_key: gives the folder a new one.
    """

    configuration: ClientConfiguration
    default_data_dir: Path
    open_services: Callable[[Path, str | None], Services]
    open_desktop: Callable[[Path], int]
    run_demo: Callable[[Path, bool], int]
    preview_form: Callable[[Path, Mapping[str, str], Path | None], int]
    save_rescue: Callable[[Path, DeviceKey, Path, str], RescueSaved]
    device_key: Callable[[Path, str | None], DeviceKey]
    renew_key: Callable[[Path, DeviceKey], None]


@dataclass
class Terminal:
    """One run of a command: the program and the data folder that was chosen."""

    program: Program
    data_dir: Path
    _services: Services | None = field(default=None, init=False)
    _log: PrivateRotatingFile | None = field(default=None, init=False)

    @property
    def services(self) -> Services:
        """The services, opened at first use so that commands without records need no database."""
        if self._services is None:
            from visitapp.cli.unlocking import unlocked
            from visitapp.storage.logs import LOG_FOLDER, log_to_file

            file = self.data_dir / LOG_FOLDER / LOG_FILE
            self._log = log_to_file(file, self.program.configuration.log_level)
            self._services = unlocked(
                lambda passphrase: self.program.open_services(self.data_dir, passphrase),
                self.data_dir,
                self.program.configuration.passphrase,
            )
        return self._services

    def device_key(self) -> DeviceKey:
        """The key of the data folder, with the passphrase that protects it where one does."""
        from visitapp.cli.unlocking import asked

        given = self.program.configuration.passphrase
        return self.program.device_key(self.data_dir, asked(self.data_dir, given))

    def close(self) -> None:
        """Close what was opened, the log as well; done twice, it does nothing."""
        if self._services is not None:
            self._services.close()
            self._services = None
        if self._log is not None:
            from visitapp.storage.logs import stop_logging_to

            stop_logging_to(self._log)
            self._log = None


pass_terminal = click.make_pass_decorator(Terminal)
