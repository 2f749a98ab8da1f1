"""Interventions, their exit criteria, and what was counted for them."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

from visitapp.records.base import Json

revision = "0031"
down_revision = "0030"

_ID = sa.String(36)


def upgrade() -> None:
    op.create_table(
        "intervention",
        *_synced(),
        sa.Column("setting_id", _ID, _parent("setting.id"), nullable=False, index=True),
        sa.Column("referred_on", sa.Date(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("status", sa.String(20), nullable=False, index=True),
        sa.Column("decided_by", _ID),
        sa.Column("decided_on", sa.Date()),
        sa.Column("officer_id", _ID, index=True),
        sa.Column("starts_on", sa.Date()),
        sa.Column("planned_to", sa.Date()),
        sa.Column("sustain_months", sa.Integer()),
        sa.Column("sustained_from", sa.Date()),
        sa.Column("stepped_down_on", sa.Date()),
        sa.Column("ended_on", sa.Date()),
        sa.Column("result", sa.String(20)),
        sa.Column("summary", sa.Text()),
    )
    op.create_table(
        "exit_criterion",
        *_synced(),
        sa.Column("setting_id", _ID, _parent("setting.id"), nullable=False, index=True),
        sa.Column("intervention_id", _ID, _parent("intervention.id"), nullable=False, index=True),
        sa.Column("text", sa.String(300), nullable=False),
        sa.Column("measure", sa.String(20), nullable=False),
        sa.Column("bound", sa.String(20), nullable=False),
        sa.Column("unit", sa.String(20), nullable=False),
        sa.Column("needed", sa.Integer(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(80), nullable=False),
        sa.Column("how_checked", sa.String(300), nullable=False),
    )
    op.create_table(
        "criterion_reading",
        *_synced(),
        sa.Column("setting_id", _ID, _parent("setting.id"), nullable=False, index=True),
        sa.Column("criterion_id", _ID, _parent("exit_criterion.id"), nullable=False, index=True),
        sa.Column("visit_id", _ID, _parent("visit.id"), index=True),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("counted_of", sa.Integer()),
        sa.Column("note", sa.Text(), nullable=False),
    )


def _parent(column: str) -> sa.ForeignKey:
    return sa.ForeignKey(column, deferrable=True, initially="IMMEDIATE")


def _synced() -> Iterator[sa.Column[object]]:
    yield sa.Column("id", _ID, primary_key=True)
    yield sa.Column("created_at", sa.DateTime(timezone=True), nullable=False)
    yield sa.Column("created_by", _ID, nullable=False)
    yield sa.Column("deleted", sa.Boolean(), nullable=False)
    yield sa.Column("revision", sa.BigInteger(), nullable=False, index=True)
    yield sa.Column("field_revisions", Json, nullable=False)
