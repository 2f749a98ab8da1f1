"""That the outcome of a blind visit was shown, and how much was answered before it was hidden."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0038"


def upgrade() -> None:
    op.add_column(
        "visit", sa.Column("revealed", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column(
        "visit", sa.Column("answered_before", sa.Integer(), nullable=False, server_default="0")
    )
