"""The planned visits that go along when settings and contracts are handed over."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from visitapp.dates import short_day
from visitapp.language import plural, translate
from visitapp.records import (
    Contract,
    ContractSetting,
    HandOver,
    HandOverState,
    PlannedVisit,
    Setting,
)
from visitapp.services.views.holders import HandOverView, PlannedAlong
from visitapp.standing.contracts import under_contract
from visitapp.standing.planned import go_along, is_open_plan
from visitapp.vocabulary import visit_word


def planned_along(session: Session, one: HandOver) -> list[PlannedAlong]:
    """Those that went along, or that would today, the earliest first."""
    if one.state != HandOverState.PLANNED:
        return _found(session, PlannedVisit.id.in_(one.planned_visits))
    whole = one.setting_id is not None
    settings = [one.setting_id] if one.setting_id is not None else _under(one.contract_id)
    return _found(session, go_along(settings, one.from_officer_id, with_setting=whole))


def in_the_name_of(session: Session, user_id: str) -> list[PlannedAlong]:
    """Those still to be made that name somebody, the earliest first."""
    return _found(session, is_open_plan() & (PlannedVisit.officer_id == user_id))


def along_words(one: HandOverView) -> str:
    """`2 planned visits: annual visit 8 Dec 2026, …`; empty without one."""
    if not one.planned_visits:
        return ""
    visits = [
        translate("{visit} {day}", visit=visit_word(p.purpose), day=short_day(p.planned_on))
        for p in one.planned_visits
    ]
    number = plural("{n} planned visit", "{n} planned visits", len(visits))
    return translate("{number}: {visits}", number=number, visits=", ".join(visits))


def _under(contract_id: str | None) -> Select[str]:
    return under_contract(ContractSetting.setting_id).where(Contract.id == contract_id)


def _found(session: Session, condition: ColumnElement[bool]) -> list[PlannedAlong]:
    rows = session.execute(
        select(PlannedVisit, Setting.name)
        .join(Setting, Setting.id == PlannedVisit.setting_id)
        .where(condition)
        .order_by(PlannedVisit.planned_on, PlannedVisit.id)
    )
    return [
        PlannedAlong(
            id=plan.id,
            setting_id=plan.setting_id,
            setting=name,
            purpose=plan.purpose,
            planned_on=plan.planned_on,
        )
        for plan, name in rows
    ]
