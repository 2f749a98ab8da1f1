"""Placement positions are decided, and follow from a colour no more.

Each setting with a quality rating that stands is given the position that its rating meant, carried
over, with an id and a revision that devices and servers derive alike. A device whose Red has not
reached the server yet closes the setting, as a sign-off does from now on.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
import uuid_utils
from alembic import op

from visitapp.records.base import Instant, Json

revision = "0015"
down_revision = "0014"

_SPACE = uuid_utils.UUID("6f0d3c0e-6d57-5b0e-9a50-7669736974ff")
_ID = sa.String(36)
_POSITIONS = {"red": "closed", "amber": "conditional", "green": "open"}
_UNSENT = 2**63 - 1
_REVIEW = timedelta(days=28)


def upgrade() -> None:
    op.create_table(
        "placement_position",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", _ID, nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False, index=True),
        sa.Column("field_revisions", Json, nullable=False),
        sa.Column(
            "setting_id",
            _ID,
            sa.ForeignKey("setting.id", deferrable=True, initially="IMMEDIATE"),
            nullable=False,
            index=True,
        ),
        sa.Column("replaces_id", _ID, index=True),
        sa.Column("settles_id", _ID, index=True),
        sa.Column("position", sa.String(20), nullable=False),
        sa.Column("condition", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("source", sa.String(20), nullable=False),
        sa.Column("cause_id", _ID),
        sa.Column("interim", sa.Boolean(), nullable=False),
        sa.Column("review_on", sa.Date()),
        sa.Column("lapses_on", sa.Date()),
        sa.Column("rag", sa.String(20), nullable=False),
        sa.Column("policy_version", sa.String(20), nullable=False),
    )
    connection = op.get_bind()
    for setting_id, rows in _ratings(connection).items():
        known = _standing([row for row in rows if row.revision])
        mine = _standing(rows)
        made = [_carried_over(known)] if known else []
        if mine is not None and not mine.revision and mine.rag == "red":
            before = made[-1] if made else None
            if before is None or before["position"] != "closed":
                made.append(_closed(mine, before))
        for position in made:
            connection.execute(sa.insert(_POSITION).values(setting_id=setting_id, **position))


def _ratings(connection: sa.Connection) -> dict[str, list[sa.Row[Any]]]:
    """The quality ratings that have effect, by setting."""
    effective = ("stands", "under_review", "withdrawn")
    wanted = (_RATING.c.kind == "quality", _RATING.c.state.in_(effective), ~_RATING.c.deleted)
    found: dict[str, list[sa.Row[Any]]] = {}
    for row in connection.execute(sa.select(_RATING).where(*wanted)):
        found.setdefault(row.setting_id, []).append(row)
    return found


def _standing(rows: list[sa.Row[Any]]) -> sa.Row[Any] | None:
    """As ratings stand in this version: of each visit the newest row, of those the latest day."""
    newest: dict[str, sa.Row[Any]] = {}
    for row in sorted(rows, key=_age):
        newest[row.visit_id] = row
    standing = [row for row in newest.values() if row.state != "withdrawn"]
    return max(standing, key=lambda row: (row.visited_on, _age(row)), default=None)


def _age(row: sa.Row[Any]) -> tuple[int, datetime, str]:
    return row.revision or _UNSENT, row.since, row.id


def _carried_over(rating: sa.Row[Any]) -> dict[str, Any]:
    return {
        **_EVERY,
        "id": _derived(f"carried-over/{rating.setting_id}"),
        "created_at": rating.since,
        "revision": rating.revision,
        "replaces_id": None,
        "position": _POSITIONS[rating.rag],
        "from_on": rating.since.astimezone(UTC).date(),
        "reason": "",
        "source": "carried_over",
        "cause_id": rating.id,
        "interim": False,
        "review_on": None,
        "rag": rating.rag,
        "policy_version": rating.policy_version,
    }


def _closed(rating: sa.Row[Any], before: dict[str, Any] | None) -> dict[str, Any]:
    day = rating.since.astimezone(UTC).date()
    return {
        **_EVERY,
        "id": _derived(f"rating/{rating.id}"),
        "created_at": rating.since,
        "revision": 0,
        "replaces_id": before["id"] if before else None,
        "position": "closed",
        "from_on": day,
        "reason": rating.reason,
        "source": "rating",
        "cause_id": rating.id,
        "interim": True,
        "review_on": day + _REVIEW,
        "rag": rating.rag,
        "policy_version": rating.policy_version,
    }


def _derived(cause: str) -> str:
    return str(uuid_utils.uuid5(_SPACE, f"position/{cause}"))


_EVERY = {
    "created_by": "server",
    "deleted": False,
    "field_revisions": {},
    "settles_id": None,
    "condition": "",
    "lapses_on": None,
}
_RATING = sa.table(
    "rating",
    *(sa.column(name, sa.String()) for name in ("id", "setting_id", "visit_id", "kind", "state")),
    *(sa.column(name, sa.String()) for name in ("rag", "reason", "policy_version")),
    sa.column("since", Instant()),
    sa.column("visited_on", sa.Date()),
    sa.column("revision", sa.BigInteger()),
    sa.column("deleted", sa.Boolean()),
)
_TEXTS = ("id", "created_by", "setting_id", "replaces_id", "settles_id", "position", "condition")
_POSITION = sa.table(
    "placement_position",
    *(sa.column(name, sa.String()) for name in _TEXTS),
    *(sa.column(name, sa.String()) for name in ("reason", "source", "cause_id", "rag")),
    *(sa.column(name, sa.Date()) for name in ("from_on", "review_on", "lapses_on")),
    *(sa.column(name, sa.Boolean()) for name in ("deleted", "interim")),
    sa.column("policy_version", sa.String()),
    sa.column("created_at", Instant()),
    sa.column("revision", sa.BigInteger()),
    sa.column("field_revisions", Json),
)
