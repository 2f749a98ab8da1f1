"""The life of a referral for support, as a whole table and as a machine; and what support did."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from visitapp.rules.access import WRITERS
from visitapp.rules.choices import Role
from visitapp.rules.concerns.clusters import Counted
from visitapp.rules.lifecycle import Need, Taken
from visitapp.rules.support.effect import effect_of
from visitapp.rules.support.states import SupportStatus
from visitapp.rules.support.support_life import SUPPORT, step_day_fault
from visitapp.rules.visiting.due import add_months

DAY = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
MAY = {
    ("asked", "offered"): {Need.DAY, Need.REASON},
    ("asked", "taken_up"): {Need.DAY},
    ("offered", "taken_up"): {Need.DAY},
    ("asked", "declined"): {Need.DAY, Need.REASON},
    ("offered", "declined"): {Need.DAY, Need.REASON},
    ("taken_up", "declined"): {Need.DAY, Need.REASON},
    ("taken_up", "reviewed"): {Need.DAY, Need.REASON},
}


def step(before: str, after: str, **more: Any) -> Taken:
    whole: dict[str, Any] = {"day": DAY, "reason": "Because"}
    return Taken(before=before, after=after, by="ann", at=AT, **{**whole, **more})


def test_every_step_is_allowed_or_refused() -> None:
    wrong = []
    for before, after, role in product(SupportStatus, SupportStatus, Role):
        allowed = (before, after) in MAY and role in WRITERS
        if (SUPPORT.fault(step(before, after), role) is None) is not allowed:
            wrong.append((before, after, role))
    assert wrong == []


@pytest.mark.parametrize(("pair", "needs"), MAY.items())
def test_what_a_step_needs(pair: tuple[str, str], needs: set[Need]) -> None:
    for lacking, need in (({"day": None}, Need.DAY), ({"reason": " "}, Need.REASON)):
        fault = SUPPORT.fault(step(*pair, **lacking), Role.OFFICER)
        assert (fault.problem if fault else None) == (need if need in needs else None)


def test_the_days_follow_each_other_and_the_effect_comes_after_three_months() -> None:
    values: dict[str, Any] = {**SUPPORT.derived.begin({}), "asked_on": DAY}
    assert step_day_fault(values, "taken_up", DAY - timedelta(1), 3) is not None
    assert step_day_fault(values, "taken_up", DAY, 3) is None
    values |= SUPPORT.derived.apply(values, step("asked", "taken_up", day=date(2026, 3, 31)))
    assert "30 Jun 2026" in str(step_day_fault(values, "reviewed", date(2026, 6, 29), 3))
    assert step_day_fault(values, "reviewed", date(2026, 6, 30), 3) is None


class SupportMachine(RuleBasedStateMachine):
    """Any steps in any order, beside a plain account of what must hold."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, Any] = {**SUPPORT.derived.begin({}), "asked_on": DAY}
        self.day = DAY
        self.taken: list[str] = []

    @rule(after=st.sampled_from(list(SupportStatus)), days=st.integers(-3, 120))
    def take(self, after: SupportStatus, days: int) -> None:
        day = self.day + timedelta(days)
        one = step(self.values["status"], after, day=day)
        if SUPPORT.fault(one, Role.LEAD) or step_day_fault(self.values, after, day, 3):
            return
        self.values |= SUPPORT.derived.apply(self.values, one)
        self.day = day
        self.taken.append(after)

    @invariant()
    def it_holds(self) -> None:
        assert set(self.values) == {*SUPPORT.derived.fields, "asked_on"}
        assert len(self.taken) == len(set(self.taken)) <= 3, "no state comes twice"
        days = [self.values[name] for name in ("asked_on", "offered_on", "taken_up_on", "ended_on")]
        known = [day for day in days if day]
        assert known == sorted(known)
        ended = self.values["status"] in ("reviewed", "declined")
        assert (self.values["ended_on"] is not None) is ended
        if self.values["status"] == "reviewed":
            assert self.values["ended_on"] >= add_months(self.values["taken_up_on"], 3)


TestSupportMachine = SupportMachine.TestCase


def a_concern(day: date, theme: str = "medicines", kind: str = "complaint") -> Counted:
    return Counted(
        id=str(day),
        setting_id="s",
        provider_id=None,
        kind=kind,
        themes=(theme, "records"),
        received_on=day,
        severity="2",
        decision=None,
    )


@given(
    offsets=st.lists(st.integers(-200, 300), max_size=30),
    waits=st.one_of(st.none(), st.integers(0, 60)),
    today=st.integers(0, 300),
)
def test_the_effect_beside_a_slow_reference(
    offsets: list[int], waits: int | None, today: int
) -> None:
    days = [DAY + timedelta(n) for n in offsets]
    now = DAY + timedelta(today)
    taken_up = None if waits is None else DAY + timedelta(waits)
    concerns = [a_concern(day) for day in days]
    concerns += [a_concern(day, "falls") for day in days]
    concerns += [a_concern(day, kind="compliment") for day in days]
    found = effect_of(concerns, "medicines", DAY, taken_up, months=3, today=now)
    before = {add_months(DAY, -3) + timedelta(n) for n in range(200)}
    assert found.before == sum(day in before and day < DAY for day in days)
    if taken_up is None:
        assert (found.after, found.known, found.after_last) == (0, False, None)
        return
    after = {taken_up + timedelta(n) for n in range((add_months(taken_up, 3) - taken_up).days)}
    assert found.after == sum(day in after and day <= now for day in days)
    assert found.known is (now not in after and now > taken_up)
