"""Open a visit again whose sign-off the server refused, because it rated the visit differently.

That happens when a colleague's answers reached the server first, or when the visit was signed off
before this computer was updated to new rating rules: the outcome that was signed is no longer the
outcome of the visit. The visit goes back to what it was, with all its answers, to be looked at
and signed off again; and the rating that stood before stands again, because the server did not take
that of this visit either.
"""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from forms.rating.outcome import ENGINE
from visitapp.errors import Code
from visitapp.records import Outbox, Rating, Visit, VisitStatus

RATED_AGAIN = (Code.OUTCOME_DIFFERS, Code.OUTCOME_OLDER)
"""Refusals after which the visit is to be looked at and signed off again."""


def withdraw_refused_sign_offs(session: Session) -> set[str]:
    """Open the visits whose sign-off was refused as OUTCOME_DIFFERS, or as OUTCOME_OLDER where this
    program has the newer rules; returns the ids of their refused ratings, which are removed."""
    refused = session.scalars(
        select(Outbox).where(
            Outbox.kind == Visit.__tablename__, Outbox.refused_code.in_(RATED_AGAIN)
        )
    ).all()
    return {rating for row in refused for rating in _withdraw(session, row)}


def _withdraw(session: Session, row: Outbox) -> list[str]:
    visit = session.get(Visit, row.record_id)
    if visit is None or visit.status != VisitStatus.SIGNED_OFF:
        return []
    if not row.created and "status" not in row.fields:
        return []
    older = (visit.outcome or {}).get("engine", 1) < ENGINE
    if row.refused_code == Code.OUTCOME_OLDER and not older:
        return []
    visit.status = VisitStatus.DRAFT if row.created else VisitStatus(row.fields["status"]["old"])
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
