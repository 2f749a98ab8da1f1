"""What may happen to a visit in each state of its life.

draft ──sign off──> signed_off ──approve──> approved
                      ^    │                   │
                sign off  return             reopen
                      │    v                   │
                      returned <───────────────┘
"""

from __future__ import annotations

from collections.abc import Sequence

from visitapp.language import Message, both, counted, listed, message
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


def missing_needs(needs: Sequence[tuple[str, str]]) -> Message:
    """What stands in the way of sign-off, as one sentence.

    `needs` holds (question number, what is needed) in form order and is not empty: the first few
    are named, the rest counted.
    """
    named: list[object] = [
        message("{number} {needs}", number=number, needs=_NEEDS.get(what, what))
        for number, what in needs[:SHOWN_NEEDS]
    ]
    rest = len(needs) - SHOWN_NEEDS
    if rest > 0:
        named.append(counted("{n} more", "{n} more", rest))
    return counted(
        "{n} thing is missing: {needs}.",
        "{n} things are missing: {needs}.",
        len(needs),
        needs=both(named) if rest > 0 else listed(named),
    )


_NEEDS = {
    "answer": message("needs an answer"),
    "reason": message("needs a reason"),
    "note": message("needs a note"),
    "document": message("needs a document"),
    "photo": message("needs a photo"),
    "conversation": message("needs a conversation"),
    "correction": message("needs its figures corrected"),
}
