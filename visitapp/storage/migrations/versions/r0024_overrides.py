"""Overrides: another rating than the outcome of a visit, once a team lead agrees."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from visitapp.records.base import Json

revision = "0024"
down_revision = "0023"

_ID = sa.String(36)
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "outcome_override",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("created_by", _ID, nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False, index=True),
        sa.Column("field_revisions", Json, nullable=False),
        sa.Column("setting_id", _ID, _parent("setting.id"), nullable=False, index=True),
        sa.Column("visit_id", _ID, _parent("visit.id"), nullable=False, index=True),
        sa.Column("signed_off_at", _MOMENT, nullable=False),
        sa.Column("outcome_rag", sa.String(20), nullable=False),
        sa.Column("rag", sa.String(20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("status", sa.String(20), nullable=False, index=True),
        sa.Column("decided_by", _ID),
        sa.Column("decided_on", sa.Date()),
    )


def _parent(column: str) -> sa.ForeignKey:
    return sa.ForeignKey(column, deferrable=True, initially="IMMEDIATE")
