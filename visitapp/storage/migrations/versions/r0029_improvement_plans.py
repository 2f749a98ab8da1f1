"""Improvement plans, what is told about their actions, and what a plan needs of an action."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

from visitapp.records.base import Json

revision = "0029"
down_revision = "0028"

_ID = sa.String(36)


def upgrade() -> None:
    op.create_table(
        "improvement_plan",
        *_synced(),
        sa.Column("setting_id", _ID, _parent("setting.id"), nullable=False, index=True),
        sa.Column("goal", sa.String(600), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("provider_people", sa.String(600), nullable=False),
        sa.Column("status", sa.String(20), nullable=False, index=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("agreed", Json),
        sa.Column("agreed_on", sa.Date()),
        sa.Column("agreed_with", sa.String(200)),
        sa.Column("agreed_by", _ID),
        sa.Column("ended_on", sa.Date()),
    )
    _extend_actions()
    op.create_table(
        "action_update",
        *_synced(),
        sa.Column("setting_id", _ID, _parent("setting.id"), nullable=False, index=True),
        sa.Column("action_id", _ID, _parent("action.id"), nullable=False, index=True),
        sa.Column("visit_id", _ID, _parent("visit.id"), index=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("side", sa.String(20), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("progress", sa.Integer()),
        sa.Column("file", sa.String(64), nullable=False),
    )


def _extend_actions() -> None:
    """Every action that is there is the provider's."""
    kept = {
        "owner_side": (sa.String(20), "provider"),
        "theme": (sa.String(80), ""),
        "success_measure": (sa.Text(), ""),
    }
    with op.batch_alter_table("action") as table:
        table.add_column(sa.Column("plan_id", _ID))
        table.add_column(sa.Column("target", sa.Integer()))
        for name, (type_, value) in kept.items():
            table.add_column(sa.Column(name, type_, nullable=False, server_default=value))
    with op.batch_alter_table("action") as table:
        table.create_foreign_key(
            "fk_action_plan_id_improvement_plan",
            "improvement_plan",
            ["plan_id"],
            ["id"],
            deferrable=True,
            initially="IMMEDIATE",
        )
        for name, (type_, _) in kept.items():
            table.alter_column(name, existing_type=type_, server_default=None)
    op.create_index("ix_action_plan_id", "action", ["plan_id"])


def _parent(column: str) -> sa.ForeignKey:
    return sa.ForeignKey(column, deferrable=True, initially="IMMEDIATE")


def _synced() -> Iterator[sa.Column[object]]:
    yield sa.Column("id", _ID, primary_key=True)
    yield sa.Column("created_at", sa.DateTime(timezone=True), nullable=False)
    yield sa.Column("created_by", _ID, nullable=False)
    yield sa.Column("deleted", sa.Boolean(), nullable=False)
    yield sa.Column("revision", sa.BigInteger(), nullable=False, index=True)
    yield sa.Column("field_revisions", Json, nullable=False)
