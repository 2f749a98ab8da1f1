"""Ratings are the server's: of a quality or a contract, in a state, by the day of the visit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_ID = sa.String(36)


def upgrade() -> None:
    _visits()
    _ratings()


def _visits() -> None:
    with op.batch_alter_table("visit") as table:
        table.add_column(sa.Column("contract_id", _ID))
        table.create_foreign_key(
            "fk_visit_contract_id_contract",
            "contract",
            ["contract_id"],
            ["id"],
            deferrable=True,
            initially="IMMEDIATE",
        )
        table.create_index("ix_visit_contract_id", ["contract_id"])


def _ratings() -> None:
    """Every rating so far was of quality and stood. One without a visit is its own."""
    with op.batch_alter_table("rating") as table:
        table.drop_constraint("fk_rating_visit_id_visit", type_="foreignkey")
        table.add_column(sa.Column("contract_id", _ID))
        table.create_foreign_key(
            "fk_rating_contract_id_contract",
            "contract",
            ["contract_id"],
            ["id"],
            deferrable=True,
            initially="IMMEDIATE",
        )
        table.create_index("ix_rating_contract_id", ["contract_id"])
        table.add_column(sa.Column("kind", sa.String(20)))
        table.add_column(sa.Column("state", sa.String(20)))
        table.add_column(sa.Column("visited_on", sa.Date()))
        table.add_column(sa.Column("policy_version", sa.String(20)))
    op.execute(
        "UPDATE rating SET kind = 'quality', state = 'stands', policy_version = '2026.1', "
        "visited_on = COALESCE((SELECT visited_on FROM visit WHERE visit.id = rating.visit_id), "
        f"{_day_of('since')}), visit_id = COALESCE(visit_id, id)"
    )
    with op.batch_alter_table("rating") as table:
        for name in ("visit_id", "kind", "state", "visited_on", "policy_version"):
            table.alter_column(name, nullable=False)
    # The server works ratings out by itself from what is sent of the visits.
    op.execute("DELETE FROM outbox WHERE kind = 'rating'")


def _day_of(column: str) -> str:
    return f"CAST({column} AS date)" if op.get_bind().dialect.name != "sqlite" else f"date({column})"
