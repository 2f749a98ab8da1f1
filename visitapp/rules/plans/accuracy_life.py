"""The life of a provider's comment on the factual accuracy of a report.

open ──> accepted, partly accepted or not accepted, with the reason, by somebody who was not the
officer of the visit.
"""

from __future__ import annotations

from typing import Any

from visitapp.language import Message, message
from visitapp.rules.access import WRITERS, AccessRequest, Actor
from visitapp.rules.lifecycle import Derivation, Lifecycle, Need, Stale, StepRule, Taken, Values
from visitapp.rules.plans.states import AccuracyStatus


def _begin(values: Values) -> dict[str, Any]:
    later = ("answered_on", "answered_by", "answer")
    return {"status": AccuracyStatus.OPEN.value, **dict.fromkeys(later)}


def _apply(values: Values, step: Taken) -> dict[str, Any]:
    answered = {"answered_on": step.day, "answered_by": step.by, "answer": step.reason}
    return {**values, "status": step.after, **answered}


ACCURACY = Lifecycle(
    states=AccuracyStatus,
    starts=frozenset({AccuracyStatus.OPEN}),
    rules=tuple(
        StepRule(AccuracyStatus.OPEN, after, WRITERS, frozenset({Need.DAY, Need.REASON}))
        for after in AccuracyStatus
        if after != AccuracyStatus.OPEN
    ),
    derived=Derivation(fields=frozenset(_begin({})), begin=_begin, apply=_apply, sets={}),
    stale=Stale.CONFLICT,
)


def write_accuracy(actor: Actor, request: AccessRequest) -> Message | None:
    """Whoever may write; nobody answers a comment on their own visit."""
    if request.status and actor.id == request.visit_officer_id:
        return message("Somebody else than the officer of the visit answers this comment.")
    return None


def comment_fault(text: str) -> Message | None:
    """A sentence for a comment without words, else None."""
    return None if text.strip() else message("Write down what the provider says is not right.")
