"""Open a visit again whose sign-off the server did not take, because it rated the visit otherwise.

That happens when a colleague's answers reached the server first: the outcome that was signed is not
the visit's any more. The visit goes back to what it was, with all its answers, to be looked at
and signed off again; and the rating that stood before stands again, because the server did not take
that of this visit either.
"""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from visitapp.errors import Code
from visitapp.records import Outbox, Rating, Visit, VisitStatus


def withdraw_refused_sign_offs(session: Session) -> set[str]:
    """Open the visits whose sign-off was refused as OUTCOME_DIFFERS; gives the ids of their
    ratings that the server did not take, which are gone."""
    refused = session.scalars(
        select(Outbox).where(
            Outbox.kind == Visit.__tablename__, Outbox.refused_code == Code.OUTCOME_DIFFERS
        )
    ).all()
    return {rating for row in refused for rating in _withdraw(session, row)}


def _withdraw(session: Session, row: Outbox) -> list[str]:
    visit = session.get(Visit, row.record_id)
    if visit is None or visit.status != VisitStatus.SIGNED_OFF or "status" not in row.fields:
        return []
    visit.status = VisitStatus(row.fields["status"]["old"])
    visit.facts = None
    visit.outcome = None
    visit.signed_off_at = None
    visit.signed_off_by = None
    return _forget_ratings(session, visit.id)


def _forget_ratings(session: Session, visit_id: str) -> list[str]:
    """Remove the visit's ratings that never reached the server: nothing was captured of them but
    that they wait. Returns their ids."""
    connection = session.connection()
    unsent = list(
        connection.execute(
            select(Rating.id)
            .join(Outbox, Outbox.record_id == Rating.id)
            .where(Rating.visit_id == visit_id, Outbox.kind == Rating.__tablename__)
        ).scalars()
    )
    connection.execute(delete(Outbox).where(Outbox.record_id.in_(unsent)))
    connection.execute(delete(Rating).where(Rating.id.in_(unsent)))
    return unsent
