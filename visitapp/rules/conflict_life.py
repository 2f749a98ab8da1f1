"""The states of a conflict."""

from __future__ import annotations

from visitapp.rules.access import WRITERS
from visitapp.rules.choices import ConflictStatus
from visitapp.rules.lifecycle import Lifecycle, StepRule

CONFLICT = Lifecycle(
    states=ConflictStatus,
    starts=frozenset({ConflictStatus.OPEN}),
    rules=(StepRule(ConflictStatus.OPEN, ConflictStatus.SETTLED, WRITERS),),
    derived=None,
)
