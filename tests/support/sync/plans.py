"""Planned visits of a device of the sync tests."""

from __future__ import annotations

from datetime import date, timedelta

from tests.support.sync.council import Device
from visitapp.records import PlannedVisit, Setting, new_id
from visitapp.rules.visiting.planned_visit_life import PLANNED_VISIT

PLANNED_ON = date(2026, 12, 8)


def plan(device: Device, setting_id: str, purpose: str = "annual") -> str:
    """Plan a visit for 8 December; its id."""
    made = PlannedVisit(
        id=new_id(),
        setting_id=setting_id,
        purpose=purpose,
        window_from=date(2026, 11, 22),
        window_to=date(2026, 12, 20),
        first_planned_on=PLANNED_ON,
    )
    device.add(made)
    return made.id


def move(device: Device, plan_id: str, day: date, reason: str = "On leave") -> str:
    """Move it to another day; the step's id."""
    return change(device, plan_id, "planned", day, reason)


def confirm(device: Device, plan_id: str) -> str:
    """Agree the day that this device knows; the step's id."""
    return change(device, plan_id, "confirmed", device.get(PlannedVisit, plan_id).planned_on, "")


def cancel(device: Device, plan_id: str, reason: str = "Planned twice") -> str:
    """Cancel it; the step's id."""
    return device.step(plan_id, "cancelled", PlannedVisit, day=None, reason=reason)


def change(device: Device, plan_id: str, after: str, day: date, reason: str) -> str:
    """Take a step that names a day; the step's id."""
    fields = {"planned_on": day}
    return device.step(plan_id, after, PlannedVisit, day=None, reason=reason, fields=fields)


def plan_or_change(device: Device, setting_id: str, turn: int) -> None:
    """Plan a visit of a setting that the device has, or take one of the steps of a plan there."""
    if device.get(Setting, setting_id) is None:
        return
    plans = [one for one in device.all(PlannedVisit) if one.setting_id == setting_id]
    if turn == 0 or not plans:
        plan(device, setting_id)
        return
    record = plans[turn % len(plans)]
    before, *others = PLANNED_VISIT.next_states(record.status, "officer")
    states = [*others, "planned"] if before == "planned" else others
    after = states[turn % len(states)]
    day = record.planned_on + timedelta(days=after == "planned")
    change(device, record.id, after, day, "Because")
