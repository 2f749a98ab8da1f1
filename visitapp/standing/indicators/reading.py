"""Reading indicators: what a reader is given, and what it gives."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy.orm import Session

from visitapp.records import Setting
from visitapp.rules.indicators import Filled
from visitapp.standing.merged import with_merged
from visitapp.storage.directory import Directory


class Reading(NamedTuple):
    """The records of one setting on one day."""

    session: Session
    directory: Directory
    setting: Setting
    today: date

    def setting_ids(self) -> list[str]:
        """The ids of the setting and of those merged into it."""
        return with_merged(self.session, self.setting.id)


Reader = Callable[[Reading], Filled | None]
"""What the records say of one indicator; None when they say nothing."""


def read_indicators(
    readers: Mapping[str, Reader], names: Collection[str], reading: Reading
) -> dict[str, Filled]:
    """What the records say of these indicators; those of which they say nothing are missing."""
    found = {name: read(reading) for name in names if (read := readers.get(name))}
    return {name: filled for name, filled in found.items() if filled is not None}
