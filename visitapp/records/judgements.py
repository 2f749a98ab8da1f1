"""What was judged: a team lead's reviews, and the ratings that stood for a setting."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from visitapp.records.base import Base, Instant, Synced, parent


class Decision(StrEnum):
    """What a team lead decides on a signed-off visit."""

    APPROVED = "approved"
    RETURNED = "returned"


class Review(Synced, Base):
    """One decision on a signed-off visit. Append-only; `created_by` is the reviewer."""

    __tablename__ = "review"
    append_only = True

    setting_id: Mapped[str] = mapped_column(parent("setting.id"), index=True)
    visit_id: Mapped[str] = mapped_column(parent("visit.id"), index=True)
    decision: Mapped[str] = mapped_column(String(20))
    comment: Mapped[str] = mapped_column(Text, default="")


class Rating(Synced, Base):
    """The RAG that stood for a setting from `since` on. Append-only: the latest one stands."""

    __tablename__ = "rating"
    append_only = True

    setting_id: Mapped[str] = mapped_column(parent("setting.id"), index=True)
    visit_id: Mapped[str | None] = mapped_column(parent("visit.id"), index=True)
    rag: Mapped[str] = mapped_column(String(20))
    percent: Mapped[int | None]
    provisional: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(Text, default="")
    since: Mapped[datetime] = mapped_column(Instant)
