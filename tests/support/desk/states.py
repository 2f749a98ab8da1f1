"""What a desk knows of its sync, in a test's shorthand."""

from __future__ import annotations

from visitapp.services.views.sync import SyncState


def sync_state(**fields: object) -> SyncState:
    """A connected desk with nothing waiting, but for `fields`."""
    known: dict[str, object] = {
        "connected": True,
        "server": "",
        "waiting": 0,
        "refused": 0,
        "open_conflicts": 0,
        "last_synced": None,
    }
    return SyncState(**{**known, **fields})  # type: ignore[arg-type]  # a test's shorthand
