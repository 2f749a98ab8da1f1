"""The life of a concern: its table, and any walk through it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.support.rows import rows
from visitapp.rules.access import WRITERS, AccessRequest, Actor
from visitapp.rules.choices import Role
from visitapp.rules.concerns.concern_life import (
    CONCERN,
    REPORTED,
    close_fault,
    write_concern,
)
from visitapp.rules.concerns.restriction import (
    audience,
    is_audience,
    lift_fault,
    sees_concern,
)
from visitapp.rules.concerns.states import ConcernKind, ConcernStatus
from visitapp.rules.concerns.themes import themes_fault
from visitapp.rules.lifecycle import Need, Taken
from visitapp.rules.policy.read import shipped_policy

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
DAY = date(2026, 11, 22)
GIVEN = {"reply": "We looked.", "decision": "partly", "lesson": "Count twice."}

TABLE = {
    "open": {"open", "asked", "replied", "decided", "closed"},
    "asked": {"asked", "replied", "decided"},
    "replied": {"replied", "decided"},
    "decided": {"decided", "closed", "open"},
    "closed": {"closed", "open"},
}


def a_step(before: str, after: str, **more: Any) -> Taken:
    usual = {"by": "ann", "at": AT, "day": DAY, "reason": "Because", "fields": GIVEN}
    return Taken(before=before, after=after, **{**usual, **more})


def test_who_may_take_which_step() -> None:
    wrong = []
    for before, after, role in product(ConcernStatus, ConcernStatus, Role):
        allowed = after in TABLE[before] and role in WRITERS
        if (CONCERN.fault(a_step(before, after), role) is None) is not allowed:
            wrong.append((before, after, role))
    assert wrong == []


@pytest.mark.parametrize(
    ("before", "after", "lacking", "need"),
    [
        ("open", "asked", "day", Need.DAY),
        ("asked", "replied", "reply", Need.REPLY),
        ("replied", "decided", "decision", Need.DECISION),
        ("replied", "decided", "reason", Need.REASON),
        ("decided", "closed", "lesson", Need.LESSON),
        ("closed", "open", "reason", Need.REASON),
    ],
)
def test_what_a_step_needs(before: str, after: str, lacking: str, need: Need) -> None:
    fields = {name: value for name, value in GIVEN.items() if name != lacking}
    more: dict[str, Any] = {"day": {"day": None}, "reason": {"reason": " "}}.get(lacking, {})
    fault = CONCERN.fault(a_step(before, after, fields=fields, **more), "officer")
    assert fault is not None
    assert fault.problem == need


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("stage", "closed"),
        ("stage", "elsewhere"),
        ("decision", "yes"),
        ("lesson", " "),
        ("restricted_to", "everybody"),
        ("handler_id", ""),
        ("harm", "some"),
        ("status", "closed"),
        ("reached", {}),
        ("lifted", False),
    ],
)
def test_a_step_cannot_carry_this(field: str, value: Any) -> None:
    fault = CONCERN.fault(a_step("open", "open", fields={field: value}), "lead")
    assert fault is not None


@pytest.mark.parametrize("kind", list(ConcernKind))
def test_only_a_compliment_is_closed_without_a_decision(kind: str) -> None:
    assert (close_fault(kind, "open", "closed") is None) is (kind == "compliment")
    assert close_fault(kind, "decided", "closed") is None


@pytest.mark.parametrize("role", ["officer", "intervention", "lead", "admin"])
def test_those_who_review_say_who_handles_it(role: str) -> None:
    request = AccessRequest(
        creating=False, fields={"handler_id", "status"}, created_by="ann", status="open"
    )
    allowed = write_concern(Actor("ann", role), request) is None
    assert allowed is (role in ("lead", "admin"))


@pytest.mark.parametrize("role", ["officer", "intervention", "lead", "admin"])
def test_those_who_review_lift_a_restriction(role: str) -> None:
    request = AccessRequest(
        creating=False, fields={"lifted", "status"}, created_by="ann", status="open"
    )
    allowed = write_concern(Actor("ann", role), request) is None
    assert allowed is (role in ("lead", "admin"))


@pytest.mark.parametrize(
    ("kind", "restricted_to", "reason", "lifted"),
    [
        ("complaint", "lead", "The police have finished", True),
        ("complaint", "lead", " ", False),
        ("complaint", None, "The police have finished", False),
        ("whistleblowing", "lead", "The police have finished", False),
    ],
)
def test_what_lifting_needs(
    kind: str, restricted_to: str | None, reason: str, lifted: bool
) -> None:
    rules = shipped_policy().concerns
    assert (lift_fault(rules, kind, restricted_to, reason) is None) is lifted


def test_the_policy_names_who_sees_a_restricted_one() -> None:
    rules = shipped_policy().concerns
    assert audience(rules, "whistleblowing") == "lead"
    assert audience(rules, "safeguarding") == "lead,manager"
    assert audience(rules, "complaint") == "lead"
    assert is_audience("lead,manager")
    assert not is_audience("lead,somebody")


@rows("role", list(Role))
@rows("restricted_to", [None, "lead", "lead,manager"])
@rows("who", ["maker", "handler", "another"])
def test_who_sees_a_concern(role: str, restricted_to: str | None, who: str) -> None:
    values = {"restricted_to": restricted_to, "created_by": "maker", "handler_id": "handler"}
    seen = restricted_to is None or who != "another" or role in restricted_to.split(",")
    assert sees_concern(Actor(who, role), values) is seen
    nobody = {**values, "handler_id": None}
    assert sees_concern(Actor("another", "lead"), nobody)


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("", True),
        ("medicines", True),
        ("medicines,falls", True),
        ("Medicines", False),
        ("a,,b", False),
    ],
)
def test_themes_are_ids(text: str, good: bool) -> None:
    assert (themes_fault(text) is None) is good


class ConcernMachine(RuleBasedStateMachine):
    """Any steps that are allowed, beside a plain account of what must hold."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, Any] = CONCERN.derived.begin({})
        self.at = AT
        self.reopened = 0
        self.restricted = False
        self.decided = False

    def take(self, after: str, **fields: Any) -> None:
        before = self.values["status"]
        self.at += timedelta(hours=7)
        step = a_step(before, after, at=self.at, day=self.at.date(), fields=fields)
        if CONCERN.fault(step, "lead") is None:
            self.values = CONCERN.derived.apply(self.values, step)
            self.reopened += after == "open" and before != "open"
            self.decided = after in ("decided", "closed") and (self.decided or after == "decided")

    @rule(after=st.sampled_from(list(ConcernStatus)))
    def move(self, after: str) -> None:
        if after != self.values["status"]:
            self.take(after, **GIVEN)

    @rule(stage=st.sampled_from(sorted(REPORTED)))
    def report(self, stage: str) -> None:
        first = self.values["reached"].get(stage)
        self.take(self.values["status"], stage=stage)
        assert stage in self.values["reached"]
        assert first in (None, self.values["reached"][stage])

    @rule()
    def restrict(self) -> None:
        self.restricted = True
        self.take(self.values["status"], restricted_to="lead")

    @rule()
    def lift(self) -> None:
        self.restricted = False
        self.take(self.values["status"], lifted=True)

    @rule()
    def give(self) -> None:
        self.take(self.values["status"], handler_id="ben")
        assert self.values["handler_id"] == "ben"

    @invariant()
    def it_holds(self) -> None:
        assert set(self.values) == set(CONCERN.derived.fields)
        assert self.values["reopened_count"] == self.reopened
        assert (self.values["restricted_to"] is not None) is self.restricted
        assert not self.restricted or self.values["handler_id"]
        status, reached = self.values["status"], self.values["reached"]
        assert ("closed" in reached) is (status == "closed")
        if status in ("open", "asked", "replied"):
            assert self.values["decision"] is None or status != "open"
            assert "decided" not in reached
        if status == "decided":
            assert self.values["decision"] == "partly"


TestConcernMachine = ConcernMachine.TestCase
