"""The one query behind the portfolio and the Setting page's head."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Subquery, and_, case, func, select
from sqlalchemy.orm import Session, aliased

from visitapp.records import FROZEN, Action, Provider, Purpose, Setting, Visit
from visitapp.rules.action_life import OPEN_STATUSES
from visitapp.rules.attention import is_due_soon, needs_attention
from visitapp.rules.choices import RatingState
from visitapp.rules.due import first_visit_due, quality_visit_due
from visitapp.rules.placement import placements
from visitapp.rules.policy.visiting import VisitRules
from visitapp.rules.text import folded
from visitapp.services.views.settings import PortfolioRow
from visitapp.services.visits.summaries import UNRATED, is_visit, stands
from visitapp.standing.ratings import ranked_ratings

_SHOWN = (
    Setting.id,
    Setting.name,
    Setting.service_type,
    Setting.beds,
    Setting.regulator_overall,
    Setting.regulator_published,
    Setting.location_id,
    Setting.postcode,
    Setting.created_at,
)
"""What a row shows of a setting: columns, since whole records take three times as long."""


def portfolio_rows(
    session: Session,
    today: date,
    rules: VisitRules,
    quality_forms: Collection[str],
    text: str = "",
    setting_id: str | None = None,
) -> list[PortfolioRow]:
    """Every setting (or the one named, or those that contain `text`) in no particular order.

    `quality_forms` are the ids of the forms that set the quality rating: only a visit on one of
    them moves the annual date.
    """
    query = _portfolio_query(today, quality_forms)
    if setting_id is not None:
        query = query.where(Setting.id == setting_id)
    rows = [_row(found, today, rules) for found in session.execute(query)]
    words = folded(text).split()
    return [row for row in rows if all(word in _searched(row) for word in words)] if words else rows


def rating_changes(session: Session, since: datetime) -> int:
    """How many settings had their rating change to another colour after `since`."""
    ranked = ranked_ratings()
    before = ranked.alias()
    query = (
        select(func.count())
        .select_from(ranked)
        .join(before, and_(before.c.setting_id == ranked.c.setting_id, before.c.place == 2))
        .where(ranked.c.place == 1, ranked.c.since > since, ranked.c.rag != before.c.rag)
    )
    return session.scalar(query) or 0


def _searched(row: PortfolioRow) -> str:
    # The database folds no letters such as ł and ø, so the words are compared here.
    return folded("\n".join((row.name, row.provider, row.postcode, row.location_id)))


def _portfolio_query(today: date, quality_forms: Collection[str]) -> Select[*tuple[Any, ...]]:
    rating, last, draft = ranked_ratings(), _last_visits(), _drafts()
    quality = _last_quality_visits(quality_forms)
    assessed, risk = _last_assessments(), aliased(Visit)
    actions = _action_counts(today)
    return (
        select(
            *_SHOWN,
            Provider.name.label("provider"),
            rating.c.rag,
            rating.c.since,
            rating.c.provisional,
            rating.c.state.label("rating_state"),
            last.c.visited_on,
            last.c.id.label("last_visit_id"),
            quality.c.visited_on.label("quality_visit"),
            draft.c.id.label("draft_visit_id"),
            risk.outcome["overall"].as_string().label("risk_rag"),
            risk.outcome["percent"].as_integer().label("risk_percent"),
            risk.visited_on.label("risk_on"),
            func.coalesce(actions.c.open, 0).label("open_actions"),
            func.coalesce(actions.c.overdue, 0).label("overdue_actions"),
        )
        .outerjoin(Provider, Provider.id == Setting.provider_id)
        .outerjoin(rating, and_(rating.c.setting_id == Setting.id, rating.c.place == 1))
        .outerjoin(last, and_(last.c.setting_id == Setting.id, last.c.place == 1))
        .outerjoin(quality, quality.c.setting_id == Setting.id)
        .outerjoin(draft, draft.c.setting_id == Setting.id)
        .outerjoin(assessed, and_(assessed.c.setting_id == Setting.id, assessed.c.place == 1))
        .outerjoin(risk, risk.id == assessed.c.id)
        .outerjoin(actions, actions.c.setting_id == Setting.id)
        .where(Setting.deleted.is_(False))
    )


def _last_visits() -> Subquery:
    return _ranked_visits(is_visit(Visit))


def _last_quality_visits(quality_forms: Collection[str]) -> Subquery:
    return (
        select(Visit.setting_id, func.max(Visit.visited_on).label("visited_on"))
        .where(stands(Visit), is_visit(Visit), Visit.form_id.in_(quality_forms))
        .group_by(Visit.setting_id)
        .subquery()
    )


def _last_assessments() -> Subquery:
    """By whichever model: the last word on the risk of a setting."""
    return _ranked_visits(Visit.purpose == Purpose.RISK_ASSESSMENT)


def _ranked_visits(kind: ColumnElement[bool]) -> Subquery:
    """Each setting's signed-off visits of a kind; `place` 1 is the newest."""
    newest_first = (Visit.visited_on.desc(), Visit.id.desc())
    place = func.row_number().over(partition_by=Visit.setting_id, order_by=newest_first)
    return (
        select(Visit.setting_id, Visit.id, Visit.visited_on, place.label("place"))
        .where(stands(Visit), kind)
        .subquery()
    )


def _drafts() -> Subquery:
    """Each setting's newest open visit (ids sort by when they were made)."""
    return (
        select(Visit.setting_id, func.max(Visit.id).label("id"))
        .where(Visit.deleted.is_(False), Visit.status.not_in(FROZEN), is_visit(Visit))
        .group_by(Visit.setting_id)
        .subquery()
    )


def _action_counts(today: date) -> Subquery:
    overdue = func.sum(case((Action.due_on < today, 1), else_=0))
    return (
        select(Action.setting_id, func.count().label("open"), overdue.label("overdue"))
        .where(Action.deleted.is_(False), Action.status.in_(OPEN_STATUSES))
        .group_by(Action.setting_id)
        .subquery()
    )


def _row(found: Row[*tuple[Any, ...]], today: date, rules: VisitRules) -> PortfolioRow:
    rag = found.rag or UNRATED
    position = placements(rag)
    if found.quality_visit is None:
        due = first_visit_due(rules, found.created_at.astimezone().date())
    else:
        due = quality_visit_due(rules, rag, found.quality_visit)
    return PortfolioRow(
        setting_id=found.id,
        name=found.name,
        service_type=found.service_type,
        provider=found.provider or "",
        beds=found.beds,
        rag=rag,
        rag_since=found.since.astimezone().date() if found.since else None,
        placements=position.position,
        placements_note=position.note,
        regulator_overall=found.regulator_overall,
        regulator_published=found.regulator_published,
        last_visit=found.visited_on,
        last_visit_id=found.last_visit_id,
        last_quality_visit=found.quality_visit,
        draft_visit_id=found.draft_visit_id,
        next_due=due,
        open_actions=found.open_actions,
        overdue_actions=found.overdue_actions,
        needs_attention=needs_attention(rag, due, found.overdue_actions, today),
        location_id=found.location_id,
        postcode=found.postcode,
        risk_rag=found.risk_rag or "",
        risk_percent=found.risk_percent,
        risk_on=found.risk_on,
        provisional=bool(found.provisional),
        under_review=found.rating_state == RatingState.UNDER_REVIEW,
        due_soon=is_due_soon(due, today, rules.due_soon_days),
    )
