"""The risk assessment of a placement in words."""

from __future__ import annotations

from visitapp.language import Message, message, translate
from visitapp.records import ExceptionStatus
from visitapp.rules.authority.exception_life import PlacementRisk
from visitapp.services.views.decided.exceptions import ExceptionView
from visitapp.vocabulary import choice_word


def state_word(one: ExceptionView) -> str:
    """The state of an exception. One is used only by a placement while it was in force."""
    if one.covered is False:
        return translate("Placed outside the exception")
    return choice_word(ExceptionStatus, one.status)


RISK_WORDS: dict[str, Message] = {
    "need": message("Need"),
    "alternatives": message("Alternatives tried"),
    "hazards": message("Hazards"),
    "safeguards": message("Safeguards"),
    "safeguarding_view": message("Safeguarding's view"),
    "regulator_view": message("The regulator's view"),
    "told": message("Person or advocate told"),
}
"""By the part of a `PlacementRisk`, in its order."""


def risk_lines(risk: PlacementRisk) -> list[tuple[str, str]]:
    """Each part with its word."""
    return [(str(word), getattr(risk, part)) for part, word in RISK_WORDS.items()]
