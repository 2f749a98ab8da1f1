"""Open a visit again whose sign-off the server did not take, because it rated the visit otherwise.

That happens when a colleague's answers reached the server first: the outcome that was signed is not
the visit's any more. The visit goes back to what it was, with all its answers, to be looked at
and signed off again; and the rating that stood before stands again.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.errors import Code
from visitapp.records import Outbox, Rating, Visit, VisitStatus
from visitapp.services.visit_rows import UNRATED


def withdraw_refused_sign_offs(session: Session, now: datetime) -> list[str]:
    """Open the visits whose sign-off was refused as OUTCOME_DIFFERS; gives their ids."""
    refused = session.scalars(
        select(Outbox).where(
            Outbox.kind == Visit.__tablename__, Outbox.refused_code == Code.OUTCOME_DIFFERS
        )
    ).all()
    return [row.record_id for row in refused if _withdraw(session, row, now)]


def _withdraw(session: Session, row: Outbox, now: datetime) -> bool:
    visit = session.get(Visit, row.record_id)
    if visit is None or visit.status != VisitStatus.SIGNED_OFF or "status" not in row.fields:
        return False
    visit.status = VisitStatus(row.fields["status"]["old"])
    visit.facts = None
    visit.outcome = None
    visit.signed_off_at = None
    visit.signed_off_by = None
    _stand_as_before(session, visit, now)
    return True


def _stand_as_before(session: Session, visit: Visit, now: datetime) -> None:
    """Let the rating before this visit's stand again, when this visit's stands now."""
    ratings = session.scalars(
        select(Rating)
        .where(Rating.setting_id == visit.setting_id, Rating.deleted.is_(False))
        .order_by(Rating.since.desc(), Rating.id.desc())
        .limit(2)
    ).all()
    if not ratings or ratings[0].visit_id != visit.id:
        return
    before = ratings[1] if len(ratings) > 1 else None
    session.add(
        Rating(
            setting_id=visit.setting_id,
            visit_id=before.visit_id if before else None,
            rag=before.rag if before else UNRATED,
            percent=before.percent if before else None,
            provisional=before.provisional if before else False,
            reason="A sign-off was withdrawn: the server has answers that it did not count.",
            since=now,
        )
    )
