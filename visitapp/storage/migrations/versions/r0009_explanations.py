"""Why the server refused something is kept so that it can be worded in any language."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from visitapp.records.base import Json

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    for name in ("outbox", "evidence_copy"):
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column("refused_explanation", Json))
