"""The levels that a form rates at: its own, or else green, amber and red."""

from __future__ import annotations

from forms.model import RAGS, Form, Level

UNRATED = "unrated"

COLOURS = tuple(Level(id=rag, label=rag.capitalize(), rag=rag) for rag in reversed(RAGS))
"""What a form without levels rates at, best first."""


def levels_of(form: Form) -> tuple[Level, ...]:
    """The levels of a form, best first."""
    return form.levels or COLOURS


def label_of(form: Form, level_id: str) -> str:
    """What people read for a level or a RAG of a form's outcome.

    It takes what an outcome holds: `outcome.level or outcome.overall`, so `unrated` is Unrated and
    a RAG is its colour.
    """
    labels = {level.id: level.label for level in levels_of(form)}
    return labels.get(level_id, level_id.capitalize() or UNRATED.capitalize())


def polarity(form: Form) -> str:
    """What a higher score means, to be printed beside it; empty for a visit.

    It is so for every form: bands cannot give more a worse colour.
    """
    return "" if form.kind == "visit" else "A higher score is a lower risk."
