"""The rating rows that follow from a batch, and the positions that follow from a Red. The server
alone makes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, false, select

from forms.model import Form
from sync.merge import Stamp
from sync.server.records.fields import completed
from sync.server.records.workspace import Workspace
from sync.tables import table_of
from visitapp.records import PlacementPosition, Rating, Synced, VisitStatus
from visitapp.rules.access import REVIEWERS, Actor
from visitapp.rules.choices import RatingKind
from visitapp.rules.policy.model import Policy
from visitapp.rules.ratings import standing
from visitapp.standing.event_ratings import event_rating
from visitapp.standing.override_ratings import override_ratings
from visitapp.standing.placements import interim_position, may_let_a_red_stand
from visitapp.standing.ratings import rating_rows
from visitapp.standing.visit_ratings import (
    rated_by,
    rated_subject,
    review_rating,
    sign_off_rating,
)


class RatingWork:
    """Collects the visits that a transaction signs off, approves or returns, and rates them."""

    def __init__(
        self,
        connection: Connection,
        workspace: Workspace,
        form_of: Callable[[Mapping[str, Any]], Form],
        policy: Policy,
    ) -> None:
        self._connection = connection
        self._workspace = workspace
        self._form_of = form_of
        self._policy = policy
        self._changed: list[tuple[dict[str, Any], dict[str, Any] | None]] = []
        self._events: list[tuple[dict[str, Any], bool]] = []

    def status_changed(self, visit: dict[str, Any]) -> None:
        """Note a visit that was signed off, approved or returned: its fields then, and its `id`."""
        self._changed.append((visit, None))

    def override_changed(self, override: dict[str, Any]) -> None:
        """Note an override that was asked for, decided or withdrawn: its fields, and its `id`."""
        visit = self._workspace.get("visit", override["visit_id"])
        if visit is not None:
            self._changed.append(({**visit.values, "id": visit.id}, override))

    def event_made(self, event: dict[str, Any], actor: Actor) -> None:
        """Note a significant event that somebody recorded: its fields and its `id`."""
        self._events.append((event, actor.role in REVIEWERS))

    def write(self, user_id: str, at: datetime, stamp: Callable[[], Stamp]) -> None:
        """Make the rows. `user_id`: who signed off or reviewed; `at`: now, by the server."""
        for visit, override in self._changed:
            self._workspace.flush()
            for values in self._rows(visit, override, at):
                if self._workspace.get("rating", values["id"]) is None:
                    self._make({**values, "created_by": user_id, "created_at": at}, at, stamp)
        self._changed.clear()
        for event, reviewer in self._events:
            self._workspace.flush()
            rows = rating_rows(self._connection, RatingKind.QUALITY, event["setting_id"])
            rated = event_rating(event, rows, reviewer=reviewer)
            if rated is not None and self._workspace.get("rating", rated["id"]) is None:
                self._make({**rated, "created_by": user_id, "created_at": at}, at, stamp)
        self._events.clear()

    def _make(self, made: dict[str, Any], at: datetime, stamp: Callable[[], Stamp]) -> None:
        """Write a rating row, and the position that follows from it."""
        self._add(Rating, made, stamp())
        self._close_at_red(made, at, stamp)

    def _rows(
        self, visit: dict[str, Any], override: dict[str, Any] | None, at: datetime
    ) -> list[dict[str, Any]]:
        if override is None:
            values = self._values(visit, at)
            return [] if values is None else [values]
        subject = rated_by(visit, self._form_of(visit))
        if subject is None:
            return []
        rows = rating_rows(self._connection, subject.kind, subject.id)
        return override_ratings(visit, override, subject, rows, at=at, policy=self._policy)

    def _close_at_red(self, made: dict[str, Any], at: datetime, stamp: Callable[[], Stamp]) -> None:
        """Close the setting at once if the row that was just made lets a Red stand."""
        if made["kind"] != RatingKind.QUALITY or not may_let_a_red_stand(made):
            return
        self._workspace.flush()
        rows = rating_rows(self._connection, RatingKind.QUALITY, made["setting_id"])
        before = standing(row for row in rows if row.id != made["id"])
        closing = interim_position(self._connection, made, before, standing(rows), self._policy, at)
        if closing is not None:
            self._add(PlacementPosition, closing, stamp())

    def _add(self, kind: type[Synced], fields: dict[str, Any], stamp: Stamp) -> None:
        values = {name: value for name, value in fields.items() if name != "id"}
        if self._workspace.get(str(kind.__tablename__), fields["id"]) is None:
            self._workspace.add(kind, fields["id"], completed(kind, values), stamp)

    def _values(self, visit: dict[str, Any], at: datetime) -> dict[str, Any] | None:
        if visit["status"] == VisitStatus.SIGNED_OFF:
            subject = rated_by(visit, self._form_of(visit))
            if subject is None:
                return None
            rows = rating_rows(self._connection, subject.kind, subject.id)
            return sign_off_rating(visit, subject, rows, self._policy)
        own = self._own(visit["id"])
        if not own:
            return None
        rows = rating_rows(self._connection, *rated_subject(next(iter(own.values()))))
        return review_rating(visit, rows, own, at=at, policy=self._policy)

    def _own(self, visit_id: str) -> dict[str, dict[str, Any]]:
        """The rating rows of a visit by their id."""
        table = table_of(Rating)
        found = self._connection.execute(
            select(table.c.id).where(table.c.visit_id == visit_id, table.c.deleted == false())
        ).scalars()
        rows = (self._workspace.get("rating", id_) for id_ in found)
        return {row.id: row.values for row in rows if row is not None}
