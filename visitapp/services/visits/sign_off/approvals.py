"""Take back an approval that was not sent yet, as if it had never been given."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import Step, Visit, VisitStatus
from visitapp.services.visits.sign_off.visit_ratings import forget_approval_rating
from visitapp.storage.holding import held_until
from visitapp.storage.steps import forget_step

TOO_LATE = message("This approval can no longer be undone.")
REOPEN = message("Reopen the visit with a reason: it goes back to its officer.")


def undo_until(session: Session, visit_id: str, now: datetime) -> datetime | None:
    """Until when the approval of a visit can be undone; None when it cannot."""
    approval = _approval(session, visit_id)
    return held_until(session, approval.id, now) if approval is not None else None


def take_back_approval(session: Session, visit: Visit, user_id: str, now: datetime) -> None:
    """Delete an approval that is still held, in a session that captures nothing.

    Raises Refused(NOT_SIGNED_OFF) when the visit is not approved, Refused(ALREADY_SETTLED) when
    its approval is held no longer or is somebody else's.
    """
    approval = _approval(session, visit.id)
    if approval is None or visit.status != VisitStatus.APPROVED:
        raise Refused(Code.NOT_SIGNED_OFF, message("This visit is not approved."))
    if held_until(session, approval.id, now) is None or approval.created_by != user_id:
        raise Refused(Code.ALREADY_SETTLED, TOO_LATE, REOPEN)
    forget_approval_rating(session, visit)
    forget_step(session, visit, approval)


def _approval(session: Session, visit_id: str) -> Step | None:
    """The newest approval of a visit."""
    return session.scalars(
        select(Step)
        .where(
            Step.kind == Visit.__tablename__,
            Step.record_id == visit_id,
            Step.after == VisitStatus.APPROVED,
            Step.deleted.is_(False),
        )
        .order_by(Step.created_at.desc(), Step.id.desc())
        .limit(1)
    ).first()
