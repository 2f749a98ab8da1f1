"""Everything about one contract, for its page and for `contracts show`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.records import Contract, ContractSetting, Provider, Setting, Step
from visitapp.records.codec import field_from_wire
from visitapp.rules.market.contract_life import CONTRACT
from visitapp.rules.market.contract_terms import open_options, service_types
from visitapp.rules.market_choices import ContractStatus
from visitapp.rules.policy.authority import is_left_to
from visitapp.services.contracts.rows import (
    Market,
    Under,
    contract_rows,
    level_of,
    people_of,
    settings_under,
)
from visitapp.services.lookup import titles
from visitapp.services.providers.contacts import contact_views
from visitapp.services.settings.current_rating import contract_rating
from visitapp.services.views.contracts import ContractStep, ContractView, LevelView
from visitapp.services.views.people import Person
from visitapp.services.views.places import ContractSettingView
from visitapp.services.views.settings import PortfolioRow
from visitapp.services.visits.summaries import FormOf


def contract_view(
    session: Session,
    market: Market,
    form_of: FormOf,
    contract: Contract,
    rows: Mapping[str, PortfolioRow],
    user: Person,
) -> ContractView:
    """A contract with its settings, of which `rows` has what the portfolio shows."""
    (row,) = contract_rows(session, market, Contract.id == contract.id)
    under = settings_under(session).get(contract.id, [])
    places = place_views(session, rows, contract_id=contract.id)
    first, until = contract.ends_on, contract.extended_to
    return ContractView(
        row=row,
        service_types=[service.value for service in service_types(contract.service_types)],
        route=contract.route or "",
        lot=contract.lot,
        tier=contract.tier,
        zone=contract.zone,
        yearly_cost=contract.yearly_cost,
        funding=contract.funding or "",
        lead_commissioner=contract.lead_commissioner,
        our_share=contract.our_share,
        first_end=first,
        extended_to=until,
        ended_on=contract.ended_on,
        extension_months=contract.extension_months,
        possible_ends=open_options(first, until, contract.extension_months),
        decide_months=contract.decide_months,
        notice_months=contract.notice_months,
        review_months=contract.review_months,
        hard_to_replace=contract.hard_to_replace,
        deed=contract.deed,
        public_liability=contract.public_liability,
        employers_liability=contract.employers_liability,
        professional_indemnity=contract.professional_indemnity,
        people=people_of(under),
        level=_level(session, market, contract, under),
        rating=contract_rating(session, form_of, [contract.id]),
        settings=[place for place in places if not place.ended],
        past_settings=[place for place in places if place.ended],
        contacts=contact_views(session, contract.provider_id),
        steps=_steps(session, contract),
        next_states=[
            after
            for after in CONTRACT.next_states(contract.status, user.role)
            if CONTRACT.rule(contract.status, after) is not None  # one is extended again
            and is_left_to(user.limits, "contract", after, user.role)
        ],
    )


def place_views(
    session: Session,
    rows: Mapping[str, PortfolioRow],
    *,
    contract_id: str | None = None,
    setting_id: str | None = None,
) -> list[ContractSettingView]:
    """The settings of a contract, or the contracts of a setting, those of the past among them."""
    query = (
        select(ContractSetting, Contract, Setting)
        .join(Contract, Contract.id == ContractSetting.contract_id)
        .join(Setting, Setting.id == ContractSetting.setting_id)
        .where(ContractSetting.deleted.is_(False), Setting.deleted.is_(False))
        .order_by(Setting.name, Contract.number, ContractSetting.starts_on, ContractSetting.id)
    )
    if contract_id is not None:
        query = query.where(Contract.id == contract_id)
    if setting_id is not None:
        query = query.where(Setting.id == setting_id)
    return [
        _place(link, contract, setting, rows.get(setting.id))
        for link, contract, setting in session.execute(query)
    ]


def _place(
    link: ContractSetting, contract: Contract, setting: Setting, row: PortfolioRow | None
) -> ContractSettingView:
    return ContractSettingView(
        id=link.id,
        contract_id=contract.id,
        contract=contract.number,
        setting_id=setting.id,
        setting=setting.name,
        service_type=setting.service_type,
        status=setting.status,
        rag=row.rag if row else "",
        placements=row.placements if row else "",
        risk_rag=row.risk_rag if row else "",
        risk_percent=row.risk_percent if row else None,
        beds=setting.beds,
        starts_on=link.starts_on,
        ends_on=link.ends_on,
        ended=link.ended or contract.status == ContractStatus.ENDED,
        volume=link.volume,
        unit=link.unit or "",
        price_pence=link.price_pence,
    )


def _level(session: Session, market: Market, contract: Contract, under: list[Under]) -> LevelView:
    provider = session.get_one(Provider, contract.provider_id)
    by_rules = level_of(market.rules, contract, provider.key_supplier, under)
    review_on = contract.management_review_on
    overridden = contract.management_level is not None
    return LevelView(
        level=contract.management_level or by_rules.level,
        by_rules=by_rules.level,
        reasons=[str(reason) for reason in by_rules.reasons],
        overridden=overridden,
        reason=contract.management_reason if overridden else "",
        review_on=review_on if overridden else None,
        review_due=overridden and review_on is not None and review_on <= market.today,
    )


def _steps(session: Session, contract: Contract) -> list[ContractStep]:
    steps = session.scalars(
        select(Step)
        .where(Step.kind == Contract.__tablename__, Step.record_id == contract.id)
        .where(Step.accepted, Step.deleted.is_(False))
        .order_by(Step.created_at.desc(), Step.id.desc())
    ).all()
    names = titles(session, {step.created_by for step in steps})
    return [
        ContractStep(
            at=step.created_at,
            by=names.get(step.created_by, ""),
            after=step.after,
            day=step.day,
            until=_until(step),
            reason=step.reason,
        )
        for step in steps
    ]


def _until(step: Step) -> date | None:
    """The date that goes with a step."""
    for field in ("extended_to", "ended_on"):
        if field in step.fields:
            found: date | None = field_from_wire(Contract, field, step.fields[field])
            return found
    return step.day if step.after == ContractStatus.ENDED else None
