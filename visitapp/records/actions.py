"""Improvement actions."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from visitapp.records.base import USER, Base, Instant, Synced, parent, reference


class Priority(StrEnum):
    """How soon an action must be done; `rules.due` gives the days."""

    IMMEDIATE = "immediate"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class ActionStatus(StrEnum):
    """An action's life: done is the provider's word, verified is the officer's."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    VERIFIED = "verified"
    CANCELLED = "cancelled"


class Action(Synced, Base):
    """What will be done about a finding, by whom and by when."""

    __tablename__ = "action"

    setting_id: Mapped[str] = mapped_column(parent("setting.id"), index=True)
    visit_id: Mapped[str | None] = mapped_column(parent("visit.id"), index=True)
    question: Mapped[str] = mapped_column(String(80), default="")
    title: Mapped[str] = mapped_column(String(400))
    detail: Mapped[str | None] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(String(120), default="")
    priority: Mapped[str] = mapped_column(String(20), default=Priority.MEDIUM)
    due_on: Mapped[date] = mapped_column(index=True)
    status: Mapped[str] = mapped_column(String(20), default=ActionStatus.OPEN, index=True)
    done_on: Mapped[date | None]
    verified_by: Mapped[str | None] = mapped_column(reference(), info=USER)
    verified_at: Mapped[datetime | None] = mapped_column(Instant)
