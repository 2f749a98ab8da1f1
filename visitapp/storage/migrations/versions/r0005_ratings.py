"""Ratings are the server's: of a quality or a contract, in a state, by the day of the visit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_ID = sa.String(36)
_FILLED = ("kind", "state", "policy_version", "visited_on", "visit_id", "since")


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
    rating = sa.table("rating", *(sa.column(name) for name in _FILLED), sa.column("id"))
    visit = sa.table("visit", sa.column("id"), sa.column("visited_on"))
    of_visit = sa.select(visit.c.visited_on).where(visit.c.id == rating.c.visit_id)
    op.execute(
        rating.update().values(
            kind="quality",
            state="stands",
            policy_version="2026.1",
            visited_on=sa.func.coalesce(of_visit.scalar_subquery(), sa.func.date(rating.c.since)),
            visit_id=sa.func.coalesce(rating.c.visit_id, rating.c.id),
        )
    )
    with op.batch_alter_table("rating") as table:
        for name in ("visit_id", "kind", "state", "visited_on", "policy_version"):
            table.alter_column(name, nullable=False)
    # The server works ratings out by itself from what is sent of the visits.
    op.execute("DELETE FROM outbox WHERE kind = 'rating'")
