"""The life of an action, as a whole table and as a machine."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from visitapp.rules.access import WRITERS
from visitapp.rules.action_life import ACTION, OPEN_STATUSES, due_date_fault, overdue_days
from visitapp.rules.choices import ActionStatus, Role
from visitapp.rules.lifecycle import Need, Taken

DUE = date(2026, 11, 20)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
NEXT = {
    "open": {"open", "in_progress", "done", "verified", "withdrawn"},
    "in_progress": {"in_progress", "done", "verified", "withdrawn"},
    "reopened": {"reopened", "in_progress", "done", "verified", "withdrawn"},
    "done": {"verified", "reopened", "withdrawn"},
    "verified": {"reopened"},
    "withdrawn": {"reopened"},
}


def step(before: str, after: str, **more: Any) -> Taken:
    whole = {"day": DUE, "reason": "Because", "fields": {"how": "visit", "note": "Seen"}}
    return Taken(before=before, after=after, by="ann", at=NOW, **{**whole, **more})


def test_every_step_is_allowed_or_refused() -> None:
    wrong = []
    for before, after, role in product(ActionStatus, ActionStatus, Role):
        fault = ACTION.fault(step(before, after), role)
        found = fault.problem if fault else ""
        may = "" if role in WRITERS else "role"
        expected = may if after in NEXT[before] else "no_step"
        offered = after in ACTION.next_states(before, role)
        if found != expected or (not expected and not offered):
            wrong.append((before, after, role, found, offered))
    assert wrong == []


@pytest.mark.parametrize(
    ("before", "after", "missing", "need"),
    [
        ("open", "done", {"day": None}, Need.DAY),
        ("done", "verified", {"day": None}, Need.DAY),
        ("done", "verified", {"fields": {"note": "Seen"}}, Need.HOW),
        ("done", "verified", {"fields": {"how": "visit"}}, Need.PROOF),
        ("done", "verified", {"fields": {"how": "visit", "note": "  "}}, Need.PROOF),
        ("verified", "reopened", {"reason": " "}, Need.REASON),
        ("open", "withdrawn", {"reason": ""}, Need.REASON),
    ],
)
def test_a_step_needs_its_grounds(
    before: str, after: str, missing: dict[str, Any], need: Need
) -> None:
    fault = ACTION.fault(step(before, after, **missing), "officer")
    assert fault is not None
    assert fault.problem == need


def test_evidence_stands_for_a_note() -> None:
    assert not ACTION.fault(
        step("done", "verified", fields={"how": "document"}, evidence=True), "lead"
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"how": "rumour", "note": "x"},
        {"note": "a\0b", "how": "visit"},
        {"due_on": date(1999, 1, 1)},
        {"due_on": "soon"},
        {"title": "another"},
    ],
)
def test_what_goes_with_a_step_is_checked(fields: dict[str, Any]) -> None:
    fault = ACTION.fault(step("done", "verified", fields=fields), "officer")
    assert fault is not None
    assert fault.problem == "field"


@pytest.mark.parametrize(
    ("day", "reason", "may"), [(19, "", True), (21, "", False), (21, "x", True)]
)
def test_a_later_due_date_needs_a_reason(day: int, reason: str, may: bool) -> None:
    moved = step(
        *("open", "open"),
        reason=reason,
        fields={"due_on": DUE.replace(day=day)},
        was={"due_on": DUE},
    )
    assert (ACTION.fault(moved, "officer") is None) is may


@given(st.lists(st.sampled_from(ActionStatus), max_size=12))
def test_the_state_follows_from_the_steps(wanted: list[ActionStatus]) -> None:
    derived = ACTION.derived
    assert derived is not None
    values = derived.begin({"first_due_on": DUE})
    for after in wanted:
        taken = step(values["status"], after)
        if ACTION.fault(taken, "officer"):
            continue
        values = derived.apply(values, taken)
        assert values.keys() == derived.fields
        assert values["status"] == after
        assert (values["verified_by"] == "ann") is (after == "verified")
        assert (values["done_on"] is None) is (after in OPEN_STATUSES or after == "withdrawn")
    assert values["moved_count"] == 0


def test_a_date_that_comes_with_a_reopening_is_no_move() -> None:
    derived, later = ACTION.derived, date(2026, 12, 4)
    assert derived is not None
    values = derived.begin({"first_due_on": DUE})
    values = derived.apply(values, step("open", "done"))
    values = derived.apply(values, step("done", "reopened", fields={"due_on": later}))
    assert (values["due_on"], values["moved_count"], values["reopened_count"]) == (later, 0, 1)
    moved = {"due_on": date(2026, 12, 11)}
    values = derived.apply(values, step("reopened", "reopened", fields=moved))
    assert (values["moved_count"], values["reopened_count"]) == (1, 1)


def test_only_what_is_left_to_do_can_be_overdue() -> None:
    today = date(2026, 11, 22)
    assert overdue_days("open", DUE, today) == 2
    assert overdue_days("reopened", DUE, today) == 2
    assert overdue_days("done", DUE, today) == 0
    assert overdue_days("open", today, today) == 0


@pytest.mark.parametrize("day", [date(1999, 12, 31), date(2100, 1, 1), date(226, 1, 1)])
def test_a_due_date_that_cannot_be_meant_is_a_fault(day: date) -> None:
    assert str(day.year) in str(due_date_fault(day))
    assert due_date_fault(DUE) is None


class ActionMachine(RuleBasedStateMachine):
    """Any steps in any order, with or without their grounds: a date moves or stays, what was
    verified has who, how and what was seen until it is reopened, and nothing else counts."""

    def __init__(self) -> None:
        super().__init__()
        self.values = ACTION.derived.begin({"first_due_on": DUE})
        self.due, self.moves, self.reopened = DUE, 0, 0
        self.note: str | None = None
        self.done_on: date | None = None

    @rule(
        after=st.sampled_from(ActionStatus),
        role=st.sampled_from(Role),
        due=st.sampled_from([None, *(DUE + timedelta(days=n) for n in (-3, 0, 5))]),
        reason=st.sampled_from(["", "The manager was away"]),
        note=st.sampled_from([None, " ", "Ten charts seen"]),
        day=st.sampled_from([None, DUE, DUE + timedelta(days=2)]),
        evidence=st.booleans(),
    )
    def take(
        self,
        after: ActionStatus,
        role: Role,
        due: date | None,
        reason: str,
        note: str | None,
        day: date | None,
        *,
        evidence: bool,
    ) -> None:
        before = self.values["status"]
        fields: dict[str, Any] = {"due_on": due} if due else {}
        fields |= {"note": note} if note is not None else {}
        fields |= {"how": "visit"} if after == "verified" else {}
        given = {"day": day, "reason": reason, "fields": fields, "evidence": evidence}
        taken = step(before, after, was={"due_on": self.due}, **given)
        if ACTION.fault(taken, role) is not None:
            return
        later = due is not None and due > self.due
        assert role in WRITERS
        assert reason or not later, "a later date has its reason"
        assert reason or after not in ("reopened", "withdrawn") or before == after
        self.values = ACTION.derived.apply(self.values, taken)
        reopens = after == "reopened" and before != after
        self.moves += later and not reopens
        self.reopened += reopens
        self.due = due or self.due
        if after == "verified":
            assert evidence or (note or "").strip(), "nothing is verified by word alone"
            self.note, self.done_on = note, self.done_on or day
        else:
            self.note, self.done_on = None, day if after == "done" else None

    @invariant()
    def dates_and_counts_are_those_of_its_steps(self) -> None:
        assert self.values["due_on"] == self.due
        counted = self.values["moved_count"], self.values["reopened_count"]
        assert counted == (self.moves, self.reopened)
        assert self.values["done_on"] == self.done_on

    @invariant()
    def what_is_verified_and_nothing_else_says_by_whom_and_how(self) -> None:
        verified = self.values["status"] == "verified"
        named = {name: self.values[f"verified_{name}"] for name in ("by", "at", "how", "note")}
        assert named["note"] == self.note
        del named["note"]
        expected = ("ann", NOW, "visit") if verified else (None, None, None)
        assert tuple(named.values()) == expected

    @invariant()
    def only_what_is_left_to_do_is_overdue(self) -> None:
        days = overdue_days(self.values["status"], self.due, DUE + timedelta(days=30))
        assert bool(days) is (self.values["status"] in OPEN_STATUSES)


TestActionMachine = ActionMachine.TestCase
