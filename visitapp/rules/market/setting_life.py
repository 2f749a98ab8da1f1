"""The life of a setting: open, closed, or merged into another one; open again for a reason.

A merged setting keeps its id and its records. It points to the other one, which shows both.
"""

from __future__ import annotations

from typing import Any

from visitapp.language import Message, message
from visitapp.rules.access import REVIEWERS
from visitapp.rules.lifecycle import Derivation, Lifecycle, Need, Stale, StepRule, Taken, Values
from visitapp.rules.market_choices import SettingStatus

_LONGEST_ID = 36


def _rules() -> tuple[StepRule, ...]:
    open_, closed, merged = SettingStatus.OPEN, SettingStatus.CLOSED, SettingStatus.MERGED
    reason = frozenset({Need.REASON})
    return (
        StepRule(open_, closed, REVIEWERS, reason | {Need.DAY}),
        *(StepRule(state, merged, REVIEWERS, reason | {Need.INTO}) for state in (open_, closed)),
        *(StepRule(state, open_, REVIEWERS, reason) for state in (closed, merged)),
    )


def _begin(values: Values) -> dict[str, Any]:
    return {"status": SettingStatus.OPEN.value, "closed_on": None, "merged_into_id": None}


def _apply(values: Values, step: Taken) -> dict[str, Any]:
    if step.after == SettingStatus.CLOSED:
        return {**_begin(values), "status": step.after, "closed_on": step.day}
    if step.after == SettingStatus.MERGED:
        into = step.fields["merged_into_id"]
        closed_on = values["closed_on"] or step.day
        return {"status": step.after, "closed_on": closed_on, "merged_into_id": into}
    return _begin(values)


def not_merged_into() -> Message:
    """Why a setting cannot be merged into itself, or into one that is merged already."""
    return message("A setting is merged into another one that is not merged itself.")


SETTING = Lifecycle(
    states=SettingStatus,
    starts=frozenset({SettingStatus.OPEN}),
    rules=_rules(),
    derived=Derivation(
        fields=frozenset(_begin({})),
        begin=_begin,
        apply=_apply,
        sets={
            "merged_into_id": lambda value: (
                isinstance(value, str) and 0 < len(value) <= _LONGEST_ID
            ),
        },
    ),
    stale=Stale.REFUSED,
)
