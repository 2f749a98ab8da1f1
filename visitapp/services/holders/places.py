"""Who holds each setting, and the rest of what lists are narrowed by."""

from __future__ import annotations

from sqlalchemy import Subquery, func, select
from sqlalchemy.orm import Session

from visitapp.records import Contract, ContractSetting, Setting, User
from visitapp.services.views.facets import Place
from visitapp.standing.by_setting import Found, by_setting
from visitapp.standing.contracts import under_contract

_BETWEEN = "\n"


def placed() -> Subquery:
    """A row for each setting."""
    numbers = (
        under_contract(
            ContractSetting.setting_id,
            func.group_concat(Contract.number, _BETWEEN).label("numbers"),
        )
        .group_by(ContractSetting.setting_id)
        .subquery()
    )
    return (
        select(
            Setting.id.label("setting_id"),
            Setting.officer_id.label("place_officer_id"),
            func.coalesce(func.nullif(User.title, ""), User.name).label("place_officer"),
            Setting.team.label("place_team"),
            Setting.district.label("place_district"),
            Setting.service_type.label("place_service_type"),
            numbers.c.numbers.label("place_contracts"),
        )
        .outerjoin(User, User.id == Setting.officer_id)
        .outerjoin(numbers, numbers.c.setting_id == Setting.id)
        .subquery()
    )


def place_of(found: Found) -> Place:
    """The place of a setting that has the columns of `placed`."""
    contracts = found["place_contracts"]
    return Place(
        officer_id=found["place_officer_id"] or "",
        officer=found["place_officer"] or "",
        team=found["place_team"] or "",
        contracts=sorted(set(contracts.split(_BETWEEN))) if contracts else [],
        district=found["place_district"] or "",
        service_type=found["place_service_type"] or "",
    )


def places(session: Session, setting_id: str | None = None) -> dict[str, Place]:
    """The place of every setting on this device, or of one, by id."""
    wanted = None if setting_id is None else [setting_id]
    return {id_: place_of(found) for id_, found in by_setting(session, [placed()], wanted).items()}
