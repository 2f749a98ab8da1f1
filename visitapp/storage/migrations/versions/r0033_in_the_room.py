"""What is recorded in the room: answers found unchanged, good practice, the officer's summary, what
the manager was told, both signatures, and whether the outcome is hidden until all is answered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from visitapp.records.base import Json

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    op.add_column("answer", sa.Column("confirmed", Json))
    op.add_column("answer", _flag("good_practice"))
    op.add_column("visit", _text("summary", 1500))
    op.add_column("visit", _text("told_manager", 600))
    op.add_column("visit", sa.Column("signatures", Json))
    op.add_column("visit", _flag("blind"))


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False, server_default="")
