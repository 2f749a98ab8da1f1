"""Open a visit again whose sign-off the server refused, because it rated the visit differently.

That happens when a colleague's answers reached the server first, or when the visit was signed off
before this computer was updated to new rating rules: the outcome that was signed is no longer the
outcome of the visit. The visit goes back to what it was, with all its answers, to be looked at
and signed off again; and the rating that stood before stands again, because the server did not take
that of this visit either.
"""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from forms.rating.outcome import ENGINE
from visitapp.errors import Code
from visitapp.records import NOT_REFUSED, Outbox, Step, Visit, VisitStatus
from visitapp.services.context import Desk
from visitapp.services.visits.intervention import take_back_verifications
from visitapp.services.visits.sign_off.visit_ratings import forget_own_ratings
from visitapp.storage.steps import forget_step

_REFUSED = "The server refused the sign-off of the visit that verified this action."

RATED_AGAIN = (Code.OUTCOME_DIFFERS, Code.OUTCOME_OLDER)
"""Refusals after which the visit is to be looked at and signed off again."""


def send_held_again(session: Session) -> None:
    """Offer sign-offs again that were refused as OUTCOME_NEWER: the server may have been updated
    since."""
    held = Outbox.refused_code == Code.OUTCOME_NEWER
    session.execute(update(Outbox).where(held).values(NOT_REFUSED))


def withdraw_refused_sign_offs(session: Session, desk: Desk) -> None:
    """Open the visits whose sign-off was refused as OUTCOME_DIFFERS, or as OUTCOME_OLDER where this
    program has the newer rules."""
    refused = session.execute(
        select(Step, Outbox.refused_code)
        .join(Outbox, Outbox.record_id == Step.id)
        .where(
            Step.kind == Visit.__tablename__,
            Step.after == VisitStatus.SIGNED_OFF,
            Outbox.refused_code.in_(RATED_AGAIN),
        )
    ).all()
    for step, code in refused:
        _withdraw(session, desk, step, code)


def _withdraw(session: Session, desk: Desk, step: Step, code: str | None) -> None:
    visit = session.get(Visit, step.record_id)
    if visit is None or visit.status != VisitStatus.SIGNED_OFF:
        return
    older = (visit.outcome or {}).get("engine", 1) < ENGINE
    if code == Code.OUTCOME_OLDER and not older:
        return
    take_back_verifications(session, desk, visit, _REFUSED)
    forget_step(session, visit, step)
    forget_own_ratings(session, visit.id)
