"""An approval waits a few seconds before it can be sent, so that it can be undone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from visitapp.records.base import Instant

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    with op.batch_alter_table("outbox") as table:
        table.add_column(sa.Column("held_until", Instant()))
    where = sa.text("held_until IS NOT NULL")
    op.create_index(
        "ix_outbox_held_until",
        "outbox",
        ["held_until"],
        sqlite_where=where,
        postgresql_where=where,
    )
