"""Which settings are under which contracts, for the device and the server alike."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from visitapp.records import Contract, ContractSetting
from visitapp.rules.market_choices import ContractStatus


def is_current() -> ColumnElement[bool]:
    """The condition that a setting is under a contract now. It looks at no date: time alone never
    changes who sees a setting."""
    return (
        ContractSetting.deleted.is_(False)
        & ContractSetting.ended.is_(False)
        & (Contract.status != ContractStatus.ENDED.value)
    )


def under_contract(*what: Any) -> Select[Any]:
    """Columns of the settings that are under contracts now, each with its contract."""
    joined = Contract.id == ContractSetting.contract_id
    return select(*what).select_from(ContractSetting).join(Contract, joined).where(is_current())


def contracts_of_setting(session: Session, setting_id: str) -> list[Contract]:
    """The contracts that a setting is under now, by number."""
    found = under_contract(Contract).where(ContractSetting.setting_id == setting_id)
    return list(session.scalars(found.distinct().order_by(Contract.number, Contract.id)))


def contract_officers(session: Session) -> dict[str, frozenset[str]]:
    """By setting, the officers of the contracts that it is under now."""
    found = under_contract(ContractSetting.setting_id, Contract.officer_id)
    officers: dict[str, set[str]] = defaultdict(set)
    for setting_id, officer_id in session.execute(found.where(Contract.officer_id.is_not(None))):
        officers[setting_id].add(officer_id)
    return {setting_id: frozenset(some) for setting_id, some in officers.items()}
