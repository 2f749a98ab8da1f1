"""Discard a visit that was started by mistake, and bring it back."""

from __future__ import annotations

from sqlalchemy.orm import Session

from visitapp.errors import Code, NotFound, Refused
from visitapp.language import message
from visitapp.records import Visit, VisitStatus
from visitapp.services.lookup import check_texts


def discard(visit: Visit, reason: str) -> None:
    """Delete a draft, with the reason. Raises Refused."""
    if visit.status != VisitStatus.DRAFT:
        raise Refused(
            Code.NOT_ALLOWED,
            message("This visit was signed off once and returned, so it cannot be discarded."),
            message("Correct it and sign it off again."),
        )
    if not reason.strip():
        raise Refused(Code.BAD_VALUE, message("Say why the visit is discarded."), field="reason")
    check_texts(Visit, {"discard_reason": reason})
    visit.discard_reason = reason.strip()
    visit.deleted = True


def take_back_discard(session: Session, visit_id: str) -> None:
    """Bring a discarded visit back. Raises NotFound."""
    visit = session.get(Visit, visit_id)
    if visit is None or not visit.deleted or not visit.discard_reason:
        raise NotFound(message("There is no discarded visit with this id."))
    visit.deleted = False
    visit.discard_reason = ""
