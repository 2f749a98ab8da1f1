"""Open a visit again whose sign-off the server refused, because it rated the visit differently.

That happens when a colleague's answers reached the server first, or when the visit was signed off
before this computer was updated to new rating rules: the outcome that was signed is no longer the
outcome of the visit. The visit goes back to what it was, with all its answers, to be looked at
and signed off again; and the rating that stood before stands again, because the server did not take
that of this visit either.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.rating.outcome import ENGINE
from visitapp.errors import Code
from visitapp.records import Outbox, Visit, VisitStatus
from visitapp.services.context import Desk
from visitapp.services.visits.intervention import take_back_verifications
from visitapp.services.visits.sign_off.visit_ratings import forget_own_ratings

_REFUSED = "The server refused the sign-off of the visit that verified this action."

RATED_AGAIN = (Code.OUTCOME_DIFFERS, Code.OUTCOME_OLDER)
"""Refusals after which the visit is to be looked at and signed off again."""


def withdraw_refused_sign_offs(session: Session, desk: Desk) -> None:
    """Open the visits whose sign-off was refused as OUTCOME_DIFFERS, or as OUTCOME_OLDER where this
    program has the newer rules."""
    refused = session.scalars(
        select(Outbox).where(
            Outbox.kind == Visit.__tablename__, Outbox.refused_code.in_(RATED_AGAIN)
        )
    ).all()
    for row in refused:
        _withdraw(session, desk, row)


def _withdraw(session: Session, desk: Desk, row: Outbox) -> None:
    visit = session.get(Visit, row.record_id)
    if visit is None or visit.status != VisitStatus.SIGNED_OFF:
        return
    if not row.created and "status" not in row.fields:
        return
    older = (visit.outcome or {}).get("engine", 1) < ENGINE
    if row.refused_code == Code.OUTCOME_OLDER and not older:
        return
    take_back_verifications(session, desk, visit, _REFUSED)
    visit.status = VisitStatus.DRAFT if row.created else VisitStatus(row.fields["status"]["old"])
    visit.facts = None
    visit.outcome = None
    visit.signed_off_at = None
    visit.signed_off_by = None
    forget_own_ratings(session, visit.id)
