"""Where the bytes of evidence are, as pages and terminal say it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.explanation import kept_text
from visitapp.records import Evidence, EvidenceCopy
from visitapp.services.views.visits import EvidenceView


class EvidenceState(StrEnum):
    """`noted`: it has no bytes. `waiting`, `sent`: they are here. `away`: on the server only.
    `set_aside`: the server refused them; they are here."""

    NOTED = "noted"
    WAITING = "waiting"
    SENT = "sent"
    AWAY = "away"
    SET_ASIDE = "set_aside"


def evidence_views(session: Session, pieces: Iterable[Evidence]) -> list[EvidenceView]:
    """Pieces of evidence for reading."""
    pieces = list(pieces)
    hashes = [piece.sha256 for piece in pieces if piece.sha256]
    found = session.scalars(select(EvidenceCopy).where(EvidenceCopy.sha256.in_(hashes)))
    copies = {copy.sha256: copy for copy in found} if hashes else {}
    return [evidence_view(piece, copies.get(piece.sha256 or "")) for piece in pieces]


def evidence_view(piece: Evidence, copy: EvidenceCopy | None = None) -> EvidenceView:
    """One piece for reading, with what the device knows of its bytes."""
    return EvidenceView(
        id=piece.id,
        question=piece.question,
        kind=piece.kind,
        title=piece.title,
        sha256=piece.sha256 or "",
        media_type=piece.media_type or "",
        size=piece.size or 0,
        state=bytes_state(piece.sha256, copy),
        refused=kept_text(copy.refused_explanation, copy.refused_text or "") if copy else "",
        visit_id=piece.visit_id or "",
        action_id=piece.action_id or "",
    )


def bytes_state(sha256: str | None, copy: EvidenceCopy | None) -> EvidenceState:
    """Where bytes with this hash are, by what the device knows of them."""
    if sha256 is None:
        return EvidenceState.NOTED
    if copy is None:
        return EvidenceState.AWAY
    if copy.refused_code is not None:
        return EvidenceState.SET_ASIDE
    return EvidenceState.WAITING if copy.held_at is None else EvidenceState.SENT
