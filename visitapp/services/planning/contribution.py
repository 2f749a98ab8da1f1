"""What planned visits contribute to a setting's timeline and the portfolio."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Subquery, func, select
from sqlalchemy.orm import Session

from visitapp.dates import short_day
from visitapp.language import translate
from visitapp.records import PlannedStatus, PlannedVisit, Setting, Step
from visitapp.services.contributions import Contribution, PortfolioPart, PortfolioQuestion
from visitapp.services.planning.finds import PLANNED_VISITS
from visitapp.services.planning.today import visits_of_the_day
from visitapp.services.views.settings import PortfolioRow, TimelineEntry
from visitapp.standing.by_setting import Found
from visitapp.standing.planned import is_open_plan
from visitapp.vocabulary import visit_word


def _timeline(session: Session, setting: Setting) -> Iterator[TimelineEntry]:
    plans = select(PlannedVisit).where(
        PlannedVisit.setting_id == setting.id, PlannedVisit.deleted.is_(False)
    )
    steps = select(Step).where(
        Step.kind == PlannedVisit.__tablename__,
        Step.setting_id == setting.id,
        Step.accepted,
        Step.deleted.is_(False),
    )
    visits = {plan.id: plan for plan in session.scalars(plans)}
    for plan in visits.values():
        yield TimelineEntry(
            at=plan.created_at,
            what=translate(
                "{visit} planned for {day}.",
                visit=visit_word(plan.purpose),
                day=short_day(plan.first_planned_on),
            ),
            detail="",
        )
    for step in session.scalars(steps):
        if step.record_id in visits:
            what = _said(step, visit_word(visits[step.record_id].purpose))
            yield TimelineEntry(at=step.created_at, what=what, detail=step.reason)


def _said(step: Step, visit: str) -> str:
    day = step.fields.get("planned_on")
    if day is not None and day != step.was.get("planned_on"):
        moved_to = short_day(date.fromisoformat(day))
        return translate("{visit} moved to {day}.", visit=visit, day=moved_to)
    if step.after == PlannedStatus.CONFIRMED:
        return translate("{visit}: the planned day was confirmed.", visit=visit)
    if step.after == PlannedStatus.CANCELLED:
        return translate("{visit}: the plan was cancelled.", visit=visit)
    return translate("{visit} planned again.", visit=visit)


def _next_plans(question: PortfolioQuestion) -> list[Subquery]:
    return [
        select(
            PlannedVisit.setting_id,
            func.min(PlannedVisit.planned_on).label("planned_on"),
            func.max(PlannedVisit.moved_count).label("most_moved"),
        )
        .where(is_open_plan())
        .group_by(PlannedVisit.setting_id)
        .subquery()
    ]


def _fields(found: Found) -> dict[str, Any]:
    return {"planned_on": found["planned_on"], "most_moved": found["most_moved"] or 0}


def _is_missed(row: PortfolioRow, today: date) -> bool:
    return row.planned_on is not None and row.planned_on < today


CONTRIBUTION = Contribution(
    timeline=_timeline,
    portfolio=PortfolioPart(
        queries=_next_plans,
        fields=_fields,
        filters={
            "planned": lambda row, today: row.planned_on is not None,
            "missed": _is_missed,
            "moved_often": lambda row, today: row.moved_often,
        },
        orders={"planned_on": lambda row: row.planned_on},
    ),
    today=[visits_of_the_day],
    finds=[PLANNED_VISITS],
)
