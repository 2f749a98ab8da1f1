"""Evidence bytes at the server: uploads, chunks and proofs."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from visitapp.records.base import Base, Instant, foreign_key, reference


class EvidenceUpload(Base):
    """On the server: a tus upload under way or just ended. `position` bytes of `size` are safe."""

    __tablename__ = "evidence_upload"

    id: Mapped[str] = mapped_column(reference(), primary_key=True)
    user_id: Mapped[str] = mapped_column(foreign_key("user_account.id"), index=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int]
    position: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)


class EvidenceChunk(Base):
    """On the server: a piece of an upload, encrypted. `attempt` is the request that brought it;
    `taken` says that it counts (one that waits for its checksum does not yet)."""

    __tablename__ = "evidence_chunk"

    content_id: Mapped[str] = mapped_column(reference(), primary_key=True)
    start: Mapped[int] = mapped_column(primary_key=True)
    attempt: Mapped[str] = mapped_column(reference(), primary_key=True)
    taken: Mapped[bool]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class EvidenceContent(Base):
    """On the server: whole bytes whose hash was checked; its chunks have its `content_id`.

    `unneeded_since`: when a tidying first found that nothing needs them.
    """

    __tablename__ = "evidence_content"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int]
    content_id: Mapped[str] = mapped_column(reference())
    stored_at: Mapped[datetime] = mapped_column(Instant)
    unneeded_since: Mapped[datetime | None] = mapped_column(Instant)


class EvidenceProof(Base):
    """On the server: an evidence record whose sender showed that they have its bytes, by sending
    them or by being able to fetch them at the time."""

    __tablename__ = "evidence_proof"

    evidence_id: Mapped[str] = mapped_column(reference(), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    proved_at: Mapped[datetime] = mapped_column(Instant)
