"""What a server that was put back from a backup lost, and so what devices may bring back to it.

The revisions that a restore lost lie above the backup's last one (`Restoration.after`). A device
that has seen some of them makes its changes again on top of that revision.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import Connection, func, select

from visitapp.records import Restoration

RESTORED_FROM = 10**15
"""Revisions from here on are those of a server that was put back at least once."""

_LATEST = timedelta(days=1)
"""How long after a restore a change that it lost may be dated: the clock of a laptop may be ahead,
and the old server may have gone on until it was replaced."""


class Lost(Struct, frozen=True):
    """When the server was put back, by the last revision that it kept."""

    restored_at: Mapping[int, datetime]

    def had(self, base: int, created_at: datetime) -> bool:
        """Whether the server may have had a record that a device makes again on top of a revision:
        one that a restore went back to, for a record that is not younger than the restore."""
        restored_at = self.restored_at.get(base)
        return restored_at is not None and created_at <= restored_at + _LATEST


def lost_by_restores(connection: Connection, revision: int) -> Lost:
    """What restores lost. `revision`: one that the server gives out now."""
    if revision <= RESTORED_FROM:
        return Lost({})
    latest = select(Restoration.after, func.max(Restoration.restored_at).label("restored_at"))
    found = latest.where(Restoration.after > 0).group_by(Restoration.after)
    return Lost({row.after: row.restored_at for row in connection.execute(found)})


def lost_after(connection: Connection, cursor: int) -> int | None:
    """The last revision that this server and a device at `cursor` have in common, when the device
    has seen revisions that were lost with the server before it was put back; else None."""
    lost = select(func.min(Restoration.after)).where(
        Restoration.after < cursor, Restoration.upto >= cursor
    )
    return connection.execute(lost).scalar()
