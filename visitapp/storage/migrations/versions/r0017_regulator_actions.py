"""Regulators' enforcement is recorded."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from visitapp.records.base import Json

revision = "0017"
down_revision = "0016"

_ID = sa.String(36)


def upgrade() -> None:
    op.create_table(
        "regulator_action",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", _ID, nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False, index=True),
        sa.Column("field_revisions", Json, nullable=False),
        sa.Column(
            "setting_id",
            _ID,
            sa.ForeignKey("setting.id", deferrable=True, initially="IMMEDIATE"),
            nullable=False,
            index=True,
        ),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date()),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("source", sa.String(250), nullable=False),
    )
