"""What an officer marks an answer as: found unchanged since an earlier visit, or good practice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from visitapp.records import Answer
from visitapp.rules.visiting.confirmed import from_mark, to_mark

MARKS = ("confirmed_from", "good_practice")


def marks_of(row: Answer | None) -> dict[str, Any]:
    """The marks of an answer as its record keeps them."""
    if row is None:
        return {"confirmed": None, "good_practice": False}
    return {"confirmed": row.confirmed, "good_practice": row.good_practice}


def marks_after(
    row: Answer | None, after: Mapping[str, Any], given: Mapping[str, Any], *, changed: bool
) -> dict[str, Any]:
    """The marks of an answer that becomes `after`. One that is `changed` and not confirmed with it
    is confirmed no more."""
    marks = marks_of(row)
    if changed:
        marks["confirmed"] = None
    if "confirmed_from" in given:
        day = given["confirmed_from"]
        marks["confirmed"] = to_mark(day, after.get("value")) if day is not None else None
    if "good_practice" in given:
        marks["good_practice"] = bool(given["good_practice"])
    return marks


def confirmed_from(row: Answer) -> date | None:
    """The day of the visit whose answer this one was found to be still."""
    return from_mark(row.confirmed, row.value)
