"""How much each officer holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from visitapp.records import Contract, Cover
from visitapp.rules.choices import Rag
from visitapp.rules.text import folded
from visitapp.services.holders.people import holders
from visitapp.services.views.people import Person
from visitapp.services.views.settings import OfficerLoad, PortfolioRow


def load_of_officers(session: Session, me: Person) -> dict[str, OfficerLoad]:
    """By id, everybody who can hold settings, with their contracts and cover. Those of other teams
    with neither are left out."""
    contracts = _counted(
        session,
        select(Contract.officer_id, func.count())
        .where(Contract.deleted.is_(False))
        .group_by(Contract.officer_id),
    )
    covers = _counted(
        session,
        select(Cover.deputy_id, func.count()).where(Cover.active).group_by(Cover.deputy_id),
    )
    return {
        one.id: OfficerLoad(
            officer_id=one.id,
            officer=one.title,
            team=one.team,
            contracts=contracts.get(one.id, 0),
            covers=covers.get(one.id, 0),
        )
        for one in holders(session)
        if one.team == me.team or one.id in contracts or one.id in covers
    }


def with_settings(
    known: Mapping[str, OfficerLoad],
    rows: Iterable[PortfolioRow],
    is_high_risk: Callable[[PortfolioRow], bool],
) -> list[OfficerLoad]:
    """The same with the settings of the portfolio, by team and name. Settings that nobody holds
    come last, under no name."""
    load = dict(known)
    for row in rows:
        place = row.place
        held = load.get(place.officer_id) or OfficerLoad(
            officer_id=place.officer_id, officer=place.officer, team=place.team
        )
        load[place.officer_id] = replace(
            held,
            settings=held.settings + 1,
            urgent=held.urgent + (row.rag == Rag.RED or is_high_risk(row)),
            visits_due=held.visits_due + row.due_soon,
            open_actions=held.open_actions + row.open_actions,
            overdue_actions=held.overdue_actions + row.overdue_actions,
        )
    return sorted(
        load.values(), key=lambda one: (not one.officer, folded(one.team), folded(one.officer))
    )


def _counted(session: Session, statement: Select[Any, int]) -> dict[str, int]:
    return {id_: count for id_, count in session.execute(statement) if id_}
