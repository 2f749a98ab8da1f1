"""What each device should have, worked out from all that the server has."""

from __future__ import annotations

from tests.support.sync.council import Council, Device
from visitapp.records import Contract, ContractSetting, Cover, Provider, Setting, User
from visitapp.rules.access import SEES_ALL


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
        or user.role in SEES_ALL
    ]
    seen = {setting.id for setting in settings}
    links = council.all(ContractSetting)
    used = {link.contract_id for link in links}
    contracts = [
        contract
        for contract in council.all(Contract)
        if contract.id in {link.contract_id for link in links if link.setting_id in seen}
        or (contract.created_by == user.id and contract.id not in used)
        or user.role in SEES_ALL
    ]
    providers = {contract.provider_id for contract in contracts}
    if user.role in SEES_ALL:
        providers |= {provider.id for provider in council.all(Provider)}
    return {row.id for row in (*settings, *contracts)} | providers
