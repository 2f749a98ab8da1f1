"""How much waits on this device, and for whom."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, select, union
from sqlalchemy.orm import Session

from visitapp.explanation import kept_text
from visitapp.records import (
    Action,
    Answer,
    Conflict,
    ConflictStatus,
    History,
    Outbox,
    Step,
    Synced,
    Visit,
)
from visitapp.services.sync.met_positions import count_met_positions


def waiting_changes(session: Session) -> int:
    """Changes not sent yet, as far as a person would count them."""
    counted = Outbox.kind != History.__tablename__
    return session.scalar(select(func.count()).select_from(Outbox).where(counted)) or 0


def waiting_visits(session: Session) -> int:
    """Visits with something to send: themselves, a step or an answer of theirs."""
    answered = (
        select(Answer.visit_id)
        .join(Outbox, Outbox.record_id == Answer.id)
        .where(Outbox.kind == Answer.__tablename__)
    )
    return _count(session, *_changed_or_stepped(Visit), answered)


def waiting_actions(session: Session) -> int:
    """Actions with something to send: themselves or a step of theirs."""
    return _count(session, *_changed_or_stepped(Action))


def _changed_or_stepped(kind: type[Synced]) -> tuple[Select[str], Select[str]]:
    """The ids of the records of a kind of which a change waits, and of those with a step."""
    changed = select(Outbox.record_id).where(Outbox.kind == kind.__tablename__)
    stepped = (
        select(Step.record_id)
        .join(Outbox, Outbox.record_id == Step.id)
        .where(Outbox.kind == Step.__tablename__, Step.kind == kind.__tablename__)
    )
    return changed, stepped


def _count(session: Session, *ids: Select[str]) -> int:
    """How many different ids these find."""
    found = union(*ids).subquery()
    return session.scalar(select(func.count()).select_from(found)) or 0


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
