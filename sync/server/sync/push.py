"""Taking a batch: once, in order, in one transaction with its revisions and its reply."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TypeVar

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, bindparam, insert, select
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from forms.catalogue.catalogue import Library
from sync.server.audit.exports import taken_exports
from sync.server.audit.log import Audit, AuditEvent
from sync.server.notices.clusters import new_clusters
from sync.server.notices.making import NoticeWork, Told
from sync.server.records.revisions import Revisions
from sync.server.records.workspace import Workspace
from sync.server.sync.batch import BatchWork
from sync.server.sync.singly import singly
from sync.server.telemetry.logs import LOG
from sync.server.telemetry.request_context import Trace
from sync.tables import table_of
from sync.wire import Batch, Change, Creates, Result
from visitapp.errors import Code, VisitappError
from visitapp.records import BatchReply
from visitapp.records.codec import moment_to_wire
from visitapp.rules.access import Actor
from visitapp.storage.database import Database
from visitapp.storage.logs import FIELDS
from visitapp.storage.policy_shelf import PolicyShelf
from visitapp.storage.problems import in_words

_RESULTS = msgspec.json.Decoder(list[Result])
_BEFORE = select(BatchReply.payload).where(
    BatchReply.device_id == bindparam("device"), BatchReply.batch_id == bindparam("batch")
)
_ANSWERED = insert(table_of(BatchReply))
T = TypeVar("T")


class Pushed(Struct, frozen=True):
    """What became of a batch: a result for each change, and the revisions first to last that its
    own changes were given, empty (`last < first`) for a batch answered before."""

    results: list[Result]
    first: int = 0
    last: int = -1

    @property
    def taken(self) -> int:
        """How many revisions that were."""
        return self.last - self.first + 1


class Sender(Struct, frozen=True):
    """Who sent a batch, and from which device."""

    actor: Actor
    device_id: str


_Apply = Callable[[Connection, Sender, Sequence[Change], Revisions], list[Result]]
"""Applies changes and gives their results, in order."""


class Store:
    """The server's records, for what devices send."""

    def __init__(
        self,
        database: Database,
        library: Library,
        policies: PolicyShelf,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._library = library
        self._policies = policies
        self._clock = clock
        self._audit = Audit(clock)

    def push(
        self,
        sender: Sender,
        batch: Batch,
        trace: Trace,
        then: Callable[[Connection, Pushed], T],
    ) -> T:
        """Apply a batch, or find the results it got when it came before; what `then` makes of it
        in the same transaction.

        The whole batch goes in bulk. Should anything go wrong that the checks let through, it is
        taken again change by change, and only what is wrong is refused: a device sends a batch
        again until it is answered, so one bad change must never hold up the others.
        """

        def taken(apply: _Apply) -> T:
            with self._database.storing() as connection:
                return then(connection, self._push(connection, sender, batch, trace, apply))

        try:
            return taken(partial(self._in_bulk, trace))
        except VisitappError:
            raise
        except Exception as error:  # change by change says which one it comes from
            LOG.warning(
                "batch_failed", extra={FIELDS: {"request_id": trace.request_id}}, exc_info=error
            )
            return taken(partial(self._one_by_one, trace))

    def _push(
        self,
        connection: Connection,
        sender: Sender,
        batch: Batch,
        trace: Trace,
        apply: _Apply,
    ) -> Pushed:
        # The lock comes first: a copy of the same batch on another connection waits here, and then
        # finds the reply.
        revisions = Revisions(connection, batch.records)
        asked = {"device": sender.device_id, "batch": batch.id}
        before = connection.execute(_BEFORE, asked).scalar()
        if before is not None:
            return Pushed(_RESULTS.decode(before))
        results = apply(connection, sender, batch.changes, revisions)
        connection.execute(
            _ANSWERED,
            {
                "device_id": sender.device_id,
                "batch_id": batch.id,
                "payload": msgspec.json.encode(results),
                "answered_at": self._clock(),
            },
        )
        self._audit.pushed(connection, trace, batch, results)
        return Pushed(results, revisions.first, revisions.last_own)

    def _in_bulk(
        self,
        trace: Trace,
        connection: Connection,
        sender: Sender,
        changes: Sequence[Change],
        revisions: Revisions,
    ) -> list[Result]:
        results, changed = self._applied(trace, connection, sender, changes, revisions)
        self._tell(trace, connection, sender, changed, revisions)
        return results

    def _one_by_one(
        self,
        trace: Trace,
        connection: Connection,
        sender: Sender,
        changes: Sequence[Change],
        revisions: Revisions,
    ) -> list[Result]:
        results: list[Result] = []
        changed = Told()
        for change in singly(changes):
            try:
                with connection.begin_nested():
                    done = self._applied(trace, connection, sender, [change], revisions)
                results += done[0]
                changed.add(done[1])
            except VisitappError:
                raise
            except Exception as error:
                if isinstance(error, DBAPIError) and in_words(error) is not None:
                    raise  # the database itself failed: nothing is known of the change
                count = len(change.ids) if isinstance(change, Creates) else 1
                results += [_refused(error, trace)] * count
        try:
            with connection.begin_nested():
                self._tell(trace, connection, sender, changed, revisions)
        except Exception as error:  # the work of a device is not held up by a notice
            _log_fault(error, trace)
        return results

    def _applied(
        self,
        trace: Trace,
        connection: Connection,
        sender: Sender,
        changes: Sequence[Change],
        revisions: Revisions,
    ) -> tuple[list[Result], Told]:
        """The results, and what is to be told."""
        work = BatchWork(
            connection,
            sender.actor,
            sender.device_id,
            self._library,
            revisions,
            self._clock,
            self._policies.in_force(connection, self._clock().date()),
        )
        results = work.apply(changes)
        for done in work.holders.events:
            self._audit.record(connection, done.event, trace, done.detail)
        for exported in taken_exports(changes, results):
            self._audit.record(connection, AuditEvent.LIST_EXPORTED, trace, exported)
        return results, work.changed

    def _tell(
        self,
        trace: Trace,
        connection: Connection,
        sender: Sender,
        changed: Told,
        revisions: Revisions,
    ) -> None:
        """Make the notices of the whole batch, whichever way it was taken."""
        if not (changed.settings or changed.concerns or changed.steps):
            return
        now, workspace = self._clock(), Workspace(connection)
        policy = self._policies.in_force(connection, now.date())
        work, user_id, at = (
            NoticeWork(connection, workspace, policy),
            sender.actor.id,
            moment_to_wire(now),
        )
        given = (user_id, now, lambda: [revisions.take(), user_id, at])
        work.write(changed.settings, revisions.first, *given)
        today = now.astimezone().date()
        found = new_clusters(connection, changed.concerns, policy.concerns, today)
        work.tell_clusters(found, *given)
        work.tell_steps(changed.steps, *given)
        workspace.flush()
        if work.made:
            self._audit.record(connection, AuditEvent.NOTICE_MADE, trace, {"notices": work.made})


def _refused(error: Exception, trace: Trace) -> Result:
    """The result of a change that met an error; logged when the error is a fault of ours."""
    if isinstance(error, (IntegrityError, DataError)):
        return Result(
            status="refused",
            code=Code.BAD_VALUE,
            text="The server's database cannot hold this record as it was sent.",
        )
    _log_fault(error, trace)
    return Result(
        status="refused",
        code=Code.BUG,
        text=f"The server met a fault of its own with this record, reference {trace.request_id}.",
    )


def _log_fault(error: Exception, trace: Trace) -> None:
    LOG.error("fault", extra={FIELDS: {"request_id": trace.request_id}}, exc_info=error)
