"""Visits are planned, and a visit names the plan that it carries out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from visitapp.records.base import Json

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.create_table(
        "planned_visit",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(36), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False, index=True),
        sa.Column("field_revisions", Json, nullable=False),
        sa.Column(
            "setting_id",
            sa.String(36),
            sa.ForeignKey("setting.id", deferrable=True, initially="IMMEDIATE"),
            nullable=False,
            index=True,
        ),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("form_id", sa.String(80)),
        sa.Column("officer_id", sa.String(36)),
        sa.Column("window_from", sa.Date(), nullable=False),
        sa.Column("window_to", sa.Date(), nullable=False),
        sa.Column("first_planned_on", sa.Date(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False, index=True),
        sa.Column("status", sa.String(20), nullable=False, index=True),
        sa.Column("moved_count", sa.Integer(), nullable=False),
    )
    op.add_column("visit", sa.Column("planned_visit_id", sa.String(36)))
    op.create_index("ix_visit_planned_visit_id", "visit", ["planned_visit_id"])
