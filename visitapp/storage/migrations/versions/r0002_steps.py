"""Steps: an action's state is derived from append-only records.

The state that an action has becomes the base that later steps start from. A change of state that
still waits to be sent is taken back: from now on the server takes only steps.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from visitapp.records.base import Instant, Json

revision = "0002"
down_revision = "0001"

_ID = sa.String(36)
_MOMENT = sa.DateTime(timezone=True)
_STATE = ("status", "due_on", "done_on", "verified_by", "verified_at")


def upgrade() -> None:
    op.create_table(
        "step",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("created_by", _ID, nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False, index=True),
        sa.Column("field_revisions", Json, nullable=False),
        sa.Column("setting_id", _ID, _parent("setting.id"), nullable=False, index=True),
        sa.Column("evidence_id", _ID, _parent("evidence.id"), index=True),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("record_id", _ID, nullable=False, index=True),
        sa.Column("before", sa.String(20), nullable=False),
        sa.Column("after", sa.String(20), nullable=False),
        sa.Column("day", sa.Date()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("fields", Json, nullable=False),
        sa.Column("was", Json, nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
    )
    _take_back_waiting_states()
    _extend_actions()
    with op.batch_alter_table("conflict") as table:
        table.add_column(sa.Column("step_id", _ID))
        table.create_foreign_key(
            "fk_conflict_step_id_step",
            "step",
            ["step_id"],
            ["id"],
            deferrable=True,
            initially="IMMEDIATE",
        )
        table.create_index("ix_conflict_step_id", ["step_id"])


def _parent(column: str) -> sa.ForeignKey:
    return sa.ForeignKey(column, deferrable=True, initially="IMMEDIATE")


def _extend_actions() -> None:
    with op.batch_alter_table("action") as table:
        table.add_column(sa.Column("first_due_on", sa.Date()))
        table.add_column(sa.Column("verified_how", sa.String(20)))
        table.add_column(sa.Column("verified_note", sa.Text()))
        table.add_column(sa.Column("moved_count", sa.Integer()))
        table.add_column(sa.Column("reopened_count", sa.Integer()))
    op.execute("UPDATE action SET first_due_on = due_on, moved_count = 0, reopened_count = 0")
    op.execute("UPDATE action SET status = 'withdrawn' WHERE status = 'cancelled'")
    with op.batch_alter_table("action") as table:
        for name in ("first_due_on", "moved_count", "reopened_count"):
            table.alter_column(name, nullable=False)


def _take_back_waiting_states() -> None:
    """Give actions whose state waits to be sent the state that the server has."""
    connection = op.get_bind()
    waiting = connection.execute(sa.select(_OUTBOX).where(_OUTBOX.c.kind == "action")).all()
    for row in waiting:
        fields = dict(row.fields)
        before: dict[str, Any] = {"status": "open", **dict.fromkeys(_STATE[2:])}
        if not row.created:
            before = {name: fields.pop(name)["old"] for name in _STATE if name in fields}
        if before:
            python = {name: _READ.get(name, str)(v) if v else v for name, v in before.items()}
            here = _ACTION.c.id == row.record_id
            connection.execute(sa.update(_ACTION).where(here).values(python))
        mine = _OUTBOX.c.sequence == row.sequence
        connection.execute(sa.update(_OUTBOX).where(mine).values(fields=fields))


_READ: dict[str, Callable[[str], Any]] = {
    "due_on": date.fromisoformat,
    "done_on": date.fromisoformat,
    "verified_at": datetime.fromisoformat,
}
_OUTBOX = sa.table(
    "outbox",
    sa.column("sequence", sa.Integer()),
    sa.column("kind", sa.String()),
    sa.column("record_id", sa.String()),
    sa.column("created", sa.Boolean()),
    sa.column("fields", Json),
)
_ACTION = sa.table(
    "action",
    sa.column("id", sa.String()),
    sa.column("status", sa.String()),
    sa.column("due_on", sa.Date()),
    sa.column("done_on", sa.Date()),
    sa.column("verified_by", sa.String()),
    sa.column("verified_at", Instant()),
)
