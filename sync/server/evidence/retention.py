"""Forgetting photos and documents that no record has named for 30 days.

A run marks what is not needed with the moment, takes the mark from what is needed again, and
deletes what has been marked for long enough. So the 30 days are those of this server's clock,
whatever the clock of a device said of the deletion. They begin with the first run that finds the
content whole and not needed, and so never before its upload ended.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, delete, exists, func, or_, select, update

from sync.server.audit.log import Audit, AuditEvent, at_server
from sync.server.evidence.chunks import Chunks
from sync.server.records.revisions import Revisions
from visitapp.records import (
    BYTES_NAMED_BY,
    Conflict,
    ConflictStatus,
    Document,
    Evidence,
    EvidenceContent,
    EvidenceProof,
    EvidenceUpload,
    HandIn,
)
from visitapp.storage.database import Database, utc_now

KEPT_FOR = timedelta(days=30)


class Tidied(Struct, frozen=True):
    """What a run did: contents deleted and their bytes, and how many more are not needed yet."""

    deleted: int
    size: int
    waiting: int


class EvidenceTidying:
    """The contents of one server that nothing needs."""

    def __init__(
        self, database: Database, clock: Callable[[], datetime] = utc_now, *, by: str = ""
    ) -> None:
        self._database = database
        self._clock = clock
        self._audit = Audit(clock)
        self._trace = at_server(by)

    def run(self) -> Tidied:
        """Mark what nothing needs, and delete what has been marked for 30 days."""
        now = self._clock()
        needed = _needed(now)
        with self._database.applying() as session:
            _mark(session.connection(), needed, now)
        before = EvidenceContent.unneeded_since <= now - KEPT_FOR
        with self._database.reading() as session:
            old = session.scalars(select(EvidenceContent.sha256).where(before)).all()
        sizes = [size for sha256 in old if (size := self._delete(sha256, needed)) is not None]
        marked = select(func.count()).where(EvidenceContent.unneeded_since.is_not(None))
        with self._database.reading() as session:
            waiting = session.execute(marked).scalar_one()
        return Tidied(deleted=len(sizes), size=sum(sizes), waiting=waiting)

    def forget(self, hashes: Sequence[str]) -> int:
        """Delete these contents now, but for those that something needs; how many went."""
        needed = _needed(self._clock())
        return sum(self._delete(sha256, needed) is not None for sha256 in hashes)

    def _delete(self, sha256: str, needed: ColumnElement[bool]) -> int | None:
        """Delete one content unless something has come to need it; its size when it is gone."""
        with self._database.applying() as session:
            connection = session.connection()
            # Takes no number, but the lock: no record that names it can arrive before the commit.
            Revisions(connection, 0)
            gone = connection.execute(
                delete(EvidenceContent)
                .where(EvidenceContent.sha256 == sha256, ~needed)
                .returning(EvidenceContent.content_id, EvidenceContent.size)
            ).one_or_none()
            if gone is None:
                return None
            Chunks.forget(connection, gone.content_id)
            connection.execute(delete(EvidenceProof).where(EvidenceProof.sha256 == sha256))
            detail = {"sha256": sha256, "size": gone.size}
            self._audit.record(connection, AuditEvent.EVIDENCE_DELETED, self._trace, detail)
            return int(gone.size)


def _mark(connection: Connection, needed: ColumnElement[bool], now: datetime) -> None:
    marked = EvidenceContent.unneeded_since.is_not(None)
    content = update(EvidenceContent)
    connection.execute(content.where(marked, needed).values(unneeded_since=None))
    connection.execute(content.where(~marked, ~needed).values(unneeded_since=now))


def _needed(now: datetime) -> ColumnElement[bool]:
    """Whether somebody may still want a content's bytes.

    A living record names them; one that names them may come back by an open conflict; a device
    relies on them by an upload; or a hand-in that was begun after they came may hold such a record.
    """
    return or_(
        *(_is_named(kind) for kind in BYTES_NAMED_BY),
        exists().where(
            EvidenceUpload.sha256 == EvidenceContent.sha256, EvidenceUpload.expires_at > now
        ),
        exists().where(HandIn.begun_at >= EvidenceContent.stored_at),
    )


def _is_named(kind: type[Evidence | Document]) -> ColumnElement[bool]:
    """Whether a living record of a kind names the bytes, or one that may come back does."""
    names = kind.sha256 == EvidenceContent.sha256
    returning = exists().where(
        names,
        Conflict.kind == kind.__tablename__,
        Conflict.record_id == kind.id,
        Conflict.status == ConflictStatus.OPEN,
        Conflict.deleted.is_(False),
    )
    return or_(exists().where(names, kind.deleted.is_(False)), returning)
