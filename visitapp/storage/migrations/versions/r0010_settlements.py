"""A conflict is settled by a step. Steps, history and conflicts may belong to one person.

A settlement that waits to be sent becomes a step that waits.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from visitapp.records.base import Instant, Json, new_id

revision = "0010"
down_revision = "0009"

_ID = sa.String(36)
_TRAIL = ("setting_id", "provider_id", "contract_id", "user_id")
_UNSETTLED = {"status": "open", "kept": None, "settled_by": None, "settled_at": None}


def upgrade() -> None:
    for table in ("history", "conflict"):
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("user_id", _ID))
    with op.batch_alter_table("step") as batch:
        batch.alter_column("setting_id", existing_type=_ID, nullable=True)
        batch.add_column(sa.Column("user_id", _ID))
        for parent in ("provider", "contract"):
            batch.add_column(sa.Column(f"{parent}_id", _ID))
            batch.create_foreign_key(
                f"fk_step_{parent}_id_{parent}",
                parent,
                [f"{parent}_id"],
                ["id"],
                deferrable=True,
                initially="IMMEDIATE",
            )
            batch.create_index(f"ix_step_{parent}_id", [f"{parent}_id"])
    _waiting_settlements()


def _waiting_settlements() -> None:
    connection = op.get_bind()
    waiting = connection.execute(
        sa.select(_OUTBOX, *(column for column in _CONFLICT.c if column.name != "id"))
        .join(_CONFLICT, _CONFLICT.c.id == _OUTBOX.c.record_id)
        .where(_OUTBOX.c.kind == "conflict")
        .order_by(_OUTBOX.c.sequence)
    ).all()
    for row in waiting:
        step_id = new_id()
        connection.execute(
            sa.insert(_STEP).values(
                id=step_id,
                created_at=row.settled_at,
                created_by=row.settled_by,
                deleted=False,
                revision=0,
                field_revisions={},
                **{name: getattr(row, name) for name in _TRAIL},
                kind="conflict",
                record_id=row.record_id,
                before="open",
                after="settled",
                reason="",
                fields={"kept": row.kept},
                was=_UNSETTLED,
                accepted=True,
            )
        )
        as_step = {"kind": "step", "record_id": step_id, "created": True, "fields": {}}
        here = _OUTBOX.c.sequence == row.sequence
        connection.execute(sa.update(_OUTBOX).where(here).values(as_step))
    if any(row.batch is not None for row in waiting):
        # What is on its way has settlements as the older server took them. It is sent anew: what
        # the server has of it already meets itself there. Only a field that was edited again since
        # becomes a conflict, which keeps both values.
        connection.execute(sa.delete(sa.table("sent_batch")))
        connection.execute(sa.update(_OUTBOX).values(batch=None))


_OUTBOX = sa.table(
    "outbox",
    sa.column("sequence", sa.Integer()),
    sa.column("kind", sa.String()),
    sa.column("record_id", _ID),
    sa.column("created", sa.Boolean()),
    sa.column("fields", Json),
    sa.column("batch", sa.Integer()),
)
_CONFLICT = sa.table(
    "conflict",
    *(sa.column(name, _ID) for name in ("id", *_TRAIL)),
    sa.column("kept", sa.String()),
    sa.column("settled_by", _ID),
    sa.column("settled_at", Instant()),
)
_STEP = sa.table(
    "step",
    *(sa.column(name, _ID) for name in ("id", "created_by", "record_id", *_TRAIL)),
    sa.column("created_at", Instant()),
    sa.column("deleted", sa.Boolean()),
    sa.column("revision", sa.BigInteger()),
    sa.column("field_revisions", Json),
    *(sa.column(name, sa.String()) for name in ("kind", "before", "after", "reason")),
    sa.column("fields", Json),
    sa.column("was", Json),
    sa.column("accepted", sa.Boolean()),
)
