"""A clock that the test moves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class HandClock:
    """Gives the moment it was set to; `forward` moves it."""

    def __init__(self, now: datetime = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **amount: int) -> None:
        """Move on by hours=…, days=… and the like."""
        self.now += timedelta(**amount)
