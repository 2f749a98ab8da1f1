"""Progress that is counted: so many done of so many."""

from __future__ import annotations

from visitapp.language import Message, message

MOST_COUNTED = 10_000


def target_fault(target: int) -> Message | None:
    """Why progress cannot be counted out of so many; None when it can."""
    if 1 <= target <= MOST_COUNTED:
        return None
    return message("Progress is counted out of 1 to {most}.", most=f"{MOST_COUNTED:,}")


def progress_fault(progress: int, target: int | None = None) -> Message | None:
    """Why so many cannot be done of a target; None when they can."""
    if 0 <= progress <= (target or MOST_COUNTED):
        return None
    return message("The number done must be 0 to {n}.", n=target or MOST_COUNTED)
