"""The life of an escalation: which steps of the ladder are open in a setting.

not escalated ──open──> the highest open step ──end the last──> between steps ──> not escalated
                          ^   └─ open, review, end ─┘                 │
                          └────────────────────open───────────────────┘

Several steps may be open at once: a strategy meeting under a suspension. The state is the highest
of them. Each decision is a step record with a `LadderDecision`, written once. It names the decision
before it (`latest`), so that two that are taken apart meet as a conflict.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from visitapp.rules.choices import Role
from visitapp.rules.escalation.decision import LadderDecision, is_ladder_decision, ladder_decision
from visitapp.rules.escalation.states import EscalationStatus, Rung, Turn
from visitapp.rules.lifecycle import Derivation, Lifecycle, Need, Stale, StepRule, Taken, Values

LADDER_ROLES = frozenset({Role.OFFICER, Role.INTERVENTION, Role.LEAD, Role.MANAGER})
"""Those who may take a step at most. An administrator has no such authority."""

ENDING_ROLES = frozenset({Role.LEAD, Role.MANAGER})
"""Those who end an escalation."""

MAY_TAKE: Mapping[Rung, frozenset[Role]] = {
    Rung.PEER_SUPPORT: LADDER_ROLES,
    Rung.IMPROVEMENT_PLAN: LADDER_ROLES,
    Rung.STRATEGY_MEETING: ENDING_ROLES,
    **dict.fromkeys(list(Rung)[3:], frozenset({Role.MANAGER})),
}
"""Those who may take each step at most. A policy may leave it to fewer."""

LONGEST_LATEST = 60

_NEEDS = frozenset({Need.DAY, Need.REASON, Need.TURN})


def open_rungs(values: Values) -> dict[str, dict[str, Any]]:
    """The open steps of an escalation, from its values: what is known of each, by its name."""
    rungs = values["rungs"] or {}
    return {name: one for name, one in rungs.items() if one.get("opened_on") and not _ended(one)}


def passed(values: Values) -> set[str]:
    """The steps that were taken since it began, or passed over with a reason."""
    return set(values["rungs"] or {})


def status_of(rungs: dict[str, dict[str, Any]]) -> EscalationStatus:
    """The state of an escalation that has these steps."""
    still = [name for name in Rung if name in open_rungs({"rungs": rungs})]
    return EscalationStatus(still[-1]) if still else EscalationStatus.BETWEEN_STEPS


def after_decision(
    values: Values, decision: LadderDecision, day: date
) -> tuple[EscalationStatus, dict[str, dict[str, Any]]]:
    """The state that a decision leads to, and what is known of the steps then."""
    rungs = {name: dict(one) for name, one in (values["rungs"] or {}).items()}
    if decision.turn == Turn.STOOD_DOWN or decision.rung is None:
        return EscalationStatus.NOT_ESCALATED, {}
    name, dates = decision.rung.value, _dates(decision)
    match decision.turn:
        case Turn.OPENED:
            for over in decision.skipped:
                rungs.setdefault(over.value, {"skipped_on": day.isoformat()})
            rungs[name] = {"opened_on": day.isoformat(), "ended_on": None, **dates}
        case Turn.REVIEWED if name in rungs:
            given = {key: value for key, value in dates.items() if value}
            rungs[name] |= {"reviewed_on": day.isoformat(), **given}
        case Turn.ENDED if name in rungs:
            outcome = decision.outcome.value if decision.outcome else None
            rungs[name] |= {"ended_on": day.isoformat(), "outcome": outcome}
    return status_of(rungs), rungs


def _dates(decision: LadderDecision) -> dict[str, str | None]:
    dates = {"due_on": decision.due_on, "review_on": decision.review_on}
    return {name: day.isoformat() if day else None for name, day in dates.items()}


def latest_after(count: int, decision: LadderDecision) -> str:
    """The name of the decision after `count` others, such as `3 suspension opened`."""
    words = " ".join(filter(None, (decision.rung, decision.turn))).replace("_", " ")
    return f"{count + 1} {words}"


def _ended(rung: dict[str, Any]) -> bool:
    return rung.get("ended_on") is not None


def _begin(values: Values) -> dict[str, Any]:
    return {
        "status": EscalationStatus.NOT_ESCALATED.value,
        "rungs": None,
        "decisions": 0,
        "latest": "",
        "since": None,
        "next_on": None,
    }


def _apply(values: Values, step: Taken) -> dict[str, Any]:
    decision = ladder_decision(step.fields["turn"])
    day = step.day or step.at.date()
    _, rungs = after_decision(values, decision, day)
    began = values["since"] if values["status"] != EscalationStatus.NOT_ESCALATED else None
    over = step.after == EscalationStatus.NOT_ESCALATED
    return {
        "status": step.after,
        "rungs": rungs,
        "decisions": values["decisions"] + 1,
        "latest": latest_after(values["decisions"], decision),
        "since": None if over else began or day,
        "next_on": next_day(rungs),
    }


def next_day(rungs: dict[str, dict[str, Any]]) -> date | None:
    """The first day on which an open step is due or looked at again."""
    days = [
        one[name]
        for one in open_rungs({"rungs": rungs}).values()
        for name in ("due_on", "review_on")
        if one.get(name)
    ]
    return date.fromisoformat(min(days)) if days else None


def _rules() -> tuple[StepRule, ...]:
    none, between = EscalationStatus.NOT_ESCALATED, EscalationStatus.BETWEEN_STEPS
    rungs = [state for state in EscalationStatus if state not in (none, between)]
    pairs = [
        *((before, after) for before in (none, between) for after in rungs),
        # To stay is the step that opens, reviews or ends a lower one.
        *((before, after) for before in rungs for after in (between, *rungs)),
    ]
    taken = (StepRule(*pair, _roles(*pair), _NEEDS) for pair in pairs)
    return (*taken, StepRule(between, none, ENDING_ROLES, _NEEDS))


def _roles(before: EscalationStatus, after: EscalationStatus) -> frozenset[Role]:
    """Those who may move a setting so: whoever may take the higher of the two steps. To stay may be
    about a lower one."""
    if before == after:
        return LADDER_ROLES
    higher = [rung for rung in Rung if rung.value in (before.value, after.value)]
    return MAY_TAKE[higher[-1]]


ESCALATION = Lifecycle(
    states=EscalationStatus,
    starts=frozenset({EscalationStatus.NOT_ESCALATED}),
    rules=_rules(),
    derived=Derivation(
        fields=frozenset(_begin({})),
        begin=_begin,
        apply=_apply,
        sets={
            "turn": is_ladder_decision,
            "latest": lambda value: isinstance(value, str) and len(value) <= LONGEST_LATEST,
        },
    ),
    stale=Stale.CONFLICT,
)
