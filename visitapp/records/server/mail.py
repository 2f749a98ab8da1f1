"""Messages that the server sends by e-mail."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from visitapp.records.base import Base, Instant, reference


class OutgoingMail(Base):
    """One message to one address, until it is sent and afterwards.

    `message_id` never changes, so that a recipient's mail program knows a copy that a crash made.
    `notice_id` is empty for a weekly digest. `claimed_until`: another process is sending it.
    """

    __tablename__ = "outgoing_mail"

    id: Mapped[str] = mapped_column(reference(), primary_key=True)
    message_id: Mapped[str] = mapped_column(String(120), unique=True)
    notice_id: Mapped[str | None] = mapped_column(reference(), index=True)
    address: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(400))
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20), index=True)
    made_at: Mapped[datetime] = mapped_column(Instant)
    next_at: Mapped[datetime] = mapped_column(Instant)
    claimed_until: Mapped[datetime | None] = mapped_column(Instant)
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    error: Mapped[str] = mapped_column(String(400), default="")
