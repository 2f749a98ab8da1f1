"""The life of an override: an officer holds that a visit deserves another rating than its outcome.

asked ──agree──> agreed
  │ └──decline─> declined
  └─> withdrawn <── agreed

A team lead who had no part in the visit agrees or declines. The server withdraws it when the visit
is returned. The outcome itself never changes, and both ratings are shown for ever.
"""

from __future__ import annotations

from typing import Any

from visitapp.rules.access import REVIEWERS, WRITERS
from visitapp.rules.authority.states import OverrideStatus
from visitapp.rules.choices import Rag
from visitapp.rules.lifecycle import Derivation, Lifecycle, Need, Stale, StepRule, Taken, Values
from visitapp.rules.ratings import SEVERITY

_NOBODY = frozenset[Any]()
_REASON = frozenset({Need.REASON})

LIVE_OVERRIDES = (OverrideStatus.ASKED, OverrideStatus.AGREED)
"""Those that a return of the visit withdraws."""


def is_worse(rag: str, outcome_rag: str) -> bool:
    """Whether an override lowers the rating: then it holds at once, and not only when agreed."""
    return SEVERITY[Rag(rag)] > SEVERITY.get(Rag(outcome_rag), 0)


def _begin(values: Values) -> dict[str, Any]:
    return {"status": OverrideStatus.ASKED.value, "decided_by": None, "decided_on": None}


def _apply(values: Values, step: Taken) -> dict[str, Any]:
    if step.after == OverrideStatus.WITHDRAWN:
        return {**values, "status": step.after}
    return {"status": step.after, "decided_by": step.by, "decided_on": step.day}


def _rules() -> tuple[StepRule, ...]:
    asked, agreed = OverrideStatus.ASKED, OverrideStatus.AGREED
    declined, withdrawn = OverrideStatus.DECLINED, OverrideStatus.WITHDRAWN
    day = frozenset({Need.DAY})
    return (
        StepRule(asked, agreed, REVIEWERS, day),
        StepRule(asked, declined, REVIEWERS, day | _REASON),
        StepRule(asked, withdrawn, WRITERS, day | _REASON),
        StepRule(agreed, withdrawn, _NOBODY),
    )


OVERRIDE = Lifecycle(
    states=OverrideStatus,
    starts=frozenset({OverrideStatus.ASKED}),
    rules=_rules(),
    derived=Derivation(fields=frozenset(_begin({})), begin=_begin, apply=_apply, sets={}),
    stale=Stale.REFUSED,
)
