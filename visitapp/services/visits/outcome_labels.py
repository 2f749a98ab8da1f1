"""Outcomes in the words of their form: its own levels, and its named results."""

from __future__ import annotations

from msgspec import Struct

from forms.levels import label_of, outcome_label
from forms.model import Form
from forms.rating.outcome import Outcome


class NamedOutcome(Struct, frozen=True, kw_only=True):
    """One named result of an outcome. `level` is what people read; empty: the RAG says it all."""

    title: str
    rag: str
    level: str
    percent: int | None


def level_label(form: Form, level: str) -> str:
    """The label of a level of an outcome; empty where the RAG says it all."""
    return label_of(form, level) if level else ""


def named_outcomes(form: Form, outcome: Outcome) -> list[NamedOutcome]:
    """The named results of an outcome, in form order."""
    return [
        NamedOutcome(
            title=result.title,
            rag=result.rag,
            level=outcome_label(form, result),
            percent=result.percent,
        )
        for result in outcome.results
    ]
