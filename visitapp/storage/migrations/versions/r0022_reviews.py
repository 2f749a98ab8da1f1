"""Comments on answers, second reviews, and the server's draw of visits for review.

A visit that waits for its review already was not drawn, and is reviewed.
"""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op

from visitapp.records.base import Json

revision = "0022"
down_revision = "0021"

_ID = sa.String(36)
_MOMENT = sa.DateTime(timezone=True)
_KEY_BYTES = 32


def upgrade() -> None:
    _table(
        "review_comment",
        sa.Column("reply_to_id", _ID, _parent("review_comment.id"), index=True),
        sa.Column("question", sa.String(80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
    )
    _table(
        "second_review",
        sa.Column("signed_off_at", _MOMENT, nullable=False),
        sa.Column("reviewer_id", _ID, nullable=False, index=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
    )
    _table(
        "review_draw",
        sa.Column("signed_off_at", _MOMENT, nullable=False),
        sa.Column("reasons", Json, nullable=False),
        sa.Column("policy_version", sa.String(20), nullable=False),
    )
    with op.batch_alter_table("counter") as table:
        table.add_column(sa.Column("draw_key", sa.LargeBinary()))
    op.execute(sa.update(_COUNTER).values(draw_key=secrets.token_bytes(_KEY_BYTES)))
    with op.batch_alter_table("counter") as table:
        table.alter_column("draw_key", nullable=False)


def _table(name: str, *columns: sa.Column[object]) -> None:
    """A table of records that belong to a visit."""
    op.create_table(
        name,
        sa.Column("id", _ID, primary_key=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("created_by", _ID, nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False, index=True),
        sa.Column("field_revisions", Json, nullable=False),
        sa.Column("setting_id", _ID, _parent("setting.id"), nullable=False, index=True),
        sa.Column("visit_id", _ID, _parent("visit.id"), nullable=False, index=True),
        *columns,
    )


def _parent(column: str) -> sa.ForeignKey:
    return sa.ForeignKey(column, deferrable=True, initially="IMMEDIATE")


_COUNTER = sa.table("counter", sa.column("draw_key", sa.LargeBinary()))
