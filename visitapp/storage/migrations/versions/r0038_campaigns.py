"""Campaigns of themed audits, and the planned visits that belong to one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from visitapp.records.base import Json

revision = "0038"
down_revision = "0037"

_ID = sa.String(36)


def upgrade() -> None:
    op.create_table(
        "campaign",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", _ID, nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False, index=True),
        sa.Column("field_revisions", Json, nullable=False),
        sa.Column("campaign_id", _ID, nullable=False, index=True),
        sa.Column("turn", sa.String(20), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("form_id", sa.String(80), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
    )
    with op.batch_alter_table("planned_visit") as table:
        table.add_column(sa.Column("campaign_id", _ID))
    with op.batch_alter_table("planned_visit") as table:
        table.create_foreign_key(
            "fk_planned_visit_campaign_id_campaign",
            "campaign",
            ["campaign_id"],
            ["id"],
            deferrable=True,
            initially="IMMEDIATE",
        )
    op.create_index("ix_planned_visit_campaign_id", "planned_visit", ["campaign_id"])
