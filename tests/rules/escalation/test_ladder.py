"""The ladder: which step follows which, who takes it, and what is said with it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from visitapp.rules.choices import Role
from visitapp.rules.escalation.authority import Deciding, ladder_fault, skipped_by
from visitapp.rules.escalation.decision import LadderDecision, as_kept, is_ladder_decision
from visitapp.rules.escalation.ladder_life import (
    ESCALATION,
    LADDER_ROLES,
    after_decision,
    latest_after,
    open_rungs,
)
from visitapp.rules.escalation.states import EscalationStatus, Rung, RungOutcome, Turn
from visitapp.rules.lifecycle import Taken
from visitapp.rules.policy.read import shipped_policy

RULES = shipped_policy().escalation
DAY = date(2026, 11, 26)
NONE, BETWEEN = EscalationStatus.NOT_ESCALATED, EscalationStatus.BETWEEN_STEPS
OFFICERS, LEADS = {Role.OFFICER, Role.INTERVENTION}, {Role.LEAD, Role.MANAGER}
MAY = {
    Rung.PEER_SUPPORT: OFFICERS | LEADS,
    Rung.IMPROVEMENT_PLAN: OFFICERS | LEADS,
    Rung.STRATEGY_MEETING: LEADS,
    Rung.DEFAULT_NOTICE: {Role.MANAGER},
    Rung.SUSPENSION: {Role.MANAGER},
    Rung.SPECIAL_MEASURES: {Role.MANAGER},
    Rung.TERMINATION: {Role.MANAGER},
    Rung.LOSS_OF_PROVIDER: {Role.MANAGER},
}
NEW = ESCALATION.derived.begin({})


def opened(rung: Rung, values: dict[str, Any] = NEW, **more: Any) -> LadderDecision:
    given = {
        "skipped": skipped_by(values, rung, RULES),
        "skip_reason": "People are at risk",
        "review_on": DAY + timedelta(days=28) if rung == Rung.SUSPENSION else None,
        "position_id": "p-1" if rung == Rung.SUSPENSION else None,
        "remedy": "Count at each handover",
        "authority": "Minute 12",
        "due_on": DAY + timedelta(days=7),
    }
    return LadderDecision(turn=Turn.OPENED, rung=rung, **{**given, **more})


def ended(rung: Rung, outcome: RungOutcome = RungOutcome.MET) -> LadderDecision:
    position = "p-2" if rung == Rung.SUSPENSION else None
    return LadderDecision(turn=Turn.ENDED, rung=rung, outcome=outcome, position_id=position)


def fault(
    values: dict[str, Any], decision: LadderDecision, role: str = Role.MANAGER, **more: Any
) -> str:
    day = more.pop("day", DAY)
    after, _ = after_decision(values, decision, day)
    given = {"after": after, "latest": latest_after(values["decisions"], decision), "today": DAY}
    deciding = Deciding(decision=decision, day=day, role=role, **{**given, **more})
    return str(ladder_fault(values, deciding, RULES) or "")


def taken(values: dict[str, Any], decision: LadderDecision, day: date = DAY) -> dict[str, Any]:
    """The values after a decision, through the lifecycle as server and device derive them."""
    after, _ = after_decision(values, decision, day)
    fields = {"turn": as_kept(decision), "latest": latest_after(values["decisions"], decision)}
    step = Taken(
        before=values["status"],
        after=after,
        by="max",
        at=datetime(2026, 11, 26, 9, tzinfo=UTC),
        day=day,
        reason="Because",
        fields=fields,
    )
    assert ESCALATION.fault(step, Role.MANAGER) is None
    return {**values, **ESCALATION.derived.apply(values, step)}


def test_each_step_is_taken_by_those_whom_the_policy_names() -> None:
    wrong = [
        (rung, role)
        for rung, role in product(Rung, Role)
        if (fault(NEW, opened(rung), role) == "") != (role in MAY[rung])
    ]
    assert wrong == []


def test_every_step_of_the_record_is_in_the_table() -> None:
    whole = {"turn": as_kept(opened(Rung.SUSPENSION)), "latest": "1 suspension opened"}
    at = datetime(2026, 11, 26, 9, tzinfo=UTC)
    wrong = []
    for before, after, role in product(EscalationStatus, EscalationStatus, Role):
        step = Taken(
            before=before, after=after, by="max", at=at, day=DAY, reason="Because", fields=whole
        )
        higher = [rung for rung in Rung if rung in (before, after)]
        if after == NONE:
            may = before == BETWEEN and role in LEADS
        elif after == BETWEEN:
            may = bool(higher) and role in MAY[higher[-1]]
        else:
            may = role in (LADDER_ROLES if before == after else MAY[higher[-1]])
        if (ESCALATION.fault(step, role) is None) != may:
            wrong.append((before, after, role))
    assert wrong == []


def test_the_story_of_a_suspension_after_peer_support() -> None:
    """`casework`: peer support, a suspension that passes over three steps, then the lower ones
    under it, without a second reason."""
    values = taken(NEW, opened(Rung.PEER_SUPPORT), DAY - timedelta(days=14))
    values = taken(values, ended(Rung.PEER_SUPPORT, RungOutcome.NOT_MET))
    assert values["status"] == BETWEEN
    suspension = opened(Rung.SUSPENSION, values)
    assert suspension.skipped == (
        *(Rung.IMPROVEMENT_PLAN, Rung.STRATEGY_MEETING),
        Rung.DEFAULT_NOTICE,
    )
    values = taken(values, suspension)
    for rung in suspension.skipped:
        lower = opened(rung, values, skip_reason="")
        assert lower.skipped == ()
        assert fault(values, lower) == ""
        values = taken(values, lower)
        assert values["status"] == Rung.SUSPENSION, "the highest that is open"
    assert len(open_rungs(values)) == 4
    assert values["decisions"] == 6
    values = taken(values, ended(Rung.SUSPENSION))
    assert values["status"] == Rung.DEFAULT_NOTICE
    assert values["since"] == DAY - timedelta(days=14)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"skip_reason": " "}, "passes over 4 steps"),
        ({"skipped": ()}, "Other steps are passed over"),
        ({"review_on": None}, "on which this step is reviewed"),
        ({"review_on": DAY + timedelta(days=29)}, "more than 28 days ahead"),
        ({"review_on": DAY - timedelta(days=1)}, "before the decision"),
        ({"position_id": None}, "goes with a decision on placements"),
    ],
    ids=str,
)
def test_a_suspension_says_all_that_it_must(more: dict[str, Any], says: str) -> None:
    assert fault(NEW, opened(Rung.SUSPENSION)) == ""
    assert says in fault(NEW, opened(Rung.SUSPENSION, **more))


@pytest.mark.parametrize(
    ("decision", "more", "says"),
    [
        (opened(Rung.DEFAULT_NOTICE, remedy=""), {}, "what must be put right"),
        (opened(Rung.DEFAULT_NOTICE, due_on=None), {}, "what must be put right"),
        (opened(Rung.PEER_SUPPORT), {"day": DAY + timedelta(days=1)}, "in the future"),
        (opened(Rung.PEER_SUPPORT), {"after": "suspension"}, "does not follow"),
        (opened(Rung.PEER_SUPPORT), {"latest": "7 peer support opened"}, "does not follow"),
        (ended(Rung.PEER_SUPPORT), {}, "is not open"),
    ],
    ids=str,
)
def test_a_decision_fits_where_the_setting_stands(
    decision: LadderDecision, more: dict[str, Any], says: str
) -> None:
    assert says in fault(NEW, decision, **more)


def test_a_step_is_open_once_and_the_escalation_ends_when_none_is() -> None:
    down = LadderDecision(turn=Turn.STOOD_DOWN)
    values = taken(NEW, opened(Rung.PEER_SUPPORT))
    assert "already open" in fault(values, opened(Rung.PEER_SUPPORT, values))
    assert "End the open steps" in fault(values, down)
    values = taken(values, ended(Rung.PEER_SUPPORT))
    assert "Only a team lead" in fault(values, down, Role.OFFICER)
    assert fault(values, down, Role.LEAD) == ""
    values = taken(values, down)
    assert (values["status"], values["rungs"], values["since"]) == (NONE, {}, None)
    assert values["decisions"] == 3, "what was decided stays counted"


@pytest.mark.parametrize(
    "kept",
    [
        {},
        {"turn": "opened"},
        {"turn": "opened", "rung": "fine"},
        {"turn": "ended", "rung": "suspension"},
        {"turn": "opened", "rung": "suspension", "outcome": "met"},
        {"turn": "stood_down", "rung": "suspension"},
        {"turn": "opened", "rung": "suspension", "fine": 3},
        {"turn": "opened", "rung": "suspension", "remedy": "\x00"},
        {"turn": "opened", "rung": "suspension", "clause": "x" * 401},
        None,
        "opened",
    ],
    ids=str,
)
def test_nothing_else_is_kept_as_a_decision(kept: Any) -> None:
    assert not is_ladder_decision(kept)


class Ladder(RuleBasedStateMachine):
    """Whatever is decided in turn, the state is the highest open step, and a faultless decision is
    one that the lifecycle takes."""

    def __init__(self) -> None:
        super().__init__()
        self.values = NEW

    @rule(rung=st.sampled_from(list(Rung)), role=st.sampled_from(list(Role)))
    def open(self, rung: Rung, role: Role) -> None:
        self._take(opened(rung, self.values), role)

    @rule(rung=st.sampled_from(list(Rung)), outcome=st.sampled_from(list(RungOutcome)))
    def end(self, rung: Rung, outcome: RungOutcome) -> None:
        self._take(ended(rung, outcome), Role.MANAGER)

    @rule(rung=st.sampled_from(list(Rung)))
    def review(self, rung: Rung) -> None:
        again = opened(rung, self.values, skipped=(), skip_reason="", remedy="")
        self._take(LadderDecision(**{**_fields(again), "turn": Turn.REVIEWED}), Role.MANAGER)

    @rule()
    def stand_down(self) -> None:
        self._take(LadderDecision(turn=Turn.STOOD_DOWN), Role.LEAD)

    def _take(self, decision: LadderDecision, role: Role) -> None:
        if fault(self.values, decision, role) == "":
            self.values = taken(self.values, decision)

    @invariant()
    def the_state_is_the_highest_open_step(self) -> None:
        still, status = open_rungs(self.values), self.values["status"]
        if still:
            assert status == [rung for rung in Rung if rung in still][-1]
        else:
            assert status in (NONE, BETWEEN)
        assert (status == NONE) == (self.values["since"] is None)
        dated = [one for one in still.values() if one["due_on"] or one["review_on"]]
        assert bool(dated) == (self.values["next_on"] is not None)


def _fields(decision: LadderDecision) -> dict[str, Any]:
    return {name: getattr(decision, name) for name in decision.__struct_fields__}


TestLadder = Ladder.TestCase
