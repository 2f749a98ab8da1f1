"""The steps of the escalation ladder that are told: those that were opened in a transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from sync.server.records.workspace import Row, Workspace
from visitapp.dates import long_day
from visitapp.records import Escalation, Step
from visitapp.rules.escalation.decision import ladder_decision
from visitapp.rules.escalation.states import Rung, Turn
from visitapp.vocabulary.choices import CHOICES


class OpenedStep(Struct, frozen=True):
    """A step of the ladder that was opened in a setting on a day."""

    setting_id: str
    rung: Rung
    day: date


def opened_steps(workspace: Workspace) -> set[OpenedStep]:
    """The steps that were opened in a transaction, and stand."""
    found = (_opened(row) for row in workspace.rows(Step.__tablename__) if row.new)
    return {one for one in found if one is not None}


def _opened(row: Row) -> OpenedStep | None:
    values = row.values
    if values["kind"] != Escalation.__tablename__ or not values["accepted"]:
        return None
    decision = ladder_decision(values["fields"]["turn"])
    if decision.turn != Turn.OPENED or decision.rung is None:
        return None
    return OpenedStep(values["setting_id"], decision.rung, values["day"])


def step_places(step: OpenedStep, setting: str) -> Mapping[str, str]:
    """What the text of a notice of a step may name."""
    return {
        "setting": setting,
        "step": str(CHOICES[Rung][step.rung]).lower(),
        "date": long_day(step.day),
    }
