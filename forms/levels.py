"""The levels that a form rates at: its own, or else green, amber and red."""

from __future__ import annotations

from forms.model import RAGS, Form, Level
from forms.rating.outcome import Outcome, ResultOutcome
from visitapp.language import message, translate

UNRATED = "unrated"
NOT_KNOWN = message("Not enough known")
"""What a risk model says below the coverage that a colour needs (docs/form-format.md, rule 7)."""

COLOURS = tuple(Level(id=rag, label=rag.capitalize(), rag=rag) for rag in reversed(RAGS))
"""What a form without levels rates at, best first."""

_WORDS = {
    "green": message("Green"),
    "amber": message("Amber"),
    "red": message("Red"),
    UNRATED: message("Unrated"),
}


def levels_of(form: Form) -> tuple[Level, ...]:
    """The levels of a form, best first."""
    return form.levels or COLOURS


def label_of(form: Form, level_id: str) -> str:
    """What people read for a level or a RAG of a form's outcome.

    It takes what an outcome holds: `outcome.level or outcome.overall`, so `unrated` is Unrated and
    a RAG is its colour.
    """
    labels = {level.id: level.label for level in form.levels}
    named = labels.get(level_id) or _WORDS.get(level_id or UNRATED) or level_id.capitalize()
    return str(named)


def outcome_label(form: Form, outcome: Outcome | ResultOutcome) -> str:
    """What people read for an outcome or a named result; empty where its RAG says it all.

    The label of its level. Where too little of a risk model is known it says so: alone where there
    is no colour, and beside the colour that a limit gives.
    """
    rag = outcome.overall if isinstance(outcome, Outcome) else outcome.rag
    label = label_of(form, outcome.level) if outcome.level else ""
    if not _is_little_known(outcome):
        return label
    if rag == UNRATED:
        return str(NOT_KNOWN)
    return translate("{label}, little else known", label=label or label_of(form, rag))


def _is_little_known(outcome: Outcome | ResultOutcome) -> bool:
    if any(reason.rule == "coverage" for reason in (*outcome.because, *outcome.also)):
        return True
    return isinstance(outcome, Outcome) and any(map(_is_little_known, outcome.results))


def polarity(form: Form) -> str:
    """What a higher score means, to be printed beside it; empty for a visit.

    It is so for every form: bands cannot give more a worse colour.
    """
    return "" if form.kind == "visit" else translate("A higher score is a lower risk.")
