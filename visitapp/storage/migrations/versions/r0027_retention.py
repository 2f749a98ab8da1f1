"""Legal holds, and contracts that are deeds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from visitapp.records.base import Json

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.create_table(
        "legal_hold",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(36), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False, index=True),
        sa.Column("field_revisions", Json, nullable=False),
        sa.Column("hold_id", sa.String(36), nullable=False, index=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("subject", sa.String(20), nullable=False),
        sa.Column("subject_id", sa.String(36), nullable=False),
        sa.Column("person", sa.String(20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
    )
    with op.batch_alter_table("contract") as table:
        table.add_column(
            sa.Column[bool]("deed", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
    with op.batch_alter_table("contract") as table:
        table.alter_column("deed", existing_type=sa.Boolean(), server_default=None)
