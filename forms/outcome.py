"""What the rating engine says, in the shape that is printed, stored and sent (DESIGN §5)."""

from __future__ import annotations

from msgspec import Struct


class FormRef(Struct, frozen=True):
    """Which form version was rated."""

    id: str
    version: str


class AreaOutcome(Struct, frozen=True, kw_only=True):
    """One area: `rag` is red, amber, green or unrated; whole percentages, rounded down."""

    id: str
    rag: str
    percent: int | None
    coverage: int


class Reason(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Why: rule is `band`, `areas`, `critical_area` or `limit`; `to` is the RAG it gives."""

    rule: str
    text: str
    to: str = ""
    area: str = ""
    question: str = ""


class ChangedAnswer(Struct, frozen=True):
    """An answer that would have to become `value`."""

    question: str
    value: str


class WouldChange(Struct, frozen=True):
    """These answers together would lift the overall to `to`."""

    to: str
    answers: list[ChangedAnswer]


class Outcome(Struct, frozen=True, kw_only=True):
    """The outcome. `overall` is red, amber, green or unrated."""

    form: FormRef
    overall: str
    percent: int | None
    coverage: int
    provisional: bool
    areas: list[AreaOutcome]
    because: list[Reason]
    also: list[Reason]
    would_change: list[WouldChange]
    unanswered: list[str]
