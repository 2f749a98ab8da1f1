"""Changes that wait to be sent, and batches on their way."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from visitapp.records.base import Base, Instant, Json, reference


def _index_where_set(column: str) -> Index:
    """An index of the rows where the column is not null."""
    where = text(f"{column} IS NOT NULL")
    return Index(f"ix_outbox_{column}", column, sqlite_where=where, postgresql_where=where)


NOT_REFUSED: dict[str, None] = dict.fromkeys(
    ("refused_code", "refused_text", "refused_explanation")
)
"""The columns of an `Outbox` row or an `EvidenceCopy` that the server did not refuse."""


class Outbox(Base):
    """One change of one record that waits to be sent, written in the transaction of the change.

    `created`: the whole record is new; `fields` is then empty. Otherwise `fields` maps each
    changed field to `{"old": wire value, "base": revision of the row when it was first changed}`;
    the new value is read from the record when a batch is made. `batch` is the number of the batch
    that it is in (`SentBatch`); while it is in none, later changes of the record are folded in.
    `refused_code`, `refused_text` (in English) and `refused_explanation`
    (`visitapp.explanation`) are set when the server refused it. `held_until`: it is not
    sent before then (`storage.holding`).
    """

    __tablename__ = "outbox"
    __table_args__ = (
        # By setting first: answers' ids are in no order, and in an index by id what goes together
        # would lie all over it.
        Index("ix_outbox_record", "kind", "setting_id", "record_id"),
        # Edits are few beside new records; those made while a batch was away are looked for.
        Index(
            "ix_outbox_edit",
            "kind",
            "record_id",
            sqlite_where=text("created IS 0"),
            postgresql_where=text("NOT created"),
        ),
        # Few rows are on their way or refused; the many others are left out of these.
        _index_where_set("batch"),
        _index_where_set("refused_code"),
        _index_where_set("held_until"),
    )

    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    kind: Mapped[str] = mapped_column(String(30))
    record_id: Mapped[str] = mapped_column(reference())
    setting_id: Mapped[str | None] = mapped_column(reference())
    created: Mapped[bool] = mapped_column(default=False)
    fields: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    changed_at: Mapped[datetime] = mapped_column(Instant)
    batch: Mapped[int | None]
    refused_code: Mapped[str | None] = mapped_column(String(40))
    refused_text: Mapped[str | None] = mapped_column(Text)
    refused_explanation: Mapped[dict[str, Any] | None] = mapped_column(Json)
    held_until: Mapped[datetime | None] = mapped_column(Instant)


class SentBatch(Base):
    """A batch on its way: its exact bytes, packed by zstd, so that a resend after a lost reply is
    the same. Those that are on their way go again in the order of their numbers."""

    __tablename__ = "sent_batch"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(reference(), unique=True)
    payload: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(Instant)
