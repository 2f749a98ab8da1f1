"""What hand-overs and cover contribute to a setting's timeline, and holders to the portfolio."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Subquery, select
from sqlalchemy.orm import Session

from visitapp.dates import short_day
from visitapp.language import translate
from visitapp.records import Cover, HandOver, HandOverState, Setting
from visitapp.services.contributions import Contribution, Order, PortfolioPart, PortfolioQuestion
from visitapp.services.holders.hand_overs import hand_over_views
from visitapp.services.holders.places import place_of, placed
from visitapp.services.lookup import titles
from visitapp.services.views.facets import group_label
from visitapp.services.views.settings import PortfolioRow, TimelineEntry, portfolio_facets
from visitapp.standing.by_setting import Found


def _timeline(session: Session, setting: Setting) -> Iterator[TimelineEntry]:
    yield from _hand_overs(session, setting.id)
    yield from _covers(session, setting.id)


def _hand_overs(session: Session, setting_id: str) -> Iterator[TimelineEntry]:
    found = session.scalars(
        select(HandOver).where(
            HandOver.setting_id == setting_id,
            HandOver.deleted.is_(False),
            HandOver.state == HandOverState.DONE.value,
        )
    )
    made = {one.id: one.created_at for one in found}
    for view in hand_over_views(session, HandOver.id.in_(made)):
        what = (
            translate(
                "Handed over from {before} to {officer} on {day}.",
                before=view.from_officer,
                officer=view.to_officer,
                day=short_day(view.starts_on),
            )
            if view.from_officer
            else translate(
                "Given to {officer} on {day}.",
                officer=view.to_officer,
                day=short_day(view.starts_on),
            )
        )
        by = translate("By {who}.", who=view.decided_by) if view.decided_by else ""
        detail = " ".join(part for part in (by, view.note) if part)
        yield TimelineEntry(at=made[view.id], what=what, detail=detail)


def _covers(session: Session, setting_id: str) -> Iterator[TimelineEntry]:
    found = session.scalars(
        select(Cover).where(Cover.setting_id == setting_id, Cover.deleted.is_(False))
    ).all()
    names = titles(session, [cover.deputy_id for cover in found])
    for cover in found:
        yield TimelineEntry(
            at=cover.created_at,
            what=translate(
                "Cover by {deputy}, {first} to {last}.",
                deputy=names.get(cover.deputy_id, ""),
                first=short_day(cover.starts_on),
                last=short_day(cover.ends_on),
            ),
            detail=cover.note,
        )


def _queries(question: PortfolioQuestion) -> list[Subquery]:
    return [placed()]


def _fields(found: Found) -> dict[str, Any]:
    return {"place": place_of(found)}


def _by(facet: str) -> Order:
    return lambda row: group_label(row, facet, portfolio_facets).casefold() or None


def _found_by(row: PortfolioRow) -> Iterator[str]:
    yield row.place.officer
    yield from row.place.contracts


CONTRIBUTION = Contribution(
    timeline=_timeline,
    portfolio=PortfolioPart(
        queries=_queries,
        fields=_fields,
        orders={name: _by(name) for name in ("officer", "team", "contract", "district")},
    ),
    found_by=_found_by,
)
