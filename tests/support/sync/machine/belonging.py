"""What records belong to, on a device and on the wire."""

from __future__ import annotations

from typing import Any

from tests.support.sync.council import Device
from visitapp.records import Contract, ContractSetting, Provider, Setting


def parents_kept(device: Device, leaving: set[str | None]) -> set[str | None]:
    """The contracts and providers of homes that left but stay until their work is sent."""
    homes = {link.contract_id for link in device.all(ContractSetting) if link.setting_id in leaving}
    contracts = [contract for contract in device.all(Contract) if contract.id in homes]
    return {id_ for contract in contracts for id_ in (contract.id, contract.provider_id)}


def belongs_to(row: Any) -> str | None:
    """The id of what a record belongs to."""
    if isinstance(row, (Setting, Contract, Provider)):
        return str(row.id)
    names = ("setting_id", "contract_id", "provider_id")
    return next((id_ for name in names if (id_ := getattr(row, name, None))), None)


def is_in(wire: dict[str, Any], id_: str, waiting: set[str | None], kind: Any) -> bool:
    """Whether a record belongs to a setting for which the device has nothing left to send."""
    names = ("setting_id", "contract_id", "provider_id")
    other = next((wire[name] for name in names if wire.get(name)), None)
    belongs_to = id_ if kind in (Setting, Contract, Provider) else other
    return belongs_to is None or belongs_to not in waiting
