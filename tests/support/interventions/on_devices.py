"""Interventions of a device of the sync tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.support.sync.council import Device
from visitapp.records import CriterionReading, ExitCriterion, Intervention, new_id
from visitapp.rules.interventions.states import Bound, Measure, Unit

REFERRED, STARTS, TO = date(2026, 11, 20), date(2026, 11, 21), date(2027, 5, 21)


def refer(device: Device, setting_id: str) -> str:
    """Refer a setting; the intervention's id."""
    made = Intervention(
        id=new_id(),
        setting_id=setting_id,
        referred_on=REFERRED,
        why="Red twice",
        grounds="Five of nine actions late",
    )
    device.add(made)
    return made.id


def accept(device: Device, id_: str, officer_id: str, **fields: Any) -> str:
    """Accept it for an officer; the step's id."""
    given = {
        "officer_id": officer_id,
        "starts_on": STARTS,
        "planned_to": TO,
        "sustain_months": 3,
    }
    return device.step(id_, "active", Intervention, fields={**given, **fields})


def close(device: Device, id_: str, reason: str = "It did not help") -> str:
    """Close it; the step's id."""
    fields = {"result": "not_achieved", "summary": "The provider changed"}
    return device.step(id_, "closed", Intervention, reason=reason, fields=fields)


def criterion(device: Device, intervention_id: str, **fields: Any) -> str:
    """Set a criterion that is read by people, at least 95 per cent; its id."""
    values: dict[str, Any] = {
        "text": "Medicines given as prescribed",
        "measure": Measure.READING.value,
        "bound": Bound.AT_LEAST.value,
        "unit": Unit.PERCENT.value,
        "needed": 95,
        "times": 1,
        **fields,
    }
    setting_id = device.get(Intervention, intervention_id).setting_id
    made = ExitCriterion(
        id=new_id(), setting_id=setting_id, intervention_id=intervention_id, **values
    )
    device.add(made)
    return made.id


def read(device: Device, criterion_id: str, counted: int, of: int | None, on: date) -> str:
    """Write down what was counted; the reading's id."""
    setting_id = device.get(ExitCriterion, criterion_id).setting_id
    made = CriterionReading(
        id=new_id(),
        setting_id=setting_id,
        criterion_id=criterion_id,
        counted_on=on,
        counted=counted,
        counted_of=of,
    )
    device.add(made)
    return made.id
