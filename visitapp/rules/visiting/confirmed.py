"""That an officer found an answer as it was at an earlier visit, and confirmed it by one key."""

from __future__ import annotations

from datetime import date
from typing import Any

UNCHANGING = frozenset({"choice", "text", "date"})
"""Types of question whose answer can be confirmed. Figures and samples are taken at each visit."""


def to_mark(day: date, value: object) -> dict[str, Any]:
    """That `value` was found as it was on `day`, as JSON."""
    return {"from": day.isoformat(), "value": value}


def from_mark(mark: object, value: object) -> date | None:
    """The day whose answer `value` repeats.

    None for a mark about another value, such as after two laptops sent a part each, and for one
    that cannot be read.
    """
    match mark:
        case {"from": str(day), "value": marked} if marked == value and value is not None:
            try:
                return date.fromisoformat(day)
            except ValueError:
                return None
    return None
