"""Copies of evidence on a device."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from visitapp.records.base import Base, Instant, Json, reference


class EvidenceCopy(Base):
    """On a device: what became of the bytes with one hash.

    `held_at` is when the server was known to hold them; while it is empty they wait to be sent and
    are never dropped. `upload_id` and `sent` say how far an upload came. `refused_code`,
    `refused_text` (in English) and `refused_explanation` are set when the server refused them.
    `used_at` orders what is dropped first.
    """

    __tablename__ = "evidence_copy"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int]
    held_at: Mapped[datetime | None] = mapped_column(Instant)
    upload_id: Mapped[str | None] = mapped_column(reference())
    sent: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    refused_code: Mapped[str | None] = mapped_column(String(40))
    refused_text: Mapped[str | None] = mapped_column(Text)
    refused_explanation: Mapped[dict[str, Any] | None] = mapped_column(Json)
    used_at: Mapped[datetime] = mapped_column(Instant)
