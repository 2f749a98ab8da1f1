"""What each device should have, worked out from all that the server has."""

from __future__ import annotations

from typing import Any

from tests.support.sync.council import Council, Device
from visitapp.records import Contract, ContractSetting, Cover, Provider, Setting, User


def scope_of(council: Council, device: Device) -> set[str]:
    """The ids of the settings, contracts and providers that a device should have."""
    user = council.get(User, device.user_id)
    covers = [cover for cover in council.all(Cover) if cover.active]
    covered = {cover.setting_id for cover in covers if cover.deputy_id == user.id}
    settings = [
        setting
        for setting in council.all(Setting)
        if (setting.team == user.team if user.role == "lead" else setting.officer_id == user.id)
        or setting.id in covered
    ]
    seen = {setting.id for setting in settings}
    links = council.all(ContractSetting)
    used = {link.contract_id for link in links}
    contracts = [
        contract
        for contract in council.all(Contract)
        if contract.id in {link.contract_id for link in links if link.setting_id in seen}
        or (contract.created_by == user.id and contract.id not in used)
    ]
    providers = {contract.provider_id for contract in contracts}
    return {row.id for row in (*settings, *contracts)} | providers


def parents_kept(device: Device, leaving: set[str | None]) -> set[str | None]:
    """The contracts and providers of homes that left but stay until their work is sent."""
    homes = {link.contract_id for link in device.all(ContractSetting) if link.setting_id in leaving}
    contracts = [contract for contract in device.all(Contract) if contract.id in homes]
    return {id_ for contract in contracts for id_ in (contract.id, contract.provider_id)}


def belongs_to(row: Any) -> str | None:
    """The setting, contract or provider of a record."""
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
