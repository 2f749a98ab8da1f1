"""The life of an intervention, as a whole table and as a machine."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.support.lifecycles import misjudged
from visitapp.rules.access import REVIEWERS, WRITERS
from visitapp.rules.choices import Role
from visitapp.rules.interventions.intervention_life import (
    INTERVENTION,
    early_fault,
    held_until,
    step_day_fault,
)
from visitapp.rules.interventions.states import OPEN_INTERVENTIONS, InterventionStatus
from visitapp.rules.lifecycle import Taken

DAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ACCEPTED = {
    "officer_id": "irena",
    "starts_on": DAY,
    "planned_to": date(2027, 5, 22),
    "sustain_months": 3,
}
ENDED = {"result": "achieved", "summary": "From Red to Green"}
MAY = {
    ("referred", "active"): REVIEWERS,
    ("referred", "refused"): REVIEWERS,
    ("referred", "withdrawn"): WRITERS,
    ("active", "active"): REVIEWERS,
    ("sustaining", "sustaining"): REVIEWERS,
    ("active", "sustaining"): WRITERS,
    ("sustaining", "active"): WRITERS,
    ("sustaining", "stepped_down"): WRITERS,
    ("stepped_down", "active"): WRITERS,
    ("active", "closed"): REVIEWERS,
    ("sustaining", "closed"): REVIEWERS,
    ("stepped_down", "closed"): REVIEWERS,
}


def given(before: str, after: str) -> dict[str, Any]:
    if after == "closed":
        return dict(ENDED)
    return dict(ACCEPTED) if (before, after) == ("referred", "active") else {}


def step(before: str, after: str, **more: Any) -> Taken:
    whole = {"day": DAY, "reason": "Because", "fields": given(before, after)}
    return Taken(before=before, after=after, by="lee", at=NOW, **{**whole, **more})


def test_every_step_is_one_roles_or_nobodys() -> None:
    assert misjudged(INTERVENTION, step, MAY) == []


@pytest.mark.parametrize(
    ("before", "after", "without", "problem"),
    [
        ("referred", "active", {"fields": {**ACCEPTED, "officer_id": ""}}, "field"),
        ("referred", "active", {"fields": {"planned_to": DAY, "starts_on": DAY}}, "officer_id"),
        ("referred", "active", {"fields": {"officer_id": "i", "starts_on": DAY}}, "planned_to"),
        ("referred", "active", {"fields": {**ACCEPTED, "sustain_months": 37}}, "field"),
        ("referred", "active", {"day": None}, "day"),
        ("referred", "refused", {"reason": " "}, "reason"),
        ("referred", "withdrawn", {"reason": ""}, "reason"),
        ("active", "active", {"reason": ""}, "reason"),
        ("sustaining", "active", {"reason": ""}, "reason"),
        ("active", "closed", {"reason": ""}, "reason"),
        ("stepped_down", "closed", {"fields": {"result": "achieved"}}, "summary"),
        ("stepped_down", "closed", {"fields": {"result": "well", "summary": "x"}}, "field"),
        ("active", "sustaining", {"day": None}, "day"),
    ],
)
def test_a_step_brings_what_it_needs(
    before: str, after: str, without: dict[str, Any], problem: str
) -> None:
    fault = INTERVENTION.fault(step(before, after, **without), Role.LEAD)
    assert fault is not None
    assert fault.problem == problem


def test_an_end_before_the_results_were_held_needs_a_reason() -> None:
    values = {"status": "sustaining", "sustained_from": date(2026, 6, 30), "sustain_months": 3}
    assert held_until(values) == date(2026, 9, 30)
    for day, reason, early in (
        (date(2026, 9, 29), "", True),
        (date(2026, 9, 29), "The home is sold", False),
        (date(2026, 9, 30), "", False),
    ):
        taken = step("sustaining", "closed", day=day, reason=reason)
        assert (early_fault(values, taken) is not None) is early
    assert early_fault({**values, "sustained_from": None}, step("active", "closed")) is None


@pytest.mark.parametrize(
    ("taken", "fault"),
    [
        (step("referred", "active", day=date(2026, 11, 19)), "referred on 20 Nov 2026"),
        (step("referred", "active"), ""),
        (
            step("referred", "active", fields={**ACCEPTED, "planned_to": date(2026, 11, 1)}),
            "end before it starts",
        ),
        (step("active", "sustaining", day=date(2026, 11, 20)), "before 21 Nov 2026"),
        (step("active", "active", fields={"planned_to": date(2020, 1, 1)}), "end before it starts"),
        (step("active", "active", day=date(2026, 11, 1), fields={}), ""),
    ],
)
def test_steps_keep_the_order_of_days(taken: Taken, fault: str) -> None:
    values = {
        "referred_on": date(2026, 11, 20),
        "decided_on": date(2026, 11, 21),
        "starts_on": DAY,
        "sustained_from": None,
    }
    found = step_day_fault(values, taken)
    assert fault in str(found) if fault else found is None


class InterventionMachine(RuleBasedStateMachine):
    """Any steps in any order: it has an officer from its acceptance on, and an end once."""

    def __init__(self) -> None:
        super().__init__()
        self.values: Any = INTERVENTION.derived.begin({})

    @rule(
        after=st.sampled_from(list(InterventionStatus)),
        role=st.sampled_from(list(Role)),
        fields=st.sampled_from(
            [{}, ACCEPTED, ENDED, {"officer_id": "iris"}, {"planned_to": date(2028, 1, 1)}]
        ),
    )
    def take(self, after: str, role: Role, fields: dict[str, Any]) -> None:
        taken = step(self.values["status"], after, fields=fields)
        if INTERVENTION.fault(taken, role) is None:
            self.values = INTERVENTION.derived.apply(self.values, taken)

    @invariant()
    def who_works_there_is_known_while_it_is_open(self) -> None:
        if self.values["status"] in OPEN_INTERVENTIONS:
            assert self.values["officer_id"] in ("irena", "iris")
            assert self.values["planned_to"] is not None

    @invariant()
    def only_what_is_over_has_ended(self) -> None:
        over = self.values["status"] in ("refused", "withdrawn", "closed")
        assert (self.values["ended_on"] is not None) is over
        assert (self.values["result"] is not None) is (self.values["status"] == "closed")

    @invariant()
    def it_is_sustained_only_from_a_day(self) -> None:
        if self.values["status"] in ("sustaining", "stepped_down"):
            assert self.values["sustained_from"] is not None
        if self.values["status"] == "active":
            assert self.values["sustained_from"] is None


TestInterventionMachine = InterventionMachine.TestCase
