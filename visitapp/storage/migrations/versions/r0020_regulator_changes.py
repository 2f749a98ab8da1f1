"""What regulators' files said anew of settings, and which lists were written to files."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from visitapp.records.base import Json

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "regulator_change",
        *_every_record(),
        sa.Column(
            "setting_id",
            sa.String(36),
            sa.ForeignKey("setting.id", deferrable=True, initially="IMMEDIATE"),
            nullable=False,
            index=True,
        ),
        sa.Column("source", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("domain", sa.String(80), nullable=False),
        sa.Column("before", sa.String(60), nullable=False),
        sa.Column("after", sa.String(60), nullable=False),
        sa.Column("published_on", sa.Date()),
        sa.Column("edition_on", sa.Date()),
        sa.Column("link", sa.String(300), nullable=False),
    )
    op.create_table(
        "list_export",
        *_every_record(),
        sa.Column("user_id", sa.String(36), nullable=False, index=True),
        sa.Column("list_name", sa.String(80), nullable=False),
        sa.Column("filters", sa.String(250), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("file_type", sa.String(10), nullable=False),
    )


def _every_record() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(36), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False, index=True),
        sa.Column("field_revisions", Json, nullable=False),
    ]
