"""What services hand out about settings under contracts."""

from __future__ import annotations

from datetime import date

from msgspec import Struct


class ContractSettingView(Struct, frozen=True, kw_only=True):
    """A setting under a contract. `id` is that of its place there; `unit` and `price_pence` are of
    the volume."""

    id: str
    contract_id: str
    contract: str
    setting_id: str
    setting: str
    service_type: str
    status: str
    rag: str
    placements: str
    risk_rag: str
    risk_percent: int | None
    beds: int | None
    starts_on: date | None
    ends_on: date | None
    ended: bool
    volume: int | None
    unit: str
    price_pence: int | None
