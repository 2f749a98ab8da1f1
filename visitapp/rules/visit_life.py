"""What may happen to a visit in each state of its life.

draft ──sign off──> signed_off ──approve──> approved
                      ^    │                   │
                sign off  return             reopen
                      │    v                   │
                      returned <───────────────┘
"""

from __future__ import annotations

from collections.abc import Sequence

from visitapp.language import message, plural, translate
from visitapp.rules.access import REVIEWERS, WRITERS
from visitapp.rules.choices import FROZEN, VisitStatus
from visitapp.rules.lifecycle import Lifecycle, StepRule

SHOWN_NEEDS = 3
VISIT = Lifecycle(
    states=VisitStatus,
    starts=frozenset({VisitStatus.DRAFT, VisitStatus.SIGNED_OFF}),
    rules=(
        StepRule(VisitStatus.DRAFT, VisitStatus.SIGNED_OFF, WRITERS),
        StepRule(VisitStatus.RETURNED, VisitStatus.SIGNED_OFF, WRITERS),
        StepRule(VisitStatus.SIGNED_OFF, VisitStatus.APPROVED, REVIEWERS),
        StepRule(VisitStatus.SIGNED_OFF, VisitStatus.RETURNED, REVIEWERS),
        StepRule(VisitStatus.APPROVED, VisitStatus.RETURNED, REVIEWERS),
    ),
    derived=None,
)


def is_frozen(status: str) -> bool:
    """Whether the visit stands as it was signed."""
    return status in FROZEN


def awaits_review(status: str) -> bool:
    """Whether a team lead may approve or return it."""
    return status == VisitStatus.SIGNED_OFF


def missing_sentence(needs: Sequence[tuple[str, str]]) -> str:
    """What stands in the way of sign-off, as one sentence.

    `needs` holds (question number, what is needed) in form order and is not empty: the first few
    are named, the rest counted.
    """
    named = ", ".join(
        translate(_WORDS[what], number=number) if what in _WORDS else f"{number} {what}"
        for number, what in needs[:SHOWN_NEEDS]
    )
    rest = len(needs) - SHOWN_NEEDS
    if rest > 0:
        named = plural("{needs}, and {n} more", "{needs}, and {n} more", rest, needs=named)
    return plural(
        "{n} thing is missing: {needs}.",
        "{n} things are missing: {needs}.",
        len(needs),
        needs=named,
    )


_WORDS = {
    "answer": message("{number} needs an answer").template,
    "reason": message("{number} needs a reason").template,
    "note": message("{number} needs a note").template,
    "document": message("{number} needs a document").template,
    "photo": message("{number} needs a photo").template,
    "conversation": message("{number} needs a conversation").template,
    "correction": message("{number} needs its figures corrected").template,
}
