"""Lists of planned visits."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.orm import Session

from visitapp.records import Campaign, PlannedVisit, Setting, Visit
from visitapp.rules.visiting.planned_visit_life import OPEN_PLANS
from visitapp.services.lookup import titles
from visitapp.services.views.planning import DONE, MISSED, STARTED, WITHDRAWN, PlannedView
from visitapp.standing.planned import carried_out_by, is_withdrawn, started_as


def who_makes() -> ColumnElement[str | None]:
    """Who makes a planned visit: whoever holds the setting, unless somebody else is named. One that
    was made stays with the officer of the visit."""
    by = func.coalesce(Visit.signed_off_by, Visit.officer_id)
    made = select(by).where(Visit.id == carried_out_by()).scalar_subquery()
    return func.coalesce(made, PlannedVisit.officer_id, Setting.officer_id)


def planned_views(
    session: Session, today: date, moves_to_lead: int, *conditions: ColumnElement[bool]
) -> list[PlannedView]:
    """The planned visits that meet the conditions, the earliest day first."""
    query = (
        select(
            PlannedVisit,
            Setting.name,
            who_makes().label("officer_id"),
            carried_out_by().label("made_by"),
            started_as().label("started_as"),
            is_withdrawn().label("withdrawn"),
            Campaign.title.label("campaign"),
        )
        .join(Setting, Setting.id == PlannedVisit.setting_id)
        .outerjoin(Campaign, Campaign.id == PlannedVisit.campaign_id)
        .where(PlannedVisit.deleted.is_(False), *conditions)
        .order_by(PlannedVisit.planned_on, PlannedVisit.id)
    )
    rows = session.execute(query).all()
    names = titles(session, [row.officer_id for row in rows])
    return [_view(row, names, today, moves_to_lead) for row in rows]


def _view(
    row: Row[*tuple[Any, ...]], names: dict[str, str], today: date, moves_to_lead: int
) -> PlannedView:
    plan: PlannedVisit = row[0]
    open_ = plan.status in OPEN_PLANS
    return PlannedView(
        id=plan.id,
        setting_id=plan.setting_id,
        setting=row.name,
        purpose=plan.purpose,
        form_id=plan.form_id,
        officer_id=row.officer_id,
        officer=names.get(row.officer_id or "", ""),
        window_from=plan.window_from,
        window_to=plan.window_to,
        first_planned_on=plan.first_planned_on,
        planned_on=plan.planned_on,
        status=plan.status,
        state=_state(row, plan, today) if open_ else plan.status,
        moved_count=plan.moved_count,
        for_lead=open_ and row.made_by is None and plan.moved_count >= moves_to_lead,
        visit_id=(row.made_by or row.started_as) if open_ else None,
        campaign=row.campaign or "",
    )


def _state(row: Row[*tuple[Any, ...]], plan: PlannedVisit, today: date) -> str:
    if row.made_by:
        return DONE
    if row.withdrawn:
        return WITHDRAWN
    if row.started_as:
        return STARTED
    return MISSED if plan.planned_on < today else plan.status
