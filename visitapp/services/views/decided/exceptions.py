"""What services hand out about placement exceptions: plain values, detached from the database."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from visitapp.rules.authority.exception_life import PlacementRisk


class ExceptionView(Struct, frozen=True, kw_only=True):
    """A placement exception, with the names a reader needs.

    `reason`: of the decision; `ended_because`: why it became void or expired. `covered`: whether
    the person was placed while it was in force; None until then. `earlier`: how many were
    authorised in this setting before it was asked for.
    """

    id: str
    setting_id: str
    setting: str
    person: str
    why: str
    needed_by: date | None
    asked_by: str
    asked_at: datetime
    status: str
    assessment: PlacementRisk | None
    assessed_by: str
    assessed_at: datetime | None
    decided_by: str
    decided_on: date | None
    reason: str
    conditions: str
    valid_to: date | None
    placed_on: date | None
    covered: bool | None
    ended_on: date | None
    ended_because: str
    earlier: int
