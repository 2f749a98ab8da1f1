"""The life of a second review: a team lead asks another one, who agrees or not.

asked → agreed or disagreed; a second reviewer who disagreed may still agree. Whoever asked may take
the question back, with a reason, as long as it has no answer.
"""

from __future__ import annotations

from typing import Any

from visitapp.rules.access import REVIEWERS
from visitapp.rules.lifecycle import Derivation, Lifecycle, Need, Stale, StepRule, Taken, Values
from visitapp.rules.reviews.states import (
    SecondReviewStatus,
)

_REASON = frozenset({Need.REASON})
_ASKED, _AGREED = SecondReviewStatus.ASKED, SecondReviewStatus.AGREED
_DISAGREED, _WITHDRAWN = SecondReviewStatus.DISAGREED, SecondReviewStatus.WITHDRAWN

AWAITED = frozenset({_ASKED, _DISAGREED})
"""States in which nobody approves the visit."""

AGREED = frozenset({_AGREED})


def _begin(values: Values) -> dict[str, Any]:
    return {"status": _ASKED.value}


def _apply(values: Values, step: Taken) -> dict[str, Any]:
    return {"status": step.after}


SECOND_REVIEW = Lifecycle(
    states=SecondReviewStatus,
    starts=frozenset({_ASKED}),
    rules=(
        StepRule(_ASKED, _DISAGREED, REVIEWERS, _REASON),
        StepRule(_ASKED, _AGREED, REVIEWERS),
        StepRule(_ASKED, _WITHDRAWN, REVIEWERS, _REASON),
        StepRule(_DISAGREED, _AGREED, REVIEWERS, _REASON),
    ),
    derived=Derivation(fields=frozenset({"status"}), begin=_begin, apply=_apply, sets={}),
    stale=Stale.REFUSED,
)
