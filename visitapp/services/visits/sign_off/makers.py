"""Who took part in a visit, as this device knows it: they do not review it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.records import Answer, History, Step, Visit
from visitapp.standing.visits import is_sign_off


def visit_makers(session: Session, visit: Visit) -> frozenset[str]:
    """Who made the visit, signed it off, now or before it was returned, or gave or changed an
    answer on it."""
    answers = select(Answer.id).where(Answer.visit_id == visit.id)
    answered = select(Answer.created_by).where(Answer.visit_id == visit.id)
    changed = select(History.created_by).where(
        History.kind == Answer.__tablename__, History.record_id.in_(answers)
    )
    signed = select(Step.created_by).where(is_sign_off(Step), Step.record_id == visit.id)
    people = {visit.created_by, visit.signed_off_by}
    return frozenset({*people, *session.scalars(answered.union(changed, signed))} - {None})
