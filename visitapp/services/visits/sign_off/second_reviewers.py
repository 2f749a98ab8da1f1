"""Who was asked for a second review of a visit, as this device knows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.records import SecondReview, Step, Visit
from visitapp.services.context import Desk
from visitapp.services.lookup import titles
from visitapp.services.views.reviews import SecondReviewView


def second_reviewers(session: Session, visit: Visit, states: Collection[str]) -> frozenset[str]:
    """The second reviewers of the visit's present sign-off whose review is in one of `states`."""
    found = select(SecondReview.reviewer_id).where(
        SecondReview.visit_id == visit.id,
        SecondReview.signed_off_at == visit.signed_off_at,
        SecondReview.status.in_(states),
        SecondReview.deleted.is_(False),
    )
    return frozenset(session.scalars(found))


def second_views(
    session: Session, desk: Desk, visit_ids: Sequence[str]
) -> dict[str, list[SecondReviewView]]:
    """The second reviews of the present sign-offs of visits, by visit, the oldest first."""
    rows = session.scalars(
        select(SecondReview)
        .join(Visit, Visit.id == SecondReview.visit_id)
        .where(
            SecondReview.visit_id.in_(visit_ids),
            SecondReview.signed_off_at == Visit.signed_off_at,
            SecondReview.deleted.is_(False),
        )
        .order_by(SecondReview.created_at, SecondReview.id)
    ).all()
    said = _reasons(session, [row.id for row in rows])
    names = titles(session, [one for row in rows for one in (row.reviewer_id, row.created_by)])
    me = desk.user(session).id if rows else ""
    found: dict[str, list[SecondReviewView]] = defaultdict(list)
    for row in rows:
        view = SecondReviewView(
            id=row.id,
            reviewer=names.get(row.reviewer_id, ""),
            asked_by=names.get(row.created_by, ""),
            asked_at=row.created_at,
            note=row.note,
            status=row.status,
            comment=said.get(row.id, ""),
            mine=row.reviewer_id == me,
        )
        found[row.visit_id].append(view)
    return found


def _reasons(session: Session, ids: Sequence[str]) -> dict[str, str]:
    """The reason of the newest step of each second review."""
    steps = session.execute(
        select(Step.record_id, Step.reason)
        .where(Step.kind == SecondReview.__tablename__, Step.record_id.in_(ids), Step.accepted)
        .order_by(Step.created_at, Step.id)
    )
    return {step.record_id: step.reason for step in steps}
