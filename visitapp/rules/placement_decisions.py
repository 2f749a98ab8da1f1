"""Who may decide a placement position, and what a decision must say.

The policy names the least role for each (`rules.policy.placements`). A team lead who may not close
a setting may hold it: that closes it for some working days and lapses unless somebody who may
close it confirms it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from visitapp.language import Message, message
from visitapp.rules.access import DECIDERS
from visitapp.rules.choices import Position, Role
from visitapp.rules.placement import PositionRow
from visitapp.rules.policy.placements import Decider, PlacementRules
from visitapp.rules.visiting.working_days import is_weekend

_MAY: dict[Decider, frozenset[str]] = {"lead": DECIDERS, "manager": frozenset({Role.MANAGER})}


class Decision(Struct, frozen=True, kw_only=True):
    """What somebody decides. `hold`: for some working days only. `settles`: it replaces two
    decisions that met."""

    position: str
    condition: str
    reason: str
    from_on: date
    review_on: date | None
    lapses_on: date | None = None
    settles: bool = False

    @property
    def hold(self) -> bool:
        """Whether it lapses unless it is confirmed."""
        return self.lapses_on is not None


def decider_refusal(
    role: str, decision: Decision, replaced: Sequence[PositionRow | None], rules: PlacementRules
) -> Message | None:
    """Why this role, which may decide on placements, may not decide so, in a sentence; None when it
    may. `replaced`: the decisions that it replaces; None for one that is not known, which may have
    closed the setting."""
    closed = [row for row in replaced if row is None or row.position == Position.CLOSED]
    if decision.position == Position.CLOSED:
        confirmed = any(row is not None and not row.interim for row in closed)
        if decision.hold or (decision.settles and confirmed) or role in _MAY[rules.close_by]:
            return None
        return message(
            "Only a senior manager closes a setting to new placements; a team lead can hold it."
        )
    if closed and role not in _MAY[rules.reopen_by]:
        return message("Only a senior manager reopens a setting that is closed to new placements.")
    if role not in _MAY[rules.condition_by]:
        return message("Only a senior manager sets or lifts a condition on placements.")
    return None


def decision_fault(decision: Decision, today: date, rules: PlacementRules) -> Message | None:
    """What is wrong with a decision, in a sentence; None when it says all that it must.

    `today` is where the decision is taken: the server allows for a clock that is ahead.
    """
    if decision.position == Position.NOT_ASSESSED:
        return message("Decide whether the setting is open, open with a condition, or closed.")
    if not decision.reason.strip():
        return message("Give the reason for this decision.")
    if decision.position == Position.CONDITIONAL and not decision.condition.strip():
        return message("Say in words on which condition placements continue.")
    if decision.position != Position.CONDITIONAL and decision.condition.strip():
        return message("Only a position that is open with a condition has a condition.")
    if decision.from_on > today:
        return message("A position cannot begin after today.")
    if decision.hold and decision.position != Position.CLOSED:
        return message("An emergency hold closes a setting to new placements.")
    return _review_fault(decision, today, rules)


def _review_fault(decision: Decision, today: date, rules: PlacementRules) -> Message | None:
    latest = today + timedelta(days=rules.review_days)
    if decision.position == Position.OPEN:
        if decision.review_on is not None:
            return message("An open position has no review date.")
        return None
    if decision.review_on is None:
        return message("Give the date on which this position is reviewed.")
    if not decision.from_on <= decision.review_on <= latest:
        return message(
            "The review must be within {days} days. A position is never left without one.",
            days=rules.review_days,
        )
    if decision.lapses_on and decision.lapses_on > hold_ends(rules, today):
        return message(
            "An emergency hold lapses after {days} working days at most.",
            days=rules.hold_working_days,
        )
    return None


def hold_ends(rules: PlacementRules, today: date) -> date:
    """The last day of a hold that begins today. Bank holidays count as working days."""
    day, left = today, rules.hold_working_days
    while left:
        day += timedelta(days=1)
        left -= not is_weekend(day)
    return day
