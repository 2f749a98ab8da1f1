"""Joint visits: what a user may do at a setting that is theirs only through a visit they joined."""

from __future__ import annotations

from sqlalchemy import Connection, select

from sync.server.records.workspace import Workspace
from visitapp.records import FROZEN, Joining, Visit
from visitapp.rules.access import Actor


class JointWork:
    """Which visits an actor joined that are not signed off, in one transaction."""

    def __init__(self, connection: Connection, workspace: Workspace, actor: Actor) -> None:
        self._connection = connection
        self._workspace = workspace
        self._actor = actor
        self._stored: dict[str, list[tuple[str, str]]] = {}

    def visits(self, setting_id: str) -> frozenset[str]:
        """The visits of a setting that the actor was asked to join and that are not signed off, as
        this transaction sees them; a discarded one too, so that what was written before the news of
        it came is not lost. One query for each setting that is not theirs otherwise."""
        if setting_id not in self._stored:
            found = self._connection.execute(
                select(Joining.id, Joining.visit_id).where(
                    Joining.setting_id == setting_id, Joining.user_id == self._actor.id
                )
            )
            self._stored[setting_id] = [(row.id, row.visit_id) for row in found]
        return frozenset(
            visit_id
            for joining_id, visit_id in self._stored[setting_id]
            if self._holds(joining_id) and self._is_open(visit_id)
        )

    def _holds(self, joining_id: str) -> bool:
        joining = self._workspace.get(Joining.__tablename__, joining_id)
        return joining is not None and not joining.values["deleted"]

    def _is_open(self, visit_id: str) -> bool:
        visit = self._workspace.get(Visit.__tablename__, visit_id)
        return visit is not None and visit.values["status"] not in FROZEN
