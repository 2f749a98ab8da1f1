"""How much waits on this device, and for whom."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from visitapp.explanation import kept_text
from visitapp.records import (
    Answer,
    Conflict,
    ConflictStatus,
    History,
    Outbox,
    Step,
    Visit,
)


def waiting_changes(session: Session, kind: str | None = None) -> int:
    """Changes not sent yet, of one kind or of every kind a person would count."""
    counted = Outbox.kind == kind if kind else Outbox.kind != History.__tablename__
    return session.scalar(select(func.count()).select_from(Outbox).where(counted)) or 0


def waiting_visits(session: Session) -> int:
    """Visits with something to send: themselves, a step or an answer of theirs."""
    own = select(Outbox.record_id).where(Outbox.kind == Visit.__tablename__)
    answered = (
        select(Answer.visit_id)
        .join(Outbox, Outbox.record_id == Answer.id)
        .where(Outbox.kind == Answer.__tablename__)
    )
    stepped = (
        select(Step.record_id)
        .join(Outbox, Outbox.record_id == Step.id)
        .where(Outbox.kind == Step.__tablename__, Step.kind == Visit.__tablename__)
    )
    visits = own.union(answered, stepped).subquery()
    return session.scalar(select(func.count()).select_from(visits)) or 0


def open_conflicts(session: Session) -> int:
    query = (
        select(func.count())
        .select_from(Conflict)
        .where(Conflict.status == ConflictStatus.OPEN, Conflict.deleted.is_(False))
    )
    return session.scalar(query) or 0


def last_problem(kept: Any) -> str:
    """The problem that stopped the last sync; an earlier version kept its sentence."""
    if kept is None:
        return ""
    return kept if isinstance(kept, str) else kept_text(kept, "")
