"""What live risk said of settings, night by night."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from visitapp.records.base import Json

revision = "0037"
down_revision = "0035"

_ID = sa.String(36)


def upgrade() -> None:
    op.create_table(
        "risk_score",
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
        sa.Column("scored_on", sa.Date(), nullable=False, index=True),
        sa.Column("model_id", sa.String(80), nullable=False),
        sa.Column("model_version", sa.String(20), nullable=False),
        sa.Column("overall", sa.String(20), nullable=False),
        sa.Column("percent", sa.Integer()),
        sa.Column("coverage", sa.Integer(), nullable=False),
        sa.Column("results", Json, nullable=False),
        sa.Column("answers", Json, nullable=False),
        sa.Column("policy_version", sa.String(20), nullable=False),
    )
