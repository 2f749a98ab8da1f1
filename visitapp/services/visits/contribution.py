"""What visits and their reviews contribute to a setting's timeline, the risk models and the
portfolio."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Subquery, select
from sqlalchemy.orm import Session

from visitapp.dates import short_day
from visitapp.language import translate
from visitapp.records import Setting, Step, Visit, VisitStatus
from visitapp.rules.visiting.attention import is_overdue
from visitapp.services.contributions import Contribution, PortfolioPart, PortfolioQuestion
from visitapp.services.lookup import titles
from visitapp.services.views.settings import PortfolioRow, TimelineEntry
from visitapp.services.visits.finds import VISITS
from visitapp.services.visits.sign_off.decisions import RATINGS
from visitapp.services.visits.sign_off.override_decisions import OVERRIDES
from visitapp.services.visits.today import visits_in_hand
from visitapp.standing.by_setting import Found
from visitapp.standing.visits import (
    is_visit,
    leaves_queue,
    newest_drafts,
    ranked_visits,
)
from visitapp.vocabulary import visit_word


def _timeline(session: Session, setting: Setting) -> Iterator[TimelineEntry]:
    yield from _sign_offs(session, setting.id)
    yield from _reviews(session, setting.id)


def _sign_offs(session: Session, setting_id: str) -> Iterator[TimelineEntry]:
    visits = session.scalars(
        select(Visit).where(
            Visit.setting_id == setting_id,
            Visit.deleted.is_(False),
            Visit.signed_off_at.is_not(None),
        )
    ).all()
    names = titles(session, [visit.signed_off_by for visit in visits])
    for visit in visits:
        if visit.signed_off_at is None:
            continue
        by = names.get(visit.signed_off_by or "")
        yield TimelineEntry(
            at=visit.signed_off_at,
            what=translate(
                "{visit} of {day} signed off.",
                visit=visit_word(visit.purpose),
                day=short_day(visit.visited_on),
            ),
            detail=translate("By {who}.", who=by) if by else "",
        )


def _reviews(session: Session, setting_id: str) -> Iterator[TimelineEntry]:
    reviews = session.scalars(
        select(Step).where(Step.setting_id == setting_id, leaves_queue(Step))
    ).all()
    names = titles(session, [review.created_by for review in reviews])
    for review in reviews:
        yield TimelineEntry(
            at=review.created_at,
            what=_reviewed(review, names.get(review.created_by, "")),
            detail=review.reason,
        )


def _reviewed(review: Step, by: str) -> str:
    if review.after == VisitStatus.NOT_SAMPLED:
        return translate("Visit not sampled for review.")
    if review.after == VisitStatus.APPROVED:
        return translate("Visit approved by {who}.", who=by) if by else translate("Visit approved.")
    return translate("Visit returned by {who}.", who=by) if by else translate("Visit returned.")


def _queries(question: PortfolioQuestion) -> list[Subquery]:
    last, draft = ranked_visits(is_visit(Visit)), newest_drafts()
    return [
        select(
            last.c.setting_id,
            last.c.visited_on.label("last_visit"),
            last.c.id.label("last_visit_id"),
        )
        .where(last.c.place == 1)
        .subquery(),
        select(draft.c.setting_id, draft.c.id.label("draft_visit_id")).subquery(),
    ]


def _fields(found: Found) -> dict[str, Any]:
    return {
        "last_visit": found["last_visit"],
        "last_visit_id": found["last_visit_id"],
        "last_quality_visit": found["last_quality_visit"],
        "draft_visit_id": found["draft_visit_id"],
    }


def _is_overdue(row: PortfolioRow, today: date) -> bool:
    return row.next_due is not None and is_overdue(row.next_due, today)


CONTRIBUTION = Contribution(
    timeline=_timeline,
    decisions=[RATINGS, OVERRIDES],
    portfolio=PortfolioPart(
        queries=_queries,
        fields=_fields,
        filters={
            "visit_due": lambda row, today: row.due_soon,
            "visit_overdue": _is_overdue,
            "draft": lambda row, today: row.draft_visit_id is not None,
        },
        orders={
            "last_visit": lambda row: row.last_visit,
            "next_due": lambda row: row.next_due,
        },
    ),
    today=[visits_in_hand],
    finds=[VISITS],
)
