"""Sign-in at the server: passwords, devices and tokens."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from visitapp.records.base import Base, Instant, foreign_key, reference


class Credential(Base):
    """How a user signs in: the name without case, and the Argon2id hash of the password.

    `must_change`: somebody else chose the password, so it is good only for choosing another.
    """

    __tablename__ = "credential"

    user_id: Mapped[str] = mapped_column(foreign_key("user_account.id"), primary_key=True)
    sign_in_name: Mapped[str] = mapped_column(String(160), index=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    must_change: Mapped[bool] = mapped_column(default=False)


class Device(Base):
    """A laptop that signed in; its id is made by the laptop."""

    __tablename__ = "device"

    id: Mapped[str] = mapped_column(reference(), primary_key=True)
    user_id: Mapped[str] = mapped_column(foreign_key("user_account.id"), index=True)
    name: Mapped[str] = mapped_column(String(120), default="")
    first_seen: Mapped[datetime] = mapped_column(Instant)
    last_seen: Mapped[datetime] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)


class Token(Base):
    """An access or refresh token, kept as its SHA-256. A refresh token is used once."""

    __tablename__ = "token"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    use: Mapped[str] = mapped_column(String(10))
    device_id: Mapped[str] = mapped_column(foreign_key("device.id"), index=True)
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)
    used_at: Mapped[datetime | None] = mapped_column(Instant)
