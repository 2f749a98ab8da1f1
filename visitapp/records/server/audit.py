"""What the central server keeps of its own running: the audit chain, restorations, attempts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from visitapp.records.base import Base, Instant, reference


class AuditEntry(Base):
    """One thing that was done at the server. Written once: triggers refuse every change.

    Texts, so that what is kept is byte for byte what was hashed. `at` is a wire moment, `detail` a
    JSON object that holds ids, names of kinds and numbers, never what anybody wrote.
    """

    __tablename__ = "audit_entry"

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(32), index=True)
    user_id: Mapped[str] = mapped_column(reference(), index=True)
    device_id: Mapped[str] = mapped_column(reference())
    request_id: Mapped[str] = mapped_column(String(64))
    what: Mapped[str] = mapped_column(String(30))
    detail: Mapped[str] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class AuditHead(Base):
    """The one row that names the last entry. Who writes an entry locks it until commit, so that the
    chain never forks, however many workers write."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[str] = mapped_column(String(64))


class Restoration(Base):
    """A time when the server was put back from a copy. Revisions above `after` up to `upto` may
    have been given out before and are not on this server: it never gives them out again."""

    __tablename__ = "restoration"

    upto: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    after: Mapped[int] = mapped_column(BigInteger)
    restored_at: Mapped[datetime] = mapped_column(Instant)


class Attempts(Base):
    """How often signing in failed for one subject since a window of time began.

    The subject is the SHA-256 of a name, a name on a known device, or a network address.
    """

    __tablename__ = "sign_in_attempts"

    subject: Mapped[str] = mapped_column(String(64), primary_key=True)
    began_at: Mapped[int] = mapped_column(BigInteger, index=True)
    """Seconds since 1970."""
    failures: Mapped[int]
