"""Documents of providers, contracts and settings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from visitapp.records.base import Json

revision = "0030"
down_revision = "0029"

_ID = sa.String(36)


def upgrade() -> None:
    op.create_table(
        "document",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", _ID, nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False, index=True),
        sa.Column("field_revisions", Json, nullable=False),
        *(_reference(parent) for parent in ("setting", "provider", "contract")),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("title", sa.String(250), nullable=False),
        sa.Column("issued_on", sa.Date()),
        sa.Column("expires_on", sa.Date(), index=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("instead_of_id", _ID),
        sa.Column("withdrawn_on", sa.Date()),
        sa.Column("withdrawn_reason", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(64), index=True),
        sa.Column("media_type", sa.String(80)),
        sa.Column("size", sa.Integer()),
    )


def _reference(parent: str) -> sa.Column[str]:
    key = sa.ForeignKey(f"{parent}.id", deferrable=True, initially="IMMEDIATE")
    return sa.Column(f"{parent}_id", _ID, key, index=True)
