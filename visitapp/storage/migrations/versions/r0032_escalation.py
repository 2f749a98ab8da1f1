"""The escalation ladder: where settings stand on it, notes, and people who must be moved."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

from visitapp.records.base import Json

revision = "0032"
down_revision = "0031"

_ID = sa.String(36)


def upgrade() -> None:
    op.create_table(
        "escalation",
        *_synced(),
        sa.Column("status", sa.String(20), nullable=False, index=True),
        sa.Column("rungs", Json),
        sa.Column("decisions", sa.Integer(), nullable=False),
        sa.Column("latest", sa.String(60), nullable=False),
        sa.Column("since", sa.Date()),
        sa.Column("next_on", sa.Date()),
    )
    op.create_table(
        "escalation_note",
        *_synced(),
        sa.Column("rung", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("with_whom", sa.String(400), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
    )
    op.create_table(
        "affected_person",
        *_synced(),
        sa.Column("person", sa.String(20), nullable=False),
        sa.Column("needs", sa.Text(), nullable=False),
        sa.Column("critical", sa.Text(), nullable=False),
        sa.Column("funder", sa.String(20), nullable=False),
        sa.Column("alternatives", sa.Text(), nullable=False),
        sa.Column("moved_on", sa.Date()),
        sa.Column("moved_to", sa.String(200), nullable=False),
        sa.Column("off_list", sa.String(400), nullable=False),
    )


def _synced() -> Iterator[sa.Column[object]]:
    yield sa.Column("id", _ID, primary_key=True)
    yield sa.Column("created_at", sa.DateTime(timezone=True), nullable=False)
    yield sa.Column("created_by", _ID, nullable=False)
    yield sa.Column("deleted", sa.Boolean(), nullable=False)
    yield sa.Column("revision", sa.BigInteger(), nullable=False, index=True)
    yield sa.Column("field_revisions", Json, nullable=False)
    parent = sa.ForeignKey("setting.id", deferrable=True, initially="IMMEDIATE")
    yield sa.Column("setting_id", _ID, parent, nullable=False, index=True)
