"""Which visits count, as conditions and subqueries."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Subquery, and_, func, or_, select

from visitapp.records import ASSESSMENTS, FROZEN, Step, Visit, VisitStatus
from visitapp.rules.access import REVIEWED


def is_visit(visit: type[Visit]) -> ColumnElement[bool]:
    """Whether it is a visit, and not an assessment that is kept like one."""
    return visit.purpose.not_in(ASSESSMENTS)


def stands(visit: type[Visit]) -> ColumnElement[bool]:
    """Whether it is signed off and frozen."""
    return and_(visit.deleted.is_(False), visit.status.in_(FROZEN))


def is_review(step: type[Step]) -> ColumnElement[bool]:
    """Whether it is a team lead's decision on a visit; its reason is the comment."""
    return and_(step.kind == Visit.__tablename__, step.after.in_(REVIEWED), step.deleted.is_(False))


def leaves_queue(step: type[Step]) -> ColumnElement[bool]:
    """Whether it is a decision on a visit, or the server's that nobody need decide."""
    not_sampled = and_(step.kind == Visit.__tablename__, step.after == VisitStatus.NOT_SAMPLED)
    return and_(or_(is_review(step), not_sampled), step.deleted.is_(False))


def is_sign_off(step: type[Step]) -> ColumnElement[bool]:
    """Whether it signed a visit off."""
    return and_(
        step.kind == Visit.__tablename__,
        step.after == VisitStatus.SIGNED_OFF,
        step.accepted,
        step.deleted.is_(False),
    )


def ranked_visits(condition: ColumnElement[bool]) -> Subquery:
    """Each setting's signed-off visits that meet a condition on `Visit`; `place` 1 is the newest.

    Columns: setting_id, id, visited_on, place.
    """
    newest_first = (Visit.visited_on.desc(), Visit.id.desc())
    place = func.row_number().over(partition_by=Visit.setting_id, order_by=newest_first)
    return (
        select(Visit.setting_id, Visit.id, Visit.visited_on, place.label("place"))
        .where(stands(Visit), condition)
        .subquery()
    )


def newest_drafts() -> Subquery:
    """Each setting's newest open visit (ids sort by when they were made). Columns: setting_id,
    id."""
    return (
        select(Visit.setting_id, func.max(Visit.id).label("id"))
        .where(Visit.deleted.is_(False), Visit.status.not_in(FROZEN), is_visit(Visit))
        .group_by(Visit.setting_id)
        .subquery()
    )
