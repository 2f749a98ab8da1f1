"""Emergency holds on placements that nobody confirmed in time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from sync.merge import Stamp
from sync.server.audit.log import Audit, AuditEvent, at_server
from sync.server.authority.exceptions import end_exceptions
from sync.server.notices.making import NoticeWork, changed_settings
from sync.server.records.fields import completed
from sync.server.records.revisions import Revisions
from sync.server.records.workspace import Workspace
from visitapp.language import translate
from visitapp.records import PlacementPosition
from visitapp.records.codec import moment_to_wire
from visitapp.records.ids import position_id
from visitapp.rules.choices import Position, PositionSource, Rag, RatingKind
from visitapp.rules.policy.read import shipped_policy
from visitapp.rules.ratings import standing
from visitapp.standing.indicators.enforcement import admissions_stopped
from visitapp.standing.placements import NOBODY, ranked_positions
from visitapp.standing.ratings import rating_rows
from visitapp.storage.database import Database
from visitapp.storage.policy_shelf import PolicyShelf


def lapse_holds(database: Database, clock: Callable[[], datetime]) -> list[str]:
    """Put back the position before each hold that ended unconfirmed, unless the setting is Red
    or the regulator has stopped admissions: then it stays closed until somebody decides."""
    with database.storing() as connection:
        # The lock comes first: a decision that is on its way is seen, or comes after.
        revisions, workspace = Revisions(connection, 0), Workspace(connection)
        now, audit = clock(), Audit(clock)

        def stamp() -> Stamp:
            return [revisions.take(), NOBODY, moment_to_wire(now)]

        ended = _ended(connection, now)
        for hold in ended:
            row = workspace.get("placement_position", hold)
            assert row is not None
            values = _after(connection, workspace, row.values, now)
            lapsed = position_id(f"lapsed/{hold}")
            values = completed(PlacementPosition, {**values, "replaces_id": hold})
            workspace.add(PlacementPosition, lapsed, values, stamp())
            detail = {"setting_id": values["setting_id"], "position": values["position"]}
            audit.record(connection, AuditEvent.HOLD_LAPSED, at_server(""), detail)
        end_exceptions(connection, workspace, revisions, now)
        policy = PolicyShelf(shipped_policy()).in_force(connection, now.date())
        notices = NoticeWork(connection, workspace, policy)
        changed = changed_settings(workspace, revisions.first)
        notices.write(changed, revisions.first, NOBODY, now, stamp)
        if notices.made:
            detail = {"notices": notices.made}
            audit.record(connection, AuditEvent.NOTICE_MADE, at_server(""), detail)
        workspace.flush()
    return [translate("Emergency holds that lapsed: {count}.", count=len(ended))]


def _ended(connection: Connection, now: datetime) -> list[str]:
    """The ids of the holds that stand and whose last day is over."""
    positions = ranked_positions()
    over = positions.c.lapses_on < now.date()
    return list(
        connection.execute(select(positions.c.id).where(positions.c.place == 1, over)).scalars()
    )


def _after(
    connection: Connection, workspace: Workspace, hold: dict[str, Any], now: datetime
) -> dict[str, Any]:
    """The position that follows a hold."""
    lapsed = {
        **hold,
        "created_at": now,
        "created_by": NOBODY,
        "from_on": now.date(),
        "settles_id": None,
        "lapses_on": None,
        "source": PositionSource.HOLD_LAPSED.value,
    }
    rating = standing(rating_rows(connection, RatingKind.QUALITY, hold["setting_id"]))
    if rating is not None and rating.rag == Rag.RED:
        closing = {"source": PositionSource.RATING.value, "cause_id": rating.id, "rag": rating.rag}
        return {**lapsed, **closing}
    if admissions_stopped(connection, hold["setting_id"], now.date()):
        return {**lapsed, "source": PositionSource.REGULATOR.value}
    before = workspace.get("placement_position", hold["replaces_id"])
    if before is None:
        nothing = {"position": Position.NOT_ASSESSED.value, "interim": False, "review_on": None}
        return {**lapsed, **nothing}
    kept = ("position", "condition", "interim", "review_on", "rag", "cause_id")
    return {**lapsed, **{name: before.values[name] for name in kept}}
