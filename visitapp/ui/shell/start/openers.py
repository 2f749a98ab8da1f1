"""How data is opened, handed in from above. Imports nothing that opens it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from visitapp.services.services import Services
    from visitapp.services.views.rescue import RescueSaved


class OpenSample(Protocol):
    """Opens the sample council in a folder, made there at the first use."""

    def __call__(self, folder: Path, progress: Callable[[int, int], None]) -> Services:
        """Give its services."""


@dataclass(frozen=True)
class Openers:
    """services: opens a data folder, with a passphrase or with the keyring.

    sample: opens the sample council. save_rescue: writes what a data folder has unsent to a file,
    offered when the data is damaged.
    """

    services: Callable[[Path, str | None], Services]
    sample: OpenSample
    save_rescue: Callable[[Path, Path, str], RescueSaved] | None = None
