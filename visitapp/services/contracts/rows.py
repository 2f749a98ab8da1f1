"""Lists of contracts: a few queries, however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Row, select
from sqlalchemy.orm import Session

from visitapp.records import Contract, ContractSetting, Provider, Rag, Setting
from visitapp.rules.choices import RatingKind, ServiceType
from visitapp.rules.market.contract_life import current_end
from visitapp.rules.market.contract_terms import (
    Phase,
    decide_by,
    is_near,
    open_options,
    phase,
    service_types,
)
from visitapp.rules.market.management import Level, LevelFacts, management_level
from visitapp.rules.market_choices import SettingStatus, VolumeUnit
from visitapp.rules.policy.market import ManagementRules
from visitapp.services.lookup import titles
from visitapp.services.views.contracts import ContractRow
from visitapp.standing.contracts import under_contract
from visitapp.standing.ratings import ranked_ratings
from visitapp.standing.risk import latest_risk
from visitapp.vocabulary import choice_message


class Market(Struct, frozen=True):
    """What rows of contracts are made with: the rules in force, the day and the user's id."""

    rules: ManagementRules
    today: date
    user_id: str


class Under(Struct, frozen=True, kw_only=True):
    """An open setting that is under a contract now, as far as it decides the contract's level."""

    setting: str
    service_type: str
    registered: bool
    volume: int | None
    unit: str | None
    risk_rag: str


def contract_rows(
    session: Session, market: Market, *conditions: ColumnElement[bool]
) -> list[ContractRow]:
    """The contracts that meet the conditions, by number."""
    found = session.execute(
        select(Contract, Provider.name, Provider.key_supplier)
        .join(Provider, Provider.id == Contract.provider_id)
        .where(Contract.deleted.is_(False), *conditions)
        .order_by(Contract.number, Contract.id)
    ).all()
    under = settings_under(session)
    rated = ranked_ratings(RatingKind.CONTRACT)
    ratings: dict[str, str] = {
        row.contract_id: row.rag
        for row in session.execute(
            select(rated.c.contract_id, rated.c.rag).where(rated.c.place == 1)
        )
    }
    officers = titles(session, {contract.officer_id for contract, _, _ in found})
    return [
        _row(market, row, under.get(row[0].id, ()), officers, ratings.get(row[0].id, Rag.UNRATED))
        for row in found
    ]


def settings_under(session: Session) -> dict[str, list[Under]]:
    """By contract, the open settings that are under it now."""
    risk = latest_risk()
    query = (
        under_contract(
            ContractSetting.contract_id,
            Setting.name,
            Setting.service_type,
            Setting.location_id,
            ContractSetting.volume,
            ContractSetting.unit,
            risk.c.risk_rag,
        )
        .join(Setting, Setting.id == ContractSetting.setting_id)
        .outerjoin(risk, risk.c.setting_id == Setting.id)
        .where(Setting.deleted.is_(False), Setting.status == SettingStatus.OPEN.value)
        .order_by(Setting.name, Setting.id)
    )
    found: dict[str, list[Under]] = defaultdict(list)
    for row in session.execute(query):
        found[row.contract_id].append(
            Under(
                setting=row.name,
                service_type=row.service_type,
                registered=bool(row.location_id),
                volume=row.volume,
                unit=row.unit,
                risk_rag=row.risk_rag or "",
            )
        )
    return found


def level_of(
    rules: ManagementRules, contract: Contract, key_supplier: bool, under: Collection[Under]
) -> Level:
    """The level that the rules give a contract; `key_supplier`: its provider is one."""
    services = dict.fromkeys((*service_types(contract.service_types), *_services(under)))
    words = {service: choice_message(ServiceType, service) for service in services}
    return management_level(
        rules,
        LevelFacts(
            risks={one.setting: one.risk_rag for one in under},
            key_supplier=contract.key_supplier or key_supplier,
            yearly_cost=contract.yearly_cost,
            services=words,
            hard_to_replace=contract.hard_to_replace,
            registered=any(one.registered for one in under),
            people=people_of(under),
        ),
    )


def _services(under: Collection[Under]) -> list[ServiceType]:
    known = set(ServiceType)
    return [ServiceType(one.service_type) for one in under if one.service_type in known]


def people_of(under: Collection[Under]) -> int | None:
    """How many people are served; None unless every setting says."""
    if not under or any(one.unit != VolumeUnit.PEOPLE or one.volume is None for one in under):
        return None
    return sum(one.volume or 0 for one in under)


class Dates(Struct, frozen=True):
    """Where a contract is in its life, its end, and the last day to decide on an extension."""

    phase: Phase
    ends_on: date | None
    decide_by: date | None


def dates_of(contract: Contract, today: date) -> Dates:
    """The dates of a contract as they stand today."""
    end = current_end(contract.ends_on, contract.extended_to)
    options = open_options(contract.ends_on, contract.extended_to, contract.extension_months)
    here = phase(contract.status, contract.starts_on, today)
    if here in (Phase.ENDING, Phase.ENDED):
        return Dates(here, contract.ended_on or end, None)
    return Dates(here, end, decide_by(end, contract.decide_months, options))


def _row(
    market: Market,
    found: Row[*tuple[Any, ...]],
    under: Collection[Under],
    officers: dict[str, str],
    rag: str,
) -> ContractRow:
    contract: Contract = found[0]
    today, dates = market.today, dates_of(contract, market.today)
    here, end, decide = dates.phase, dates.ends_on, dates.decide_by
    level = level_of(market.rules, contract, found[2], under).level
    return ContractRow(
        id=contract.id,
        number=contract.number,
        title=contract.title,
        provider_id=contract.provider_id,
        provider=found[1],
        officer_id=contract.officer_id,
        officer=officers.get(contract.officer_id or "", ""),
        phase=here,
        starts_on=contract.starts_on,
        ends_on=end,
        decide_by=decide,
        yearly_cost=contract.yearly_cost,
        settings=len(under),
        rag=rag,
        key_supplier=contract.key_supplier or found[2],
        level=contract.management_level or level,
        overridden=contract.management_level is not None,
        near=here != Phase.ENDED and is_near((end, decide), today),
        past_end=here != Phase.ENDED and end is not None and end < today,
        mine=contract.officer_id == market.user_id,
    )
