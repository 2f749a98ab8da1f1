"""Take back an approval that was not sent yet, as if it had never been given."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import Decision, HeldSetting, Outbox, Review, Visit, VisitStatus
from visitapp.services.visits.sign_off.visit_ratings import forget_approval_rating
from visitapp.storage.holding import forget_held, held_until

TOO_LATE = message("This approval can no longer be undone.")
REOPEN = message("Reopen the visit with a reason: it goes back to its officer.")


def undo_until(session: Session, visit_id: str, now: datetime) -> datetime | None:
    """Until when the approval of a visit can be undone; None when it cannot."""
    review = _approval(session, visit_id)
    return held_until(session, review.id, now) if review is not None else None


def take_back_approval(session: Session, visit: Visit, user_id: str, now: datetime) -> None:
    """Delete an approval that is still held, in a session that captures nothing.

    Raises Refused(NOT_SIGNED_OFF) when the visit is not approved, Refused(ALREADY_SETTLED) when
    its approval is held no longer or is somebody else's.
    """
    review = _approval(session, visit.id)
    if review is None or visit.status != VisitStatus.APPROVED:
        raise Refused(Code.NOT_SIGNED_OFF, message("This visit is not approved."))
    if held_until(session, review.id, now) is None or review.created_by != user_id:
        raise Refused(Code.ALREADY_SETTLED, TOO_LATE, REOPEN)
    forget_approval_rating(session, visit)
    forget_held(session, visit.id, "status")
    session.execute(delete(Outbox).where(Outbox.record_id == review.id))
    session.delete(review)
    visit.status = VisitStatus.SIGNED_OFF
    for row in session.scalars(select(Outbox).where(Outbox.record_id == visit.id)):
        _without_approval(session, visit, row)


def _without_approval(session: Session, visit: Visit, row: Outbox) -> None:
    """Let go what waited of the visit before it was approved: its sign-off may be among it."""
    mark = row.fields.get("status")
    row.held_until = None
    if row.created or mark is None or mark["old"] != VisitStatus.SIGNED_OFF:
        return
    row.fields = {name: other for name, other in row.fields.items() if name != "status"}
    if not row.fields:
        session.delete(row)
    if mark["base"] != visit.revision:
        # A newer status may have come from the server meanwhile, and was not taken.
        visit.revision = 0
        session.execute(delete(HeldSetting).where(HeldSetting.setting_id == visit.setting_id))


def _approval(session: Session, visit_id: str) -> Review | None:
    """The newest approval of a visit."""
    return session.scalars(
        select(Review)
        .where(Review.visit_id == visit_id, Review.decision == Decision.APPROVED)
        .order_by(Review.created_at.desc(), Review.id.desc())
        .limit(1)
    ).first()
