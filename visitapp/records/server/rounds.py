"""The revision counter, stored replies to batches, and leases."""

from __future__ import annotations

import secrets
from datetime import datetime
from functools import partial

from sqlalchemy import BigInteger, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from visitapp.records.base import Base, Instant, reference

KEY_BYTES = 32


class Counter(Base):
    """The one row that hands out revisions. Who takes numbers locks it until commit, so revisions
    become visible in their order: a reader at cursor N can never miss one below N.

    `draw_key` is what the draw of visits for review is made with, and the history sealed; no device
    ever has it.
    """

    __tablename__ = "counter"

    id: Mapped[int] = mapped_column(primary_key=True)
    server_id: Mapped[str] = mapped_column(reference())
    revision: Mapped[int] = mapped_column(BigInteger, default=0)
    draw_key: Mapped[bytes] = mapped_column(
        LargeBinary, default=partial(secrets.token_bytes, KEY_BYTES)
    )


class BatchReply(Base):
    """The answer that a batch got, so that the same batch sent twice gets the same answer."""

    __tablename__ = "batch_reply"

    device_id: Mapped[str] = mapped_column(reference(), primary_key=True)
    batch_id: Mapped[str] = mapped_column(reference(), primary_key=True)
    payload: Mapped[bytes] = mapped_column(LargeBinary)
    answered_at: Mapped[datetime] = mapped_column(Instant)


class Lease(Base):
    """Work that one process at a time does, and until when it may."""

    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    holder: Mapped[str] = mapped_column(reference())
    until: Mapped[datetime] = mapped_column(Instant)
