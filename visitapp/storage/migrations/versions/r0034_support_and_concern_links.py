"""Referrals to the market support partner; evidence of a concern, the action that answers it, the
earlier one that it repeats."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

from visitapp.records.base import Json

revision = "0034"
down_revision = "0033"

_ID = sa.String(36)


def upgrade() -> None:
    op.create_table(
        "support_referral",
        *_synced(),
        sa.Column("theme", sa.String(80), nullable=False),
        sa.Column("partner", sa.String(200), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_for", sa.Text(), nullable=False),
        sa.Column("status", sa.String(20), nullable=False, index=True),
        sa.Column("offered_on", sa.Date()),
        sa.Column("taken_up_on", sa.Date()),
        sa.Column("ended_on", sa.Date()),
    )
    op.add_column("concern", sa.Column("repeat_of_id", _ID))
    _link("evidence", "concern_id", "concern")
    _link("concern_update", "action_id", "action")


def _link(name: str, column: str, parent: str) -> None:
    with op.batch_alter_table(name) as table:
        table.add_column(sa.Column(column, _ID))
    with op.batch_alter_table(name) as table:
        table.create_foreign_key(
            f"fk_{name}_{column}_{parent}",
            parent,
            [column],
            ["id"],
            deferrable=True,
            initially="IMMEDIATE",
        )
    op.create_index(f"ix_{name}_{column}", name, [column])


def _synced() -> Iterator[sa.Column[object]]:
    yield sa.Column("id", _ID, primary_key=True)
    yield sa.Column("created_at", sa.DateTime(timezone=True), nullable=False)
    yield sa.Column("created_by", _ID, nullable=False)
    yield sa.Column("deleted", sa.Boolean(), nullable=False)
    yield sa.Column("revision", sa.BigInteger(), nullable=False, index=True)
    yield sa.Column("field_revisions", Json, nullable=False)
    parent = sa.ForeignKey("setting.id", deferrable=True, initially="IMMEDIATE")
    yield sa.Column("setting_id", _ID, parent, nullable=False, index=True)
