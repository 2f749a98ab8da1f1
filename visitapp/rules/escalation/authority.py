"""Whether a decision on the ladder may be taken so, by the policy: for desk and server alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from msgspec import Struct

from visitapp.dates import short_day
from visitapp.language import Message, counted, message
from visitapp.rules.choices import Role
from visitapp.rules.days import future_fault
from visitapp.rules.escalation.decision import LadderDecision
from visitapp.rules.escalation.ladder_life import (
    ENDING_ROLES,
    after_decision,
    latest_after,
    open_rungs,
    passed,
)
from visitapp.rules.escalation.states import EscalationStatus, Rung, Turn
from visitapp.rules.policy.escalation import EscalationRules, LadderStep

PLACES = (
    *("setting", "provider", "contract", "clause", "date", "reason", "remedy", "due", "review"),
    *("authority", "contact"),
)
"""What the text of a letter may name in braces. No person is among them."""

REMEDIED = frozenset({Rung.DEFAULT_NOTICE})
"""Steps that say what must be put right, and by when."""

_RANK = {Role.OFFICER: 1, Role.INTERVENTION: 1, Role.LEAD: 2, Role.MANAGER: 3}
_LEAST = {"officer": 1, "lead": 2, "manager": 3}
_ONLY: Mapping[str, Message] = {
    "officer": message("Only an officer, a team lead or a senior manager decides on this step."),
    "lead": message("Only a team lead or a senior manager decides on this step."),
    "manager": message("Only a senior manager decides on this step."),
}


class Deciding(Struct, frozen=True, kw_only=True):
    """A decision as somebody takes it. `latest`: the decision that they name as theirs; `after`:
    the state that they say it leads to. `today`: where it is judged; the server allows for a clock
    that is ahead."""

    decision: LadderDecision
    day: date
    role: str
    after: str
    latest: str
    today: date


def rank_refusal(rules: EscalationRules, rung: str, role: str) -> Message | None:
    """Why a role may not decide on a step, in a sentence; None when it may."""
    rule = rules.step(rung)
    if rule is None:
        return message("The ladder of your council does not have this step.")
    return None if _RANK.get(Role(role), 0) >= _LEAST[rule.by] else _ONLY[rule.by]


def ending_refusal(role: str) -> Message | None:
    """Why a role may not end an escalation; None when it may."""
    if role in ENDING_ROLES:
        return None
    return message("Only a team lead or a senior manager ends an escalation.")


def skipped_by(values: Mapping[str, Any], rung: str, rules: EscalationRules) -> tuple[Rung, ...]:
    """The lower steps that opening this one passes over: neither taken since the escalation began,
    nor passed over with a reason before."""
    lower: list[Rung] = []
    for step in rules.steps:
        if step.id == rung:
            break
        lower.append(Rung(step.id))
    return tuple(one for one in lower if one not in passed(values))


def ladder_fault(
    values: Mapping[str, Any], deciding: Deciding, rules: EscalationRules
) -> Message | None:
    """Why a decision cannot be taken on an escalation with these values, in a sentence; None when
    it can."""
    decision, day = deciding.decision, deciding.day
    fault = future_fault(day, deciding.today) or _turn_fault(values, deciding, rules)
    if fault:
        return fault
    state, _ = after_decision(values, decision, day)
    named = latest_after(values["decisions"], decision)
    if (deciding.after, deciding.latest) != (state, named):
        return message("This decision does not follow from where the setting stands.")
    return None


def _turn_fault(
    values: Mapping[str, Any], deciding: Deciding, rules: EscalationRules
) -> Message | None:
    decision, role = deciding.decision, deciding.role
    rung, still = decision.rung, open_rungs(values)
    if decision.turn == Turn.STOOD_DOWN or rung is None:
        if values["status"] == EscalationStatus.NOT_ESCALATED:
            return message("This setting is not escalated.")
        open_ = message("End the open steps first, each with what came of it.")
        return ending_refusal(role) or (open_ if still else None)
    refusal, rule = rank_refusal(rules, rung, role), rules.step(rung)
    if refusal or rule is None:
        return refusal
    if decision.turn == Turn.OPENED:
        if rung in still:
            return message("This step is already open. Review it, or end it first.")
        return _opening_fault(values, deciding, rules) or _dates_fault(decision, rule, deciding.day)
    if rung not in still:
        return message("This step is not open.")
    if deciding.day < date.fromisoformat(still[rung]["opened_on"]):
        return message("This step was opened later than that.")
    if rung == Rung.SUSPENSION and decision.position_id is None:
        return _POSITION
    if decision.turn == Turn.ENDED:
        return None
    if decision.due_on is None and decision.review_on is None:
        return message("Give the new date.")
    return _dates_fault(decision, rule, deciding.day)


_POSITION = message("A suspension goes with a decision on placements.")


def _opening_fault(
    values: Mapping[str, Any], deciding: Deciding, rules: EscalationRules
) -> Message | None:
    decision = deciding.decision
    rung = decision.rung
    assert rung is not None
    over = skipped_by(values, rung, rules)
    if over and not decision.skip_reason.strip():
        return counted(
            "This passes over {n} step of the ladder. Say why.",
            "This passes over {n} steps of the ladder. Say why.",
            len(over),
        )
    if set(decision.skipped) != set(over):
        return message("Other steps are passed over by now. Look again before you decide.")
    if rung == Rung.SUSPENSION and decision.position_id is None:
        return _POSITION
    rule = rules.step(rung)
    who = rule.on_authority_of if rule else ""
    if who and not decision.authority.strip():
        return message(
            "This step is taken on the authority of {who}. Name the delegation or minute.", who=who
        )
    if rung in REMEDIED and not (decision.remedy.strip() and decision.due_on):
        return message("Say what must be put right, and by when.")
    return None


def _dates_fault(decision: LadderDecision, rule: LadderStep, day: date) -> Message | None:
    if rule.review_days and decision.review_on is None:
        return message("Give the date on which this step is reviewed.")
    for given, most in (
        (decision.due_on, rule.within_days),
        (decision.review_on, rule.review_days),
    ):
        if given is None:
            continue
        if given < day:
            return message("The date {day} is before the decision.", day=short_day(given))
        if most and given > day + timedelta(days=most):
            return counted(
                "That is more than {n} day ahead, the most that the policy allows.",
                "That is more than {n} days ahead, the most that the policy allows.",
                most,
            )
    return None


def usual_dates(rule: LadderStep, day: date) -> tuple[date | None, date | None]:
    """The latest days that the policy allows for a step of a day: due, and reviewed."""
    within, review = rule.within_days, rule.review_days
    due = day + timedelta(days=within) if within else None
    return due, day + timedelta(days=review) if review else None
