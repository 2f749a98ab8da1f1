"""The life of a referral to the market support partner.

asked ──> offered ──> taken up ──> reviewed     the reason says what is offered, what came of it
  ├──────────┼───────────^│                     some months on, or why it was declined or stopped
  └──────────┴──> declined <
"""

from __future__ import annotations

from datetime import date
from typing import Any

from visitapp.dates import short_day
from visitapp.language import Message, message
from visitapp.rules.access import WRITERS
from visitapp.rules.lifecycle import Derivation, Lifecycle, Need, Stale, StepRule, Taken, Values
from visitapp.rules.support.states import SupportStatus
from visitapp.rules.visiting.due import add_months

_DAYS = {
    SupportStatus.OFFERED: "offered_on",
    SupportStatus.TAKEN_UP: "taken_up_on",
    SupportStatus.REVIEWED: "ended_on",
    SupportStatus.DECLINED: "ended_on",
}
"""The field that has the day of each state."""


def _begin(values: Values) -> dict[str, Any]:
    return {"status": SupportStatus.ASKED.value, **dict.fromkeys(_DAYS.values())}


def _apply(values: Values, step: Taken) -> dict[str, Any]:
    return {**values, "status": step.after, _DAYS[SupportStatus(step.after)]: step.day}


def _rules() -> tuple[StepRule, ...]:
    asked, offered, taken_up, reviewed, declined = SupportStatus
    day, said = frozenset({Need.DAY}), frozenset({Need.DAY, Need.REASON})
    return (
        StepRule(asked, offered, WRITERS, said),
        *(StepRule(before, taken_up, WRITERS, day) for before in (asked, offered)),
        *(StepRule(before, declined, WRITERS, said) for before in (asked, offered)),
        StepRule(taken_up, declined, WRITERS, said),
        StepRule(taken_up, reviewed, WRITERS, said),
    )


SUPPORT = Lifecycle(
    states=SupportStatus,
    starts=frozenset({SupportStatus.ASKED}),
    rules=_rules(),
    derived=Derivation(fields=frozenset(_begin({})), begin=_begin, apply=_apply, sets={}),
    stale=Stale.CONFLICT,
)


def effect_from(taken_up_on: date, months: int) -> date:
    """The first day on which its effect is known."""
    return add_months(taken_up_on, months)


def step_day_fault(values: Values, after: str, day: date, months: int) -> Message | None:
    """Why a step cannot be taken on its day; None when it can. `months`: after which its effect is
    looked at."""
    first = values["taken_up_on"] or values["offered_on"] or values["asked_on"]
    if day < first:
        return message("That is before {day}. Give that day or a later one.", day=short_day(first))
    taken_up_on = values["taken_up_on"]
    if after == SupportStatus.REVIEWED and taken_up_on is not None:
        due = effect_from(taken_up_on, months)
        if day < due:
            return message("Its effect is known from {day} on.", day=short_day(due))
    return None


def partner_fault(partner: str) -> Message | None:
    """A sentence for a partner without a name, else None."""
    return None if partner.strip() else message("Say who is asked for support.")
