"""Significant events change ratings; every rating so far was of a visit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from visitapp.records.base import Json

revision = "0016"
down_revision = "0015"

_ID = sa.String(36)


def upgrade() -> None:
    op.create_table(
        "significant_event",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", _ID, nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False, index=True),
        sa.Column("field_revisions", Json, nullable=False),
        _parent("setting_id", "setting.id", nullable=False),
        _parent("visit_id", "visit.id", nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.String(250), nullable=False),
        sa.Column("rag", sa.String(20)),
        sa.Column("rag_before", sa.String(20)),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("review_on", sa.Date()),
        sa.Column("policy_version", sa.String(20), nullable=False),
    )
    with op.batch_alter_table("rating") as table:
        table.add_column(sa.Column("cause", sa.String(20)))
        table.add_column(sa.Column("event_id", _ID))
        table.create_index("ix_rating_event_id", ["event_id"])
        table.alter_column("visit_id", existing_type=_ID, nullable=True)
    op.execute("UPDATE rating SET cause = 'visit'")
    with op.batch_alter_table("rating") as table:
        table.alter_column("cause", existing_type=sa.String(20), nullable=False)


def _parent(name: str, column: str, *, nullable: bool) -> sa.Column[str]:
    reference = sa.ForeignKey(column, deferrable=True, initially="IMMEDIATE")
    return sa.Column(name, _ID, reference, nullable=nullable, index=True)
