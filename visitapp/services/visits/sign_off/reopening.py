"""Open a visit again whose sign-off the server refused, because it rated the visit differently.

That happens when a colleague's answers reached the server first, or when the visit was signed off
before this computer was updated to new rating rules: the outcome that was signed is no longer the
outcome of the visit. The visit goes back to what it was, with all its answers, to be looked at
and signed off again; and the rating that stood before stands again, because the server did not take
that of this visit either.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from forms import rate
from forms.rating.outcome import ENGINE
from visitapp.errors import Code
from visitapp.records import Outbox, Visit, VisitStatus
from visitapp.services.context import Desk
from visitapp.services.visits.answers.answers import plain_answers, read_sheet
from visitapp.services.visits.intervention import take_back_verifications
from visitapp.services.visits.sign_off.visit_ratings import forget_own_ratings

_REFUSED = "The server refused the sign-off of the visit that verified this action."

HELD = (Code.OUTCOME_OLDER, Code.OUTCOME_NEWER)
"""Refusals of a sign-off that an update of the device or of the server ends."""

RATED_AGAIN = (Code.OUTCOME_DIFFERS, Code.OUTCOME_OLDER)
"""Refusals after which the visit is to be looked at and signed off again."""


def send_held_again(session: Session, desk: Desk) -> None:
    """Offer sign-offs again that were held because device and server had different rating rules.

    One by newer rules than the server's is offered at each sync, until the server was updated. One
    by older rules is offered once this program was updated and its rules give the same outcome;
    where they give another, `withdraw_refused_sign_offs` opens the visit.
    """
    for row in _refused(session, *HELD):
        visit = session.get(Visit, row.record_id)
        if row.refused_code == Code.OUTCOME_NEWER:
            row.refused_code = row.refused_text = None
        elif visit is not None and visit.outcome is not None and _is_older(visit):
            answers = plain_answers(read_sheet(session, visit.id))
            outcome = rate(desk.form_of(visit), answers, visit.facts or {})
            now = msgspec.to_builtins(outcome)
            if _decided(now) == _decided(visit.outcome):
                visit.outcome = now


def _is_older(visit: Visit) -> bool:
    return int((visit.outcome or {}).get("engine", 1)) < ENGINE


def _decided(outcome: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in outcome.items() if name != "engine"}


def _refused(session: Session, *codes: Code) -> Sequence[Outbox]:
    query = select(Outbox).where(Outbox.kind == Visit.__tablename__, Outbox.refused_code.in_(codes))
    return session.scalars(query).all()


def withdraw_refused_sign_offs(session: Session, desk: Desk) -> None:
    """Open the visits whose sign-off was refused as OUTCOME_DIFFERS, or as OUTCOME_OLDER where this
    program has the newer rules."""
    for row in _refused(session, *RATED_AGAIN):
        _withdraw(session, desk, row)


def _withdraw(session: Session, desk: Desk, row: Outbox) -> None:
    visit = session.get(Visit, row.record_id)
    if visit is None or visit.status != VisitStatus.SIGNED_OFF:
        return
    if not row.created and "status" not in row.fields:
        return
    if row.refused_code == Code.OUTCOME_OLDER and not _is_older(visit):
        return
    take_back_verifications(session, desk, visit, _REFUSED)
    visit.status = VisitStatus.DRAFT if row.created else VisitStatus(row.fields["status"]["old"])
    visit.facts = None
    visit.outcome = None
    visit.signed_off_at = None
    visit.signed_off_by = None
    forget_own_ratings(session, visit.id)
