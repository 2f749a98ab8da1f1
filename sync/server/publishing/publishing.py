"""What a council publishes: kept for good, given to every device by the ordinary pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from sync.merge import Stamp
from sync.server.accounts.accounts import Accounts
from sync.server.audit.log import Audit, AuditEvent
from sync.server.records.fields import completed
from sync.server.records.revisions import Revisions
from sync.server.records.workspace import Row, Workspace
from sync.server.telemetry.request_context import Trace
from visitapp.errors import NotAllowed, Refused
from visitapp.language import Message
from visitapp.records import Synced
from visitapp.records.codec import moment_to_wire
from visitapp.rules.access import Actor
from visitapp.storage.database import Database


class Publishing:
    """Makes the records of published forms and policies, which are known by the digest of their
    text."""

    def __init__(
        self,
        database: Database,
        accounts: Accounts,
        audit: Audit,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._accounts = accounts
        self._audit = audit
        self._clock = clock

    def publisher(
        self, access_token: str, refusal: Callable[[Actor], Message | None], trace: Trace
    ) -> Actor:
        """Who holds the token. Raises NotAllowed when `refusal` has a reason."""
        with self._database.reading() as session:
            actor = self._accounts.known(session.connection(), access_token, trace).sender.actor
        why = refusal(actor)
        if why:
            raise NotAllowed(why)
        return actor

    def keep(
        self,
        record: type[Synced],
        id_: str,
        values: Mapping[str, Any],
        actor: Actor,
        trace: Trace,
        *,
        taken: Refused,
        audited: Mapping[str, str],
        check: Callable[[Connection], None] = lambda _: None,
    ) -> Row:
        """The record with this id, made unless it is there. Raises `taken` when it is there with
        another text, and what `check` raises of one that is new."""
        with self._database.applying() as session:
            connection = session.connection()
            # The lock comes first: of two that publish one version, the second finds the first's.
            revisions = Revisions(connection, 1)
            workspace = Workspace(connection)
            kept = workspace.get(record.__tablename__, id_)
            if kept is not None:
                if kept.values["digest"] != values["digest"]:
                    raise taken
                return kept
            check(connection)
            now = self._clock()
            made = {**values, "created_at": now, "created_by": actor.id}
            stamp: Stamp = [revisions.take(), actor.id, moment_to_wire(now)]
            row = workspace.add(record, id_, completed(record, made), stamp)
            workspace.flush()
            self._audit.record(connection, AuditEvent.PUBLISHED, trace, audited)
            return row
