"""History and conflicts of a provider or a contract belong to it, and no longer to nobody."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    for table in ("history", "conflict"):
        for parent in ("provider", "contract"):
            with op.batch_alter_table(table) as batch:
                batch.add_column(sa.Column(f"{parent}_id", sa.String(36)))
                batch.create_foreign_key(
                    f"fk_{table}_{parent}_id_{parent}",
                    parent,
                    [f"{parent}_id"],
                    ["id"],
                    deferrable=True,
                    initially="IMMEDIATE",
                )
                batch.create_index(f"ix_{table}_{parent}_id", [f"{parent}_id"])
            trail = sa.table(
                table,
                sa.column("kind", sa.String()),
                sa.column("record_id", sa.String()),
                sa.column(f"{parent}_id", sa.String()),
            )
            op.execute(
                trail.update()
                .where(trail.c.kind == parent)
                .values({f"{parent}_id": trail.c.record_id})
            )
