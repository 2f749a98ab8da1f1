"""Days that pass at a server."""

from __future__ import annotations

from datetime import timedelta

from sync.server.operations.nightly import run_nightly
from tests.support.sync.council import Council


def next_day(council: Council, days: int = 1) -> list[str]:
    """Days pass, and the server does its daily work; what it says of it."""
    council.clock.now += timedelta(days=days)
    return list(run_nightly(council.database, council.clock))
