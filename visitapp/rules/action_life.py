"""What an action may become."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from visitapp.rules.choices import ActionStatus
from visitapp.rules.lifecycle import Lifecycle

OPEN_STATUSES = frozenset({"open", "in_progress"})
"""Something is still to be done. `done` waits for an officer to verify it."""

STATUSES = tuple(ActionStatus)
ACTION = Lifecycle(
    states=ActionStatus,
    starts=frozenset(ActionStatus),
    steps={status: frozenset(ActionStatus) for status in ActionStatus},
)
EARLIEST_DUE = date(2000, 1, 1)
LATEST_DUE = date(2099, 12, 31)


class Marks(NamedTuple):
    """What a status implies: the provider's word that it is done, the officer's that it is so."""

    done: bool
    verified: bool


def marks(status: str) -> Marks:
    """Which marks an action of `status` carries. A reopened action loses both."""
    return Marks(done=status in {"done", "verified"}, verified=status == "verified")


def overdue_days(status: str, due_on: date, today: date) -> int:
    """Whole days past its date, 0 while it is in time or nothing is left to do."""
    return max(0, (today - due_on).days) if status in OPEN_STATUSES else 0


def due_date_fault(due_on: date) -> str | None:
    """A sentence when a due date cannot be meant, else None."""
    if EARLIEST_DUE <= due_on <= LATEST_DUE:
        return None
    return f"The due date {due_on.isoformat()} is not between 2000 and 2099."
