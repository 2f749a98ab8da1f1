"""The life of a comment on a report's accuracy, as a whole table and as a machine."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import product
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from visitapp.rules.access import WRITERS, AccessRequest, Actor
from visitapp.rules.choices import Role
from visitapp.rules.lifecycle import Need, Taken
from visitapp.rules.plans.accuracy_life import ACCURACY, comment_fault, write_accuracy
from visitapp.rules.plans.states import AccuracyStatus

DAY, AT = date(2026, 12, 1), datetime(2026, 12, 1, 9, tzinfo=UTC)


def step(before: str, after: str, **more: Any) -> Taken:
    whole: dict[str, Any] = {"day": DAY, "reason": "The chart says so"}
    return Taken(before=before, after=after, by="ben", at=AT, **{**whole, **more})


def test_an_open_comment_is_answered_once() -> None:
    wrong = []
    for before, after, role in product(AccuracyStatus, AccuracyStatus, Role):
        may = before == "open" != after and role in WRITERS
        if (ACCURACY.fault(step(before, after), role) is None) is not may:
            wrong.append((before, after, role, "may"))
        for lacking, need in (({"day": None}, Need.DAY), ({"reason": ""}, Need.REASON)):
            fault = ACCURACY.fault(step(before, after, **lacking), role)
            if may and (fault is None or fault.problem != need):
                wrong.append((before, after, role, need))
    assert wrong == []


def test_nobody_answers_a_comment_on_their_own_visit() -> None:
    request = AccessRequest(
        creating=False,
        fields=frozenset({"status"}),
        created_by="ann",
        visit_officer_id="ann",
        status="accepted",
    )
    assert write_accuracy(Actor("ann", Role.LEAD, "East"), request) is not None
    assert write_accuracy(Actor("ben", Role.OFFICER, "East"), request) is None
    assert comment_fault(" ") is not None
    assert comment_fault("There were 6 carers") is None


class AccuracyMachine(RuleBasedStateMachine):
    """Any steps in any order: the first answer stands."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, Any] = ACCURACY.derived.begin({})
        self.first = ""

    @rule(after=st.sampled_from(list(AccuracyStatus)), reason=st.sampled_from(["", "Seen", "No"]))
    def take(self, after: AccuracyStatus, reason: str) -> None:
        one = step(self.values["status"], after, reason=reason)
        if ACCURACY.fault(one, Role.OFFICER) is None:
            self.values = ACCURACY.derived.apply(self.values, one)
            self.first = self.first or reason

    @invariant()
    def it_holds(self) -> None:
        answered = self.values["status"] != "open"
        assert answered is bool(self.first)
        assert (self.values["answer"] or "") == self.first
        assert (self.values["answered_by"] is not None) is answered


TestAccuracyMachine = AccuracyMachine.TestCase
