"""The states of a conflict."""

from __future__ import annotations

from visitapp.rules.choices import ConflictStatus
from visitapp.rules.lifecycle import Lifecycle

CONFLICT = Lifecycle(
    states=ConflictStatus,
    starts=frozenset({ConflictStatus.OPEN}),
    steps={
        ConflictStatus.OPEN: frozenset({ConflictStatus.SETTLED}),
        ConflictStatus.SETTLED: frozenset(),
    },
)
