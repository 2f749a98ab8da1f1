"""Improvement plans of a device of the sync tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.support.sync.council import Device
from visitapp.records import Action, ImprovementPlan, new_id

STARTS, ENDS = date(2026, 11, 22), date(2027, 2, 22)
GOAL = "People get their medicines safely"


def draft(device: Device, setting_id: str) -> str:
    """Begin a plan; its id."""
    made = ImprovementPlan(
        id=new_id(), setting_id=setting_id, goal=GOAL, starts_on=STARTS, ends_on=ENDS
    )
    device.add(made)
    return made.id


def planned(device: Device, plan_id: str, title: str = "Count at handover", **fields: Any) -> str:
    """Add an action to a plan; its id."""
    setting_id = device.get(ImprovementPlan, plan_id).setting_id
    action = device.action(setting_id, title)
    device.edit(Action, action, plan_id=plan_id, **fields)
    return action


def version(device: Device, plan_id: str, goal: str = GOAL) -> dict[str, Any]:
    """The plan as the device would have it agreed."""
    mine = [action for action in device.all(Action) if action.plan_id == plan_id]
    return {
        "goal": goal,
        "starts_on": STARTS.isoformat(),
        "ends_on": ENDS.isoformat(),
        "provider_people": "Registered manager",
        "actions": [
            {
                "id": action.id,
                "number": number,
                "title": action.title,
                "success_measure": action.success_measure or "",
                "owner_side": "provider",
                "owner": "",
                "due_on": action.due_on.isoformat(),
                "target": action.target,
            }
            for number, action in enumerate(mine, 1)
        ],
    }


def agree(device: Device, plan_id: str, goal: str = GOAL) -> str:
    """Agree the plan; the step's id."""
    fields = {"agreed": version(device, plan_id, goal), "agreed_with": "The owner"}
    return device.step(plan_id, "agreed", ImprovementPlan, fields=fields)
