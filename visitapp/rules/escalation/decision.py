"""One decision on the ladder, as it is kept with its step."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from visitapp.rules.escalation.states import Rung, RungOutcome, Turn
from visitapp.rules.text import text_fault

_Id = Annotated[str, Meta(min_length=1, max_length=36)]
_Short = Annotated[str, Meta(max_length=400)]


class LadderDecision(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is decided. Its day and reason are the step's.

    due_on: by when the provider remedies it, or until when the step runs. review_on: when it is
    looked at again. skipped: the lower steps that this one passes over, with why in `skip_reason`.
    support: who gives peer support, with their contact, or who commands at a loss of provider.
    authority: the delegation or minute that it rests on. position_id: the decision on placements
    that goes with it.
    """

    turn: Turn
    rung: Rung | None = None
    contract_id: _Id | None = None
    clause: _Short = ""
    remedy: str = ""
    support: _Short = ""
    authority: _Short = ""
    due_on: date | None = None
    review_on: date | None = None
    skipped: tuple[Rung, ...] = ()
    skip_reason: str = ""
    outcome: RungOutcome | None = None
    position_id: _Id | None = None


def ladder_decision(value: Any) -> LadderDecision:
    """A decision as it is kept. Raises msgspec.ValidationError for anything else."""
    return msgspec.convert(value, LadderDecision)


def as_kept(decision: LadderDecision) -> dict[str, Any]:
    """A decision as JSON values."""
    kept: dict[str, Any] = msgspec.to_builtins(decision)
    return kept


def is_ladder_decision(value: Any) -> bool:
    """Whether a value may be kept as a decision: whole, and of a step unless it ends all."""
    try:
        decision = ladder_decision(value)
    except (msgspec.ValidationError, TypeError):
        return False
    if (decision.rung is None) != (decision.turn == Turn.STOOD_DOWN):
        return False
    if (decision.outcome is None) != (decision.turn != Turn.ENDED):
        return False
    texts = (decision.clause, decision.remedy, decision.support, decision.authority)
    return not any(text_fault(text) for text in (*texts, decision.skip_reason))
