"""The life of an improvement plan, as a whole table and as a machine."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.support.lifecycles import misjudged
from visitapp.rules.access import REVIEWERS, WRITERS
from visitapp.rules.choices import ActionStatus, Role
from visitapp.rules.lifecycle import Taken
from visitapp.rules.plans.agreed import agreed_plan, is_agreed_plan
from visitapp.rules.plans.plan_life import PLAN, dates_fault, unfinished_fault
from visitapp.rules.plans.states import PlanStatus

DAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ACTION = {
    "id": "a-1",
    "number": 1,
    "title": "Two staff count controlled drugs at each handover",
    "success_measure": "28 of 28 handovers",
    "owner_side": "provider",
    "owner": "Registered manager",
    "due_on": "2026-12-01",
    "target": 28,
}
AGREED = {
    "goal": "People get their medicines safely",
    "starts_on": "2026-11-22",
    "ends_on": "2027-02-22",
    "provider_people": "Registered manager",
    "actions": [ACTION],
}
GIVEN = {"agreed": AGREED, "agreed_with": "The registered manager"}
MAY = {
    ("draft", "agreed"): WRITERS,
    ("agreed", "agreed"): WRITERS,
    ("agreed", "met"): WRITERS,
    ("agreed", "not_met"): WRITERS,
    ("draft", "withdrawn"): WRITERS,
    ("agreed", "withdrawn"): REVIEWERS,
    ("met", "agreed"): REVIEWERS,
    ("not_met", "agreed"): REVIEWERS,
}


def step(before: str, after: str, **more: Any) -> Taken:
    whole = {"day": DAY, "reason": "Because", "fields": GIVEN if after == "agreed" else {}}
    return Taken(before=before, after=after, by="ann", at=NOW, **{**whole, **more})


def test_every_step_is_one_roles_or_nobodys() -> None:
    assert misjudged(PLAN, step, MAY) == []


@pytest.mark.parametrize(
    ("before", "after", "without", "problem"),
    [
        ("draft", "agreed", {"fields": {}}, "agreed"),
        ("draft", "agreed", {"fields": {"agreed": AGREED}}, "agreed_with"),
        ("draft", "agreed", {"fields": {**GIVEN, "agreed_with": " "}}, "agreed_with"),
        ("draft", "agreed", {"fields": {**GIVEN, "agreed": {"goal": "x"}}}, "field"),
        ("draft", "agreed", {"fields": {**GIVEN, "version": 7}}, "field"),
        ("draft", "agreed", {"day": None}, "day"),
        ("agreed", "met", {"day": None}, "day"),
        ("agreed", "not_met", {"reason": " "}, "reason"),
        ("draft", "withdrawn", {"reason": ""}, "reason"),
        ("met", "agreed", {"reason": "", "fields": {}}, "reason"),
    ],
)
def test_a_step_brings_what_it_needs(
    before: str, after: str, without: dict[str, Any], problem: str
) -> None:
    fault = PLAN.fault(step(before, after, **without), Role.LEAD)
    assert fault is not None
    assert fault.problem == problem


@pytest.mark.parametrize(
    "change",
    [
        {"actions": [ACTION, ACTION]},
        {"actions": [{**ACTION, "number": 0}]},
        {"actions": [{**ACTION, "owner_side": "nobody"}]},
        {"actions": [{**ACTION, "title": "a\x00b"}]},
        {"actions": [{**ACTION, "more": 1}]},
        {"goal": None},
        {"goal": "x" * 20_001},
        {"ends_on": "soon"},
    ],
)
def test_a_version_is_whole_or_refused(change: dict[str, Any]) -> None:
    assert is_agreed_plan(AGREED)
    assert not is_agreed_plan({**AGREED, **change})


def test_a_plan_is_met_when_every_action_is_verified_or_withdrawn() -> None:
    for status in ActionStatus:
        finished = status in (ActionStatus.VERIFIED, ActionStatus.WITHDRAWN)
        assert (unfinished_fault([ActionStatus.VERIFIED, status]) is None) is finished
    assert dates_fault(DAY, DAY) is None
    assert dates_fault(DAY, date(2026, 11, 21)) is not None
    assert dates_fault(date(1999, 1, 1), DAY) is not None


class PlanMachine(RuleBasedStateMachine):
    """Any steps in any order: what was agreed stays until the next agreement replaces it."""

    def __init__(self) -> None:
        super().__init__()
        self.values = PLAN.derived.begin({})
        self.agreements = 0
        self.goal = ""

    @rule(
        after=st.sampled_from(list(PlanStatus)),
        role=st.sampled_from(list(Role)),
        goal=st.sampled_from(["Safe medicines", "Enough staff"]),
        whole=st.booleans(),
    )
    def take(self, after: PlanStatus, role: Role, goal: str, *, whole: bool) -> None:
        fields = {**GIVEN, "agreed": {**AGREED, "goal": goal}} if whole else {}
        taken = step(self.values["status"], after, fields=fields)
        if PLAN.fault(taken, role) is not None:
            return
        before = self.values
        self.values = PLAN.derived.apply(self.values, taken)
        if after == PlanStatus.AGREED and whole:
            self.agreements += 1
            self.goal = goal
        else:
            kept = ("version", "agreed", "agreed_on", "agreed_with", "agreed_by")
            assert all(self.values[name] == before[name] for name in kept)

    @invariant()
    def versions_count_agreements(self) -> None:
        assert self.values["version"] == self.agreements
        if self.agreements:
            assert agreed_plan(self.values["agreed"]).goal == self.goal

    @invariant()
    def an_ended_plan_has_its_day(self) -> None:
        ended = self.values["status"] not in ("draft", "agreed")
        assert (self.values["ended_on"] is not None) is ended

    @invariant()
    def nothing_is_met_that_was_never_agreed(self) -> None:
        if self.values["status"] in ("agreed", "met", "not_met"):
            assert self.agreements


TestPlanMachine = PlanMachine.TestCase
