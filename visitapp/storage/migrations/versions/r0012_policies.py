"""A council publishes versions of its policy."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from visitapp.records.base import Json

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "published_policy",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(36), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False, index=True),
        sa.Column("field_revisions", Json, nullable=False),
        sa.Column("version", sa.String(20), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
    )
