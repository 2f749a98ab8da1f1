"""The daily part of who holds what: covers begin and end, hand-overs are carried out."""

from __future__ import annotations

from collections import Counter

from sync.server.audit.log import AuditEvent
from sync.server.operations.local_changes import AtServer
from sync.server.records.history import write_history
from sync.server.records.holder_changes import HolderChanges
from sync.server.records.revisions import Revisions
from sync.server.records.workspace import Workspace
from visitapp.language import translate
from visitapp.records import HandOver, HandOverState


class HoldersOfTheDay(AtServer):
    """Makes the changes of holders that are due."""

    def run(self) -> list[str]:
        """Make them, in one transaction; what was done, a line each."""
        with self._database.applying() as session:
            connection = session.connection()
            revisions, workspace = Revisions(connection, 0), Workspace(connection)
            changes = HolderChanges(connection, workspace, revisions)
            changes.extend_delegations(self._clock())
            changes.make(self._clock())
            write_history(workspace, revisions)
            workspace.flush()
            for one in changes.events:
                self._record(connection, one.event, **one.detail)
        events = Counter(one.event for one in changes.events)
        states = Counter(row.values["state"] for row in workspace.rows(HandOver.__tablename__))
        return [
            translate(
                "Covers started: {started}, ended: {ended}.",
                started=events[AuditEvent.COVER_STARTED],
                ended=events[AuditEvent.COVER_ENDED],
            ),
            translate(
                "Hand-overs carried out: {done}, not carried out: {not_done}.",
                done=states[HandOverState.DONE],
                not_done=states[HandOverState.NOT_DONE],
            ),
            translate(
                "Delegates of team leads started: {started}, ended: {ended}.",
                started=events[AuditEvent.DELEGATE_STARTED],
                ended=events[AuditEvent.DELEGATE_ENDED],
            ),
        ]
