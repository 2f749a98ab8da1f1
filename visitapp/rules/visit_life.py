"""What may happen to a visit in each state of its life.

draft ──sign off──> signed_off ──approve──> approved
                      ^    │                   │
                sign off  return             reopen
                      │    v                   │
                      returned <───────────────┘

The server alone brings a signed-off visit to not_sampled, from where it goes on as from signed_off.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from visitapp.language import Message, both, counted, listed, message
from visitapp.rules.access import NOBODY, REVIEWERS, WRITERS
from visitapp.rules.choices import FROZEN, VisitStatus
from visitapp.rules.lifecycle import Derivation, Lifecycle, Need, Stale, StepRule, Taken, Values

SHOWN_NEEDS = 3
_OUTCOME, _REASON = frozenset({Need.OUTCOME}), frozenset({Need.REASON})
_REVIEWABLE = (VisitStatus.SIGNED_OFF, VisitStatus.NOT_SAMPLED)


def _begin(values: Values) -> dict[str, Any]:
    unsigned = dict.fromkeys(("facts", "outcome", "signed_off_at", "signed_off_by"))
    return {"status": VisitStatus.DRAFT.value, **unsigned}


def _apply(values: Values, step: Taken) -> dict[str, Any]:
    if step.after == VisitStatus.SIGNED_OFF:
        return {
            "status": step.after,
            "facts": step.fields.get("facts"),
            "outcome": step.fields["outcome"],
            "signed_off_at": step.at,
            "signed_off_by": step.by,
        }
    # A review names the sign-off that it is about, so that it never decides on a later one. It only
    # names it: what was signed, when and by whom stays.
    return {**values, "status": step.after}


VISIT = Lifecycle(
    states=VisitStatus,
    starts=frozenset({VisitStatus.DRAFT}),
    rules=(
        StepRule(VisitStatus.DRAFT, VisitStatus.SIGNED_OFF, WRITERS, _OUTCOME),
        StepRule(VisitStatus.RETURNED, VisitStatus.SIGNED_OFF, WRITERS, _OUTCOME),
        StepRule(VisitStatus.SIGNED_OFF, VisitStatus.NOT_SAMPLED, NOBODY),
        *(StepRule(before, VisitStatus.APPROVED, REVIEWERS) for before in _REVIEWABLE),
        *(StepRule(before, VisitStatus.RETURNED, REVIEWERS, _REASON) for before in _REVIEWABLE),
        StepRule(VisitStatus.APPROVED, VisitStatus.RETURNED, REVIEWERS, _REASON),
    ),
    derived=Derivation(
        fields=frozenset(_begin({})),
        begin=_begin,
        apply=_apply,
        sets={
            "facts": lambda value: isinstance(value, dict),
            "outcome": lambda value: isinstance(value, dict),
            "signed_off_at": lambda value: isinstance(value, datetime),
            # Of the policy under which a review was made, or a visit was not sampled.
            "policy_version": lambda value: isinstance(value, str) and len(value) <= 20,
        },
    ),
    stale=Stale.REFUSED,
    # After a restore the server may draw otherwise than before. A review stands all the same.
    alike=frozenset(_REVIEWABLE),
)


def is_frozen(status: str) -> bool:
    """Whether the visit stands as it was signed."""
    return status in FROZEN


def awaits_review(status: str) -> bool:
    """Whether it waits for a team lead."""
    return status == VisitStatus.SIGNED_OFF


def may_be_approved(status: str) -> bool:
    """Whether a team lead may approve it: also one that was not sampled."""
    return status in _REVIEWABLE


def is_reviewable(status: str) -> bool:
    """Whether it was signed off, now or before it was returned."""
    return status != VisitStatus.DRAFT


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
