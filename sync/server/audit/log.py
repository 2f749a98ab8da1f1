"""The audit chain: who saw and changed what, each entry sealed with the one before it.

An entry's hash is the SHA-256 of its own fields and of the hash before it (`seal`). Who writes one
locks the one row of `audit_head` until commit, so entries are numbered without a gap and the chain
never forks. It is the last lock that a transaction takes; who holds it waits for no other.

Entries hold ids, names of kinds and numbers, the network address that a request came from, and for
a command at the server the account that gave it; never what somebody wrote.
"""

from __future__ import annotations

import hashlib
from collections import Counter as Tally
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, insert, update

from sync.results import paired
from sync.server.telemetry.request_context import Trace
from sync.wire import Batch, Change, Creates, Page, Result
from visitapp.errors import Code, EnvironmentProblem
from visitapp.language import message
from visitapp.records import AuditEntry, AuditHead
from visitapp.records.codec import moment_to_wire

BEGINNING = "0" * 64
"""The hash before the first entry."""

_ENTRY = insert(AuditEntry)
_NEXT = (
    update(AuditHead)
    .values(number=AuditHead.number + 1)
    .returning(AuditHead.number, AuditHead.hash)
)
_MOVE = update(AuditHead).values(hash=bindparam("sealed"))


class AuditEvent(StrEnum):
    """What was done. A word never changes its meaning."""

    SERVER_MADE = "server_made"
    SERVER_RESTORED = "server_restored"
    SIGN_IN = "sign_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGN_IN_LIMITED = "sign_in_limited"
    SIGN_IN_ENDED = "sign_in_ended"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - the name of an event, no secret
    PUSHED = "pushed"
    PULLED = "pulled"
    PUBLISHED = "published"
    EVIDENCE_UPLOADED = "evidence_uploaded"
    EVIDENCE_READ = "evidence_read"
    EVIDENCE_DELETED = "evidence_deleted"
    LIST_EXPORTED = "list_exported"
    USER_ADDED = "user_added"
    USER_CHANGED = "user_changed"
    ASSIGNED = "assigned"
    HANDED_OVER = "handed_over"
    COVER_STARTED = "cover_started"
    COVER_ENDED = "cover_ended"
    DELEGATE_STARTED = "delegate_started"
    DELEGATE_ENDED = "delegate_ended"
    REVOKED = "revoked"
    REINSTATED = "reinstated"
    HANDED_IN = "handed_in"
    HAND_IN_EXPORTED = "hand_in_exported"
    HAND_IN_FORGOTTEN = "hand_in_forgotten"
    EXCEPTIONS_EXPIRED = "exceptions_expired"
    HOLD_LAPSED = "hold_lapsed"
    BACKUP = "backup"
    NOTICE_MADE = "notice_made"
    NOTICE_SENT = "notice_sent"
    NOTICE_FAILED = "notice_failed"
    RECORDS_REMOVED = "records_removed"
    LEGAL_HOLD_SET = "legal_hold_set"
    LEGAL_HOLD_LIFTED = "legal_hold_lifted"
    NOTICES_RELEASED = "notices_released"


def at_server(by: str) -> Trace:
    """What is known of a command at the server itself: the account that gave it."""
    return Trace(by=by)


class Audit:
    """Writes entries."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock

    def record(
        self, connection: Connection, event: AuditEvent, trace: Trace, detail: Mapping[str, Any]
    ) -> None:
        """Add an entry in the transaction of what it records, which must be one that writes."""
        head = connection.execute(_NEXT).one_or_none()
        if head is None:
            raise EnvironmentProblem(
                Code.DATABASE_DAMAGED,
                message(
                    "The head of the server's audit log is missing, so nothing more is accepted."
                ),
                message(
                    "Run visitapp-server audit verify. If it reports a fault, restore a backup."
                ),
            )
        fields = {
            "number": head.number,
            "at": moment_to_wire(self._clock()),
            "user_id": trace.user_id,
            "device_id": trace.device_id,
            "request_id": trace.request_id,
            "what": event.value,
            "detail": msgspec.json.encode({**detail, **_origin(trace)}, order="sorted").decode(),
            "previous": head.hash,
        }
        sealed = seal(fields)
        connection.execute(_ENTRY, {**fields, "hash": sealed})
        connection.execute(_MOVE, {"sealed": sealed})

    def pushed(
        self, connection: Connection, trace: Trace, batch: Batch, results: Sequence[Result]
    ) -> None:
        """A batch was taken: each record, the revision it got, and what became of the change. New
        records that were accepted as a group stand as one: their ids, and the first's revision."""
        changes = [
            [change.kind, id_, result.revision, result.code or result.status]
            for change, some in paired(batch.changes, results)
            for id_, result in zip(_ids_of(change, some), some, strict=True)
        ]
        ended: Tally[str] = Tally()
        for result in results:
            ended[result.status] += result.count
        trace.results = dict(ended)
        self.record(connection, AuditEvent.PUSHED, trace, {"batch": batch.id, "changes": changes})

    def pulled(
        self, connection: Connection, trace: Trace, after: int, given: Sequence[Page]
    ) -> None:
        """Records are about to be given to a device, once the transaction is on disk."""
        settings = {id_ for page in given for id_ in page.settings}
        trace.records = sum(page.count for page in given)
        detail = {
            "after": after,
            "upto": max(page.cursor for page in given),
            "records": trace.records,
            "settings": sorted(settings),
        }
        self.record(connection, AuditEvent.PULLED, trace, detail)


def _origin(trace: Trace) -> dict[str, str]:
    """Where what is recorded came from."""
    known = {"address": trace.address, "by": trace.by}
    return {name: value for name, value in known.items() if value}


def seal(entry: Mapping[str, Any]) -> str:
    """The hash of an entry: SHA-256 over the JSON array of its number, moment, user, device,
    request, event, detail (the text that is kept) and the hash before it, in UTF-8, without spaces.
    """
    names = ("number", "at", "user_id", "device_id", "request_id", "what", "detail", "previous")
    return hashlib.sha256(msgspec.json.encode([entry[name] for name in names])).hexdigest()


def _ids_of(change: Change, results: Sequence[Result]) -> list[Any]:
    """The record of each result; all of a group's when one result stands for all."""
    if not isinstance(change, Creates):
        return [change.id]
    return [change.ids] if len(results) == 1 and results[0].count > 1 else list(change.ids)
