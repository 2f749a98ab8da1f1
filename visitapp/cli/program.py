"""What the commands run on: built above them, and handed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from visitapp.services.rescue_views import RescueSaved
    from visitapp.services.services import Services
    from visitapp.storage.keys import DeviceKey


@dataclass(frozen=True)
class Program:
    """The parts of the program that live above the terminal.

    open_services: opens the data folder. open_desktop: runs the windows on it and gives the exit
    status. run_demo: makes the fictional council in a folder, headless or with a window.
    preview_form: shows a form file on a setting with these facts, or paints it to a picture.
    save_rescue: writes what a data folder has unsent to a file under a passphrase, opening nothing
    else. device_key: the key of a data folder and what protects it.
    """

    default_data_dir: Path
    open_services: Callable[[Path], Services]
    open_desktop: Callable[[Path], int]
    run_demo: Callable[[Path, bool], int]
    preview_form: Callable[[Path, Mapping[str, str], Path | None], int]
    save_rescue: Callable[[Path, Path, str], RescueSaved]
    device_key: Callable[[Path], DeviceKey]


@dataclass
class Terminal:
    """One run of a command: the program and the data folder that was chosen."""

    program: Program
    data_dir: Path
    _services: Services | None = field(default=None, init=False)

    @property
    def services(self) -> Services:
        """The services, opened at first use so that commands without records need no database."""
        if self._services is None:
            self._services = self.program.open_services(self.data_dir)
        return self._services

    def close(self) -> None:
        """Close what was opened."""
        if self._services is not None:
            self._services.close()


pass_terminal = click.make_pass_decorator(Terminal)
