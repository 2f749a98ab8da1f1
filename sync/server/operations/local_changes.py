"""What commands at the server itself have in common: who they are, and that it is written down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from sync.merge import Stamp
from sync.server.accounts.passwords import Passwords
from sync.server.audit.log import Audit, AuditEvent, at_server
from sync.server.records.revisions import Revisions
from visitapp.records.codec import moment_to_wire
from visitapp.storage.database import Database, utc_now

SERVER = "server"
"""Who stands behind a change that was made at the server itself."""


class AtServer:
    """Changes at one server, stamped like any other so that they reach every device.

    by: the account of whoever gives the command, for the audit log.
    """

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime] = utc_now,
        passwords: Passwords | None = None,
        *,
        by: str = "",
    ) -> None:
        self._database = database
        self._clock = clock
        self._passwords = passwords or Passwords()
        self._audit = Audit(clock)
        self._trace = at_server(by)

    def _record(self, connection: Connection, event: AuditEvent, **detail: object) -> None:
        self._audit.record(connection, event, self._trace, detail)

    def _stamp(self, revisions: Revisions) -> Stamp:
        return [revisions.take(), SERVER, moment_to_wire(self._clock())]
