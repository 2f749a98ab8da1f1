"""The ladder on a device of the sync tests."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from tests.support.sync.council import DAY, Device
from visitapp.records import Escalation, PlacementPosition, new_id
from visitapp.records.ids import escalation_id
from visitapp.rules.access import Actor
from visitapp.rules.escalation.authority import skipped_by
from visitapp.rules.escalation.decision import LadderDecision, as_kept
from visitapp.rules.escalation.ladder_life import after_decision, latest_after
from visitapp.rules.escalation.states import Rung, RungOutcome, Turn
from visitapp.rules.policy.read import shipped_policy
from visitapp.standing.steps import new_step

RULES = shipped_policy().escalation


def opens(device: Device, setting_id: str, rung: Rung, **more: Any) -> str:
    """Open a step; the step's id."""
    values = values_of(device, setting_id)
    given = {
        "skipped": skipped_by(values, rung, RULES),
        "skip_reason": "People are at risk",
        "remedy": "Count at each handover",
        "due_on": DAY + timedelta(days=7),
    }
    return decides(device, setting_id, LadderDecision(turn=Turn.OPENED, rung=rung, **given | more))


def ends(device: Device, setting_id: str, rung: Rung, **more: Any) -> str:
    """End a step; the step's id."""
    decision = LadderDecision(turn=Turn.ENDED, rung=rung, outcome=RungOutcome.MET, **more)
    return decides(device, setting_id, decision)


def values_of(device: Device, setting_id: str) -> dict[str, Any]:
    """The values of the escalation as the device has it."""
    life = Escalation.__kind__.lifecycle
    assert life is not None
    row = device.get(Escalation, escalation_id(setting_id))
    fields = life.derived.fields
    return {name: getattr(row, name) for name in fields} if row else life.derived.begin({})


def decides(
    device: Device, setting_id: str, decision: LadderDecision, day: date = DAY, **lie: Any
) -> str:
    """Take a decision, whatever the policy says; the step's id. `lie`: other values of the step."""
    values = values_of(device, setting_id)
    after, _ = after_decision(values, decision, day)
    fields = {"turn": as_kept(decision), "latest": latest_after(values["decisions"], decision)}
    assert device.user is not None
    actor = Actor(device.user.id, device.user.role, device.user.team)
    with device.work() as session:
        row = session.scalar(select(Escalation).where(Escalation.setting_id == setting_id))
        if row is None:
            row = Escalation(id=escalation_id(setting_id), setting_id=setting_id)
            session.add(row)
            session.flush()
        given = {"after": after, "day": day, "reason": "Because", "fields": fields, **lie}
        step = new_step(row, given.pop("after"), actor, device.clock(), **given)
        session.add(step)
        session.flush()
        return step.id


def places(device: Device, setting_id: str, position: str = "closed", **more: Any) -> str:
    """Decide on placements; the decision's id."""
    review = None if position == "open" else DAY + timedelta(days=28)
    made = PlacementPosition(
        id=new_id(),
        setting_id=setting_id,
        position=position,
        from_on=DAY,
        reason="Because",
        source="escalation",
        review_on=review,
        rag="unrated",
        policy_version="2026.1",
        **more,
    )
    device.add(made)
    return made.id


_UP = ("not_escalated", "peer_support", "between_steps", "improvement_plan", "strategy_meeting")
"""The first states of an escalation that goes up the ladder step by step."""


def ladder_fields(before: str, after: str) -> dict[str, Any]:
    """What goes with a step of an escalation that has gone up the ladder to `before`."""
    ended = after not in tuple(Rung)
    decision = LadderDecision(
        turn=Turn.ENDED if ended else Turn.OPENED,
        rung=Rung(before if ended and before in tuple(Rung) else Rung.PEER_SUPPORT)
        if ended
        else Rung(after),
        outcome=RungOutcome.MET if ended else None,
        remedy="Count at each handover",
        due_on=DAY + timedelta(days=3),
    )
    count = _UP.index(before) if before in _UP else 0
    return {"turn": as_kept(decision), "latest": latest_after(count, decision)}
