"""Files that revoked devices handed in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from visitapp.records.base import Base, Instant, foreign_key, reference


class HandIn(Base):
    """A rescue file of a revoked device; its bytes are chunks of evidence with its id.

    `position` bytes of `size` are safe. `held` is the device's digest of what it had unsent.
    `ended_at` is empty until the whole was checked; `passphrase` is sealed with the evidence key.
    """

    __tablename__ = "hand_in"

    id: Mapped[str] = mapped_column(reference(), primary_key=True)
    device_id: Mapped[str] = mapped_column(foreign_key("device.id"), index=True)
    user_id: Mapped[str] = mapped_column(foreign_key("user_account.id"))
    held: Mapped[str] = mapped_column(String(64))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    position: Mapped[int] = mapped_column(default=0)
    changes: Mapped[int]
    photos: Mapped[int]
    begun_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    passphrase: Mapped[bytes | None] = mapped_column(LargeBinary)
