"""The life of a contract.

live → extended, once or again → ending → ended; live again when a notice is withdrawn or an ending
was a mistake. Its end date is the one that was agreed first; an extension is a step with a new one.
Time alone moves nothing: a contract that runs past its end stays until somebody decides.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from visitapp.rules.access import REVIEWERS
from visitapp.rules.lifecycle import Derivation, Lifecycle, Need, Stale, StepRule, Taken, Values
from visitapp.rules.market_choices import ContractStatus

_DERIVED = ("status", "extended_to", "ended_on")


def _rules() -> tuple[StepRule, ...]:
    live, extended = ContractStatus.LIVE, ContractStatus.EXTENDED
    ending, ended = ContractStatus.ENDING, ContractStatus.ENDED
    reason = frozenset({Need.REASON})
    pairs = [
        *((state, extended, Need.NEW_END) for state in (live, extended)),
        *((state, ending, Need.LAST_DAY) for state in (live, extended, ending)),
        *((state, ended, Need.DAY) for state in (live, extended, ending)),
        *((state, live, None) for state in (ending, ended)),
        *((state, extended, None) for state in (ending, ended)),
    ]
    return tuple(
        StepRule(before, after, REVIEWERS, reason | ({need} if need else set()))
        for before, after, need in pairs
    )


def _begin(values: Values) -> dict[str, Any]:
    return {"status": ContractStatus.LIVE.value, "extended_to": None, "ended_on": None}


def _apply(values: Values, step: Taken) -> dict[str, Any]:
    changed = {**values, "status": step.after, "ended_on": None}
    if step.after == ContractStatus.EXTENDED:
        changed["extended_to"] = step.fields.get("extended_to", values["extended_to"])
    elif step.after == ContractStatus.ENDING:
        changed["ended_on"] = step.fields["ended_on"]
    elif step.after == ContractStatus.ENDED:
        changed["ended_on"] = step.day
    return changed


def current_end(ends_on: date | None, extended_to: date | None) -> date | None:
    """The last day of a contract as it was extended last; None when it has no end."""
    return extended_to or ends_on


def _is_day(value: Any) -> bool:
    return isinstance(value, date)


CONTRACT = Lifecycle(
    states=ContractStatus,
    starts=frozenset({ContractStatus.LIVE}),
    rules=_rules(),
    derived=Derivation(
        fields=frozenset(_DERIVED),
        begin=_begin,
        apply=_apply,
        sets={"extended_to": _is_day, "ended_on": _is_day},
    ),
    stale=Stale.REFUSED,
)
