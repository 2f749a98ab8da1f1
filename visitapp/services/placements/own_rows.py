"""Rows that this device writes for itself, until the server's replace them: ratings, and the
positions that follow from a Red.

They are not captured: nothing of them is sent, because the server works out the same rows. A row of
this device has revision 0.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from visitapp.records import Outbox, PlacementPosition, Rating, Synced
from visitapp.rules.choices import RatingKind
from visitapp.rules.policy.model import Policy
from visitapp.rules.ratings import standing
from visitapp.standing.placements import interim_position, may_let_a_red_stand
from visitapp.standing.ratings import rating_rows


def write_rating(
    session: Session, made: dict[str, Any], policy: Policy, *, by: str, at: datetime
) -> None:
    """Write a rating row; if it lets a Red stand, the position that closes the setting too."""
    _write(session, Rating, {**made, "created_by": by, "created_at": at})
    if made["kind"] != RatingKind.QUALITY or not may_let_a_red_stand(made):
        return
    rows = rating_rows(session, RatingKind.QUALITY, made["setting_id"])
    before = standing(row for row in rows if row.id != made["id"])
    closing = interim_position(session, made, before, standing(rows), policy, at)
    if closing is not None:
        _write(session, PlacementPosition, closing)


def forget_unconfirmed_positions(connection: Connection) -> None:
    """Remove the positions that this device wrote for ratings that it does not hold as its own any
    more: they are gone, or the server has confirmed them without closing the setting."""
    own = select(Rating.id).where(Rating.revision == 0)
    written_here = (PlacementPosition.revision == 0, PlacementPosition.id.not_in(_waiting()))
    connection.execute(
        delete(PlacementPosition).where(*written_here, PlacementPosition.cause_id.not_in(own))
    )


def refused_positions() -> Select[str]:
    """The ids of the decisions that the server refused."""
    return _waiting().where(Outbox.refused_code.is_not(None))


def _waiting() -> Select[str]:
    return select(Outbox.record_id).where(Outbox.kind == PlacementPosition.__tablename__)


def _write(session: Session, kind: type[Synced], fields: dict[str, Any]) -> None:
    row = {**fields, "deleted": False, "revision": 0, "field_revisions": {}}
    session.connection().execute(insert(kind).values(row).on_conflict_do_nothing())
