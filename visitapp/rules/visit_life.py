"""What may happen to a visit in each state of its life.

draft ──sign off──> signed_off ──approve──> approved
  ^                     │
  └── returned <──return┘         a returned visit is edited and signed off again
"""

from __future__ import annotations

from collections.abc import Sequence

SHOWN_NEEDS = 3


def is_open(status: str) -> bool:
    """Whether answers and details may change."""
    return status in {"draft", "returned"}


def is_frozen(status: str) -> bool:
    """Whether the visit stands as it was signed."""
    return status in {"signed_off", "approved"}


def awaits_review(status: str) -> bool:
    """Whether a team lead may approve or return it."""
    return status == "signed_off"


def missing_sentence(needs: Sequence[tuple[str, str]]) -> str:
    """What stands in the way of sign-off, as one sentence.

    `needs` holds (question number, what is needed) in form order and is not empty: the first few
    are named, the rest counted.
    """
    named = ", ".join(f"{number} {_WORDS.get(what, what)}" for number, what in needs[:SHOWN_NEEDS])
    rest = len(needs) - SHOWN_NEEDS
    more = f", and {rest} more" if rest > 0 else ""
    things = "1 thing is" if len(needs) == 1 else f"{len(needs)} things are"
    return f"{things} missing: {named}{more}."


_WORDS = {
    "answer": "needs an answer",
    "reason": "needs a reason",
    "note": "needs a note",
    "document": "needs a document",
    "photo": "needs a photo",
    "conversation": "needs a conversation",
    "correction": "needs its figures corrected",
}
