"""What services hand out about regulators' actions: plain values."""

from __future__ import annotations

from datetime import date

from msgspec import Struct


class RegulatorActionView(Struct, frozen=True, kw_only=True):
    """One action of a regulator. `stops_admissions`: nobody may be placed while it is in force."""

    id: str
    setting_id: str
    kind: str
    from_on: date
    to_on: date | None
    conditions: str
    source: str
    in_force: bool
    stops_admissions: bool
