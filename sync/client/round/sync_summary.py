"""What a run did, counted as it goes."""

from __future__ import annotations

from collections import defaultdict

from msgspec import Struct


class RefusedResult(Struct, frozen=True):
    """A change that the server refused in this run; it stays in the outbox with its reason."""

    kind: str
    id: str
    code: str
    text: str


class SyncResult(Struct, frozen=True, kw_only=True):
    """What one run did. `changed` has the ids of the records that the server changed here, by kind;
    `removed` counts the records that left with their settings."""

    sent: int
    accepted: int
    merged: int
    conflicts: int
    refused: list[RefusedResult]
    received: int
    removed: int
    revision: int
    changed: dict[str, set[str]]


class Tally:
    """The counts so far."""

    def __init__(self) -> None:
        self.waiting = 0
        """How many changes there were to send when the run began."""
        self.by_status: dict[str, int] = defaultdict(int)
        self.refused: list[RefusedResult] = []
        self.received = 0
        self.removed = 0
        self.tombstones = 0
        self.revision = 0
        self.changed: dict[str, set[str]] = defaultdict(set)

    def progress(self, left: bool) -> tuple[int, int]:
        """How many changes are settled, and how many there are in all; left: more wait."""
        settled = sum(self.by_status.values())
        return settled, max(self.waiting, settled + 1) if left else settled

    def result(self) -> SyncResult:
        """The counts as they are now."""
        return SyncResult(
            sent=sum(self.by_status.values()),
            accepted=self.by_status["accepted"],
            merged=self.by_status["merged"],
            conflicts=self.by_status["conflict"],
            refused=self.refused,
            received=self.received,
            removed=self.removed,
            revision=self.revision,
            changed=dict(self.changed),
        )
