"""Notices of changed ratings and positions, who receives them, and the messages to send."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from visitapp.records.base import Json

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_table(
        "notice_contact",
        *_synced(),
        sa.Column("contact_id", sa.String(36), nullable=False, index=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("audience", sa.String(40), nullable=False),
        sa.Column("district", sa.String(120), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
    )
    op.create_table(
        "notice",
        *_synced(),
        sa.Column(
            "setting_id",
            sa.String(36),
            sa.ForeignKey("setting.id", deferrable=True, initially="IMMEDIATE"),
            nullable=False,
            index=True,
        ),
        sa.Column("event", sa.String(20), nullable=False),
        sa.Column("audience", sa.String(40), nullable=False),
        sa.Column("district", sa.String(120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("policy_version", sa.String(20), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("recipients", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True)),
        sa.Column("error", sa.Text(), nullable=False),
    )
    op.create_table(
        "outgoing_mail",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("message_id", sa.String(120), nullable=False, unique=True),
        sa.Column("notice_id", sa.String(36), index=True),
        sa.Column("address", sa.String(254), nullable=False),
        sa.Column("subject", sa.String(400), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False, index=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_until", sa.DateTime(timezone=True)),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True)),
        sa.Column("error", sa.String(400), nullable=False),
    )


def _synced() -> list[sa.Column[object]]:
    return [
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(36), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False, index=True),
        sa.Column("field_revisions", Json, nullable=False),
    ]
