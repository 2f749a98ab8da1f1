"""What fills a risk question from the records, on values.

A risk question names an indicator as its `source` (`forms.format.sources`). What the records hold
is turned into a value of the scales that the shipped models use (docs/forms.md, "What fills the
answers"). A source that no subject contributes yet is answered by hand.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from msgspec import Struct

Value = str | int | float


class Filled(Struct, frozen=True, kw_only=True):
    """An answer that came from the records: its value, where from in a sentence, and as of when."""

    value: Value
    origin: str
    at: datetime | date


KEY_QUESTIONS = ("safe", "effective", "caring", "responsive", "well_led")
"""The regulator's five key questions (CQC), as indicators name them: `regulator.safe` …"""

MANAGER_QUESTION = "registered_manager"
"""The question of the shipped visit forms that asks whether a registered manager is in charge."""

_RATINGS = {
    "outstanding": "outstanding",
    "good": "good",
    "requires improvement": "requires_improvement",
    "inadequate": "inadequate",
    **{str(grade): f"grade_{grade}" for grade in range(1, 7)},
    **dict.fromkeys(
        (
            "",
            "not rated",
            "not formally rated",
            "inspected but not rated",
            "no published rating",
            "insufficient evidence to rate",
        ),
        "not_rated",
    ),
}
_HYGIENE = {
    **{str(rating): str(rating) for rating in range(6)},
    "pass": "pass",
    "pass and eat safe": "pass",
    "improvement required": "improvement_required",
    "exempt": "exempt",
    "awaitinginspection": "awaiting_inspection",
    "awaiting inspection": "awaiting_inspection",
}


def to_mark(filled: Filled) -> dict[str, Any]:
    """A filled answer as JSON, to be kept beside what an officer makes of it."""
    return {"value": filled.value, "origin": filled.origin, "at": filled.at.isoformat()}


def from_mark(mark: object) -> Filled | None:
    """The reverse. A mark that cannot be read, as another program may have made it, is none."""
    match mark:
        case {"value": str() | int() | float() as value, "origin": str(origin), "at": str(at)}:
            try:
                return Filled(value=value, origin=origin, at=_moment(at))
            except ValueError:
                return None
    return None


def regulator_value(words: str) -> str | None:
    """The scale value of a regulator's rating as published; None when the words are new to us."""
    return _RATINGS.get(_plain(words))


def hygiene_value(words: str) -> str | None:
    """The scale value of a food hygiene rating as published, or None."""
    return _HYGIENE.get(_plain(words))


def manager_value(answer: object) -> str | None:
    """`vacant`, when a visit's answer to `MANAGER_QUESTION` says that nobody was in charge.

    None for every other answer. A manager who was there on the day of a visit does not show who
    was there before or has been since, so whether the post is stable is for an officer to say.
    """
    return "vacant" if answer == "not_met" else None


def _moment(text: str) -> datetime | date:
    day = len(text) == len("2026-11-22")
    return date.fromisoformat(text) if day else datetime.fromisoformat(text)


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()
