"""Placement exceptions: one person's placement in a setting that is closed to new ones."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from visitapp.records.base import Json

revision = "0023"
down_revision = "0022"

_ID = sa.String(36)
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    setting = sa.ForeignKey("setting.id", deferrable=True, initially="IMMEDIATE")
    op.create_table(
        "placement_exception",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("created_by", _ID, nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False, index=True),
        sa.Column("field_revisions", Json, nullable=False),
        sa.Column("setting_id", _ID, setting, nullable=False, index=True),
        sa.Column("person", sa.String(20), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("needed_by", sa.Date()),
        sa.Column("status", sa.String(20), nullable=False, index=True),
        sa.Column("assessment", Json),
        sa.Column("assessed_by", _ID),
        sa.Column("assessed_at", _MOMENT),
        sa.Column("decided_by", _ID),
        sa.Column("decided_on", sa.Date()),
        sa.Column("conditions", sa.Text()),
        sa.Column("valid_to", sa.Date()),
        sa.Column("policy_version", sa.String(20)),
        sa.Column("placed_on", sa.Date()),
        sa.Column("ended_on", sa.Date()),
    )
