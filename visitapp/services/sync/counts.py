"""How much waits on this device."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from visitapp.explanation import kept_text
from visitapp.records import Conflict, ConflictStatus, History, Outbox
from visitapp.services.sync.met_positions import count_met_positions


def waiting_changes(session: Session) -> int:
    """Changes not sent yet, as far as a person would count them."""
    counted = Outbox.kind != History.__tablename__
    return session.scalar(select(func.count()).select_from(Outbox).where(counted)) or 0


def open_conflicts(session: Session) -> int:
    """Conflicts that nobody settled, decisions on placements that met among them."""
    query = (
        select(func.count())
        .select_from(Conflict)
        .where(Conflict.status == ConflictStatus.OPEN, Conflict.deleted.is_(False))
    )
    return (session.scalar(query) or 0) + count_met_positions(session)


def last_problem(kept: Any) -> str:
    """The problem that stopped the last sync; an earlier version kept its sentence."""
    if kept is None:
        return ""
    return kept if isinstance(kept, str) else kept_text(kept, "")
