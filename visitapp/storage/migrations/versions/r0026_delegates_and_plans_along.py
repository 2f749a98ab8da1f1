"""A cover can be a lead's delegation, and a hand-over lists the planned visits that went along."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from visitapp.records.base import Json

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.add_column("cover", sa.Column("for_lead_id", sa.String(36)))
    with op.batch_alter_table("hand_over") as table:
        table.add_column(sa.Column("planned_visits", Json, server_default="[]", nullable=False))
    with op.batch_alter_table("hand_over") as table:
        table.alter_column("planned_visits", existing_type=Json, server_default=None)
