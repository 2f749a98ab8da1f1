"""Lifecycles: the states of a kind of record, and the steps between them.

A step is an append-only record. The server takes the steps of a record in order and derives its
state from them; a device never sends the state, nor any other derived field, as a field.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from msgspec import Struct

from visitapp.rules.choices import Role

Values = Mapping[str, Any]


class Need(StrEnum):
    """Something that a step must bring along."""

    DAY = "day"
    """The day on which it happened."""
    REASON = "reason"
    PLANNED_ON = "planned_on"
    """The day that is agreed, so that no day is agreed that somebody moved meanwhile."""
    KEPT = "kept"
    """Which of two values stands: `choices.Side`."""
    OUTCOME = "outcome"
    """The outcome that is signed."""
    HOW = "how"
    """How it was checked: `choices.VerifiedHow`."""
    PROOF = "proof"
    """A note or evidence."""
    REASON_FOR_LATER = "reason_for_later"
    """A reason, where it moves a date to a later day."""
    ASSESSMENT = "assessment"
    """A risk assessment."""
    ASSESSED_AT = "assessed_at"
    """Which risk assessment it rests on."""
    VALID_TO = "valid_to"
    """Until when it holds."""
    REASON_FOR_MOVE = "reason_for_move"
    """A reason, where it moves a date at all."""
    NEW_END = "extended_to"
    """The end date of a contract that is extended."""
    LAST_DAY = "ended_on"
    """The last day of a contract that will end."""
    INTO = "merged_into_id"
    """The setting that another one is merged into."""
    AGREED = "agreed"
    """The plan as it is agreed."""
    AGREED_WITH = "agreed_with"
    """With whom it is agreed."""
    OFFICER = "officer_id"
    """Who works on it."""
    STARTS = "starts_on"
    """Its first day."""
    PLANNED_TO = "planned_to"
    """The day to which it is planned."""
    RESULT = "result"
    """How it ended."""
    SUMMARY = "summary"
    """What came of it, in words."""
    REPLY = "reply"
    """What the provider says."""
    DECISION = "decision"
    """What was found."""
    LESSON = "lesson"
    """What is to be learned."""
    TURN = "turn"
    """What is decided on the escalation ladder."""


class Problem(StrEnum):
    """Why a step is refused, beside a `Need` that it does not meet."""

    NO_STEP = "no_step"
    ROLE = "role"
    FIELD = "field"
    STALE = "stale"
    """Somebody else's step came first."""


class Stale(StrEnum):
    """What becomes of a step that starts from a state that has passed."""

    CONFLICT = "conflict"
    """It is set aside beside a conflict, which a person settles."""
    REFUSED = "refused"
    """It is refused in a sentence, unless the record is already as it would make it."""
    FIRST = "first"
    """It is kept and changes nothing: the first step stands."""


class StepRule(Struct, frozen=True):
    """One allowed step: from which state, to which, who may take it, and its needs.

    Nobody's is the server's. `happened`: the step reports what took place, so it is taken also when
    the record has meanwhile passed to another state that has such a step.
    """

    before: str
    after: str
    roles: frozenset[Role]
    needs: frozenset[Need] = frozenset()
    happened: bool = False


class Taken(Struct, frozen=True, kw_only=True):
    """A step that somebody takes. `fields`: the values that go with it; `was`: those that they
    replace."""

    before: str
    after: str
    by: str
    at: datetime
    day: date | None = None
    reason: str = ""
    evidence: bool = False
    fields: Values = {}
    was: Values = {}


class StepFault(Struct, frozen=True):
    """Why a step is refused: a `Problem` or an unmet `Need`, as its value."""

    problem: str


class Derivation(Struct, frozen=True, kw_only=True):
    """How the state of a record follows from its steps.

    fields: the derived ones, never sent. begin: their values in a new record. apply: their values
    after a step, given those before it. sets: the fields that a step may bring along, each with a
    check of its value.
    """

    fields: frozenset[str]
    begin: Callable[[Values], dict[str, Any]]
    apply: Callable[[Values, Taken], dict[str, Any]]
    sets: Mapping[str, Callable[[Any], bool]]


class Lifecycle(Struct, frozen=True, kw_only=True):
    """The states of a kind of record. `starts` are those that a new one may have; `alike` those of
    which a step may start from one when it was taken in another; `ends` those in which the work on
    it is over, where records belong to it that ask (`rules.kinds.AfterEnd`)."""

    states: type[StrEnum]
    starts: frozenset[str]
    rules: tuple[StepRule, ...]
    derived: Derivation
    stale: Stale
    alike: frozenset[str] = frozenset()
    ends: frozenset[str] = frozenset()

    def rule(self, before: str, after: str) -> StepRule | None:
        """The rule for one step; None when there is no such step."""
        return next((r for r in self.rules if (r.before, r.after) == (before, after)), None)

    def starts_from(self, state: str, before: str) -> bool:
        """Whether a step that was taken in the state `before` may start from `state`."""
        return state == before or {state, before} <= self.alike

    def next_states(self, before: str, role: str) -> list[str]:
        """The states that somebody with this role may choose, the present one first."""
        possible = {r.after for r in self.rules if r.before == before and role in r.roles}
        return [before, *(s for s in self.states if s in possible and s != before)]

    def fault(self, step: Taken, role: str) -> StepFault | None:
        """Why somebody with this role may not take this step; None when they may."""
        rule = self.rule(step.before, step.after)
        if rule is None:
            return StepFault(Problem.NO_STEP)
        if role not in rule.roles:
            return StepFault(Problem.ROLE)
        checks = self.derived.sets
        if any(name not in checks or not checks[name](v) for name, v in step.fields.items()):
            return StepFault(Problem.FIELD)
        unmet = next((need for need in Need if need in rule.needs and not _met(need, step)), None)
        return StepFault(unmet) if unmet else None


def _met(need: Need, step: Taken) -> bool:
    match need:
        case Need.DAY:
            return step.day is not None
        case Need.REASON:
            return bool(step.reason.strip())
        case (
            Need.HOW
            | Need.KEPT
            | Need.OUTCOME
            | Need.PLANNED_ON
            | Need.NEW_END
            | Need.LAST_DAY
            | Need.INTO
            | Need.AGREED
            | Need.REPLY
            | Need.DECISION
            | Need.LESSON
            | Need.TURN
        ):
            return bool(step.fields.get(need))
        case Need.OFFICER | Need.STARTS | Need.PLANNED_TO | Need.RESULT:
            return bool(step.fields.get(need))
        case Need.AGREED_WITH | Need.SUMMARY:
            return bool(str(step.fields.get(need) or "").strip())
        case Need.ASSESSMENT | Need.ASSESSED_AT | Need.VALID_TO:
            return bool(step.fields.get(need))
        case Need.PROOF:
            return step.evidence or bool(str(step.fields.get("note") or "").strip())
        case Need.REASON_FOR_LATER:
            later = any(_is_later(value, step.was.get(n)) for n, value in step.fields.items())
            return not later or bool(step.reason.strip())
        case Need.REASON_FOR_MOVE:
            moved = any(value != step.was.get(name) for name, value in step.fields.items())
            return not moved or bool(step.reason.strip())


def _is_later(value: Any, was: Any) -> bool:
    return isinstance(value, date) and isinstance(was, date) and value > was
