"""Concerns, and what was noted of them since."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

from visitapp.records.base import Json

revision = "0028"
down_revision = "0027"

_ID = sa.String(36)
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "concern",
        *_synced(),
        sa.Column("setting_id", _ID, _parent("setting.id"), nullable=False, index=True),
        sa.Column("visit_id", _ID, _parent("visit.id"), index=True),
        sa.Column("question", sa.String(80)),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("source", sa.String(20), nullable=False),
        sa.Column("received_at", _MOMENT, nullable=False, index=True),
        sa.Column("happened_on", sa.Date()),
        sa.Column("person", sa.String(20)),
        sa.Column("severity", sa.String(20), nullable=False),
        sa.Column("themes", sa.String(400), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reference", sa.String(60), nullable=False, index=True),
        sa.Column("starts_restricted", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(20), nullable=False, index=True),
        sa.Column("stage", sa.String(20)),
        sa.Column("reached", Json, nullable=False),
        sa.Column("restricted_to", sa.String(60), index=True),
        sa.Column("handler_id", _ID),
        sa.Column("reply", sa.Text()),
        sa.Column("decision", sa.String(20)),
        sa.Column("lesson", sa.Text()),
        sa.Column("reopened_count", sa.Integer(), nullable=False),
        sa.Column("harm", sa.String(20)),
        sa.Column("causes", sa.Text()),
        sa.Column("investigator", sa.Text()),
        sa.Column("learned", sa.Text()),
        sa.Column("checked_visit_id", _ID),
    )
    op.create_table(
        "concern_update",
        *_synced(),
        sa.Column("setting_id", _ID, _parent("setting.id"), nullable=False, index=True),
        sa.Column("concern_id", _ID, _parent("concern.id"), nullable=False, index=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("told", sa.String(120), nullable=False),
    )


def _parent(column: str) -> sa.ForeignKey:
    return sa.ForeignKey(column, deferrable=True, initially="IMMEDIATE")


def _synced() -> Iterator[sa.Column[object]]:
    yield sa.Column("id", _ID, primary_key=True)
    yield sa.Column("created_at", _MOMENT, nullable=False)
    yield sa.Column("created_by", _ID, nullable=False)
    yield sa.Column("deleted", sa.Boolean(), nullable=False)
    yield sa.Column("revision", sa.BigInteger(), nullable=False, index=True)
    yield sa.Column("field_revisions", Json, nullable=False)
