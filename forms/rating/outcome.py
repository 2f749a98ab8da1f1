"""What the rating engine says, in the shape that is printed, stored and sent."""

from __future__ import annotations

from msgspec import Struct

ENGINE = 2
"""The version of the rules by which answers become an outcome (docs/decisions/0035).

1: a limit capped the overall and not its area, and a risk model had a colour at any coverage.
"""

ENGINES = (1, ENGINE)
"""Every version that a stored outcome may carry and can be worked out by again."""


class FormRef(Struct, frozen=True):
    """Which form version was rated."""

    id: str
    version: str


class AreaOutcome(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One area: `rag` is red, amber, green or unrated; whole percentages, rounded down.

    `level` is a level of the form; empty when it has none, or the area is unrated.
    """

    id: str
    rag: str
    percent: int | None
    coverage: int
    level: str = ""


class Reason(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Why: rule is `band`, `areas`, `critical_area`, `limit`, `coverage` (a risk model of which too
    little is known) or, in a form with results, `result`.

    `to` is the RAG it gives and `level` its level, in a form that has levels.
    """

    rule: str
    text: str
    to: str = ""
    area: str = ""
    question: str = ""
    level: str = ""
    result: str = ""


class ChangedAnswer(Struct, frozen=True):
    """An answer that would have to become `value`."""

    question: str
    value: str


class WouldChange(Struct, frozen=True, omit_defaults=True):
    """These answers together would lift the overall to `to`, and to this `level` of the form."""

    to: str
    answers: list[ChangedAnswer]
    level: str = ""


class ResultOutcome(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One named result, rated by itself; the fields say the same as those of the outcome."""

    id: str
    title: str
    rag: str
    percent: int | None
    coverage: int
    provisional: bool
    because: list[Reason]
    also: list[Reason]
    level: str = ""


class Outcome(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The outcome. `overall` is red, amber, green or unrated, `level` the form's own level.

    With `results` the overall is the worst of them, `because` says which, and the outcome is
    provisional when one of them is. `engine` is the version of the rules that gave it.
    """

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
    level: str = ""
    results: list[ResultOutcome] = []
    engine: int = 1
