"""Covers and hand-overs are records."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

from visitapp.records.base import Json

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.create_table(
        "cover",
        *_synced(),
        sa.Column("setting_id", _ID, _parent("setting.id"), nullable=False, index=True),
        sa.Column("deputy_id", _ID, nullable=False, index=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "hand_over",
        *_synced(),
        sa.Column("setting_id", _ID, _parent("setting.id"), index=True),
        sa.Column("contract_id", _ID, _parent("contract.id"), index=True),
        sa.Column("from_officer_id", _ID),
        sa.Column("to_officer_id", _ID, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("drafts", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False, index=True),
        sa.Column("done_on", sa.Date()),
    )


_ID = sa.String(36)


def _parent(column: str) -> sa.ForeignKey:
    return sa.ForeignKey(column, deferrable=True, initially="IMMEDIATE")


def _synced() -> Iterator[sa.Column[object]]:
    yield sa.Column("id", _ID, primary_key=True)
    yield sa.Column("created_at", sa.DateTime(timezone=True), nullable=False)
    yield sa.Column("created_by", _ID, nullable=False)
    yield sa.Column("deleted", sa.Boolean(), nullable=False)
    yield sa.Column("revision", sa.BigInteger(), nullable=False, index=True)
    yield sa.Column("field_revisions", Json, nullable=False)
