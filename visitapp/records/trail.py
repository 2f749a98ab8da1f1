"""The trail: every change that was made, and every clash that needs a person."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from visitapp.records.base import FIRST, USER, Base, Instant, Json, Synced, parent, reference


class History(Synced, Base):
    """One change of one field after a record was made: who (`created_by`), when, old, new."""

    __tablename__ = "history"
    append_only = True

    setting_id: Mapped[str | None] = mapped_column(parent("setting.id"), index=True)
    kind: Mapped[str] = mapped_column(String(30))
    record_id: Mapped[str] = mapped_column(reference(), index=True)
    field: Mapped[str] = mapped_column(String(60))
    old: Mapped[Any | None] = mapped_column(Json)
    new: Mapped[Any | None] = mapped_column(Json)


class ConflictStatus(StrEnum):
    """Open until a person settles it."""

    OPEN = "open"
    SETTLED = "settled"


class Conflict(Synced, Base):
    """One field that two people changed apart. Made by the server, settled by a person.

    The server's value stays in the record; `other_value` is the one set aside. `kept` says on
    settlement which won: `server` or `other`.
    """

    __tablename__ = "conflict"

    setting_id: Mapped[str | None] = mapped_column(parent("setting.id"), index=True)
    kind: Mapped[str] = mapped_column(String(30))
    record_id: Mapped[str] = mapped_column(reference(), index=True)
    field: Mapped[str] = mapped_column(String(60))
    base_value: Mapped[Any | None] = mapped_column(Json)
    server_value: Mapped[Any | None] = mapped_column(Json)
    server_by: Mapped[str | None] = mapped_column(reference(), info=USER)
    server_at: Mapped[datetime | None] = mapped_column(Instant)
    other_value: Mapped[Any | None] = mapped_column(Json)
    other_by: Mapped[str] = mapped_column(reference(), info=USER)
    other_at: Mapped[datetime] = mapped_column(Instant)
    other_device: Mapped[str] = mapped_column(reference(), default="")
    status: Mapped[str] = mapped_column(
        String(20), default=ConflictStatus.OPEN, index=True, info=FIRST
    )
    kept: Mapped[str | None] = mapped_column(String(20), info=FIRST)
    settled_by: Mapped[str | None] = mapped_column(reference(), info={**FIRST, **USER})
    settled_at: Mapped[datetime | None] = mapped_column(Instant, info=FIRST)
