"""A colleague's laptop: a data folder, the services on it, and a clock of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from visitapp.demo.clock import DemoClock
from visitapp.demo.council.council import FIRST_PASSWORD, PASSWORD, Colleague
from visitapp.errors import Code, Refused
from visitapp.language import message

if TYPE_CHECKING:
    from visitapp.services.services import Services
    from visitapp.services.views.sync import SyncReport

PASSPHRASE = "fictional council"  # noqa: S105 - what it locks is invented
"""Unlocks every data folder that the demo makes."""


class OpenServices(Protocol):
    """Opens a data folder, as `visitapp.bootstrap.open_services` does."""

    def __call__(
        self,
        data_dir: Path,
        passphrase: str | None = None,
        *,
        clock: Callable[[], datetime] | None = None,
    ) -> Services:
        """Give the services of the folder."""


class Device:
    """One laptop, open. `close` when done; its folder stays."""

    def __init__(self, owner: Colleague, folder: Path, open_services: OpenServices) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.owner = owner
        self.folder = folder
        self.clock = DemoClock()
        self.services = open_services(folder, PASSPHRASE, clock=self.clock)

    def sign_in(self, url: str) -> None:
        """Connect the owner's first laptop to the server, with a password of their own from now
        on."""
        self.services.connection.connect(url, self.owner.name, FIRST_PASSWORD, PASSWORD)

    def sync_whole(self, *, may_remove: bool = False) -> SyncReport:
        """Sync; everything must be taken. A refusal is a fault of the demo and stops it.
        `may_remove`: the owner agrees that settings leave the laptop."""
        agreed = (lambda going, total: True) if may_remove else None
        report = self.services.connection.sync(confirm_removal=agreed)
        if report.refused:
            raise Refused(
                Code.BAD_REQUEST,
                message(
                    "The server refused {count} changes of {name}: {reason}",
                    count=len(report.refused),
                    name=self.owner.name,
                    reason=report.refused[0].text,
                ),
            )
        return report

    def close(self) -> None:
        """Close the laptop."""
        self.services.close()
