"""The reason why a visit was discarded."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column(
        "visit", sa.Column("discard_reason", sa.Text(), nullable=False, server_default="")
    )
