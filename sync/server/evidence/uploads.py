"""Uploads of evidence in the terms of tus 1.0, without any HTTP.

All state is in the database: who takes the next part of an upload need not have seen the one
before. Two requests that write to one upload at once cannot mix: each piece moves the position from
where it starts to where it ends, under a lock on the upload's row, and whoever comes second finds
the position moved.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from sync.server.accounts.accounts import Accounts
from sync.server.audit.log import Audit, AuditEvent
from sync.server.evidence.access import has_shown, prove, require_sending
from sync.server.evidence.chunks import Chunks
from sync.server.telemetry.request_context import Trace
from visitapp.errors import Code, NotFound, Refused
from visitapp.language import message
from visitapp.records import EvidenceContent, EvidenceUpload, User, new_id
from visitapp.rules.access import Actor
from visitapp.rules.evidence import MOST_BYTES
from visitapp.storage.database import Database

LASTS = timedelta(days=7)
"""How long an upload is kept after its last byte."""


class Upload(Struct, frozen=True):
    """How far an upload is: `position` of `size` bytes are safe."""

    id: str
    sha256: str
    size: int
    position: int
    expires_at: datetime


class Uploads:
    """The uploads of one server."""

    def __init__(
        self,
        database: Database,
        accounts: Accounts,
        chunks: Chunks,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._accounts = accounts
        self._chunks = chunks
        self._clock = clock
        self._audit = Audit(clock)

    def create(
        self, access_token: str, sha256: str, size: int, trace: Trace | None = None
    ) -> Upload:
        """Begin an upload. One of bytes that the server holds is complete at once, for a user who
        has shown them. `trace` is told who asks.

        Raises NotAllowed when no record of the user's names these bytes, Refused FILE_TOO_LARGE.
        """
        if size > MOST_BYTES:
            raise too_large()
        with self._database.applying() as session:
            connection = session.connection()
            actor = self._accounts.known(connection, access_token, trace).sender.actor
            require_sending(connection, actor, sha256, size)
            self._forget_expired(connection)
            held = _is_held(connection, sha256, size) and has_shown(connection, actor, sha256, size)
            if held:
                prove(connection, actor, sha256, size, self._clock())
            upload = Upload(new_id(), sha256, size, size if held else 0, self._clock() + LASTS)
            connection.execute(
                insert(EvidenceUpload).values(
                    id=upload.id,
                    user_id=actor.id,
                    sha256=sha256,
                    size=size,
                    position=upload.position,
                    expires_at=upload.expires_at,
                )
            )
            return upload

    def find(self, access_token: str, upload_id: str, trace: Trace | None = None) -> Upload:
        """How far an upload of the user's is; one whose bytes are all there is finished first.
        `trace` is told who asks.

        Raises NotFound, NotAllowed, or Refused EVIDENCE_DIFFERS as `finish` does.
        """
        trace = trace or Trace()
        with self._database.reading() as session:
            connection = session.connection()
            actor = self._accounts.known(connection, access_token, trace).sender.actor
            upload = self._mine(connection, actor, upload_id)
            require_sending(connection, actor, upload.sha256, upload.size)
            held = _is_done(connection, actor, upload)
        if upload.position == upload.size and not held:
            self.finish(upload, trace)
        return upload

    def advance(
        self, upload: Upload, at: int, length: int, write: Callable[[Connection], None]
    ) -> Upload:
        """Move the position from `at` by `length`, with what `write` does, in one transaction.

        Raises Refused UPLOAD_POSITION when somebody else moved it, FILE_TOO_LARGE, NotFound.
        """
        if at + length > upload.size:
            raise Refused(
                Code.FILE_TOO_LARGE, message("The upload has more bytes than it announced.")
            )
        expires_at = self._clock() + LASTS
        with self._database.applying() as session:
            connection = session.connection()
            # The condition and the change are one statement: the row is locked until commit.
            moved = connection.execute(
                update(EvidenceUpload)
                .where(EvidenceUpload.id == upload.id, EvidenceUpload.position == at)
                .values(position=at + length, expires_at=expires_at)
            )
            if not moved.rowcount:
                raise moved_on()
            write(connection)
        return Upload(upload.id, upload.sha256, upload.size, at + length, expires_at)

    def finish(self, upload: Upload, trace: Trace) -> None:
        """Check the hash of a whole upload and let its bytes stand; the audit log has that
        `trace` brought them.

        Raises Refused EVIDENCE_DIFFERS when they are not what they were said to be; they are
        thrown away then. Doing it twice, or at once on two workers, changes nothing.
        """
        found = hashlib.sha256()
        for part in self._chunks.read(upload.id, 0, upload.size):
            found.update(part)
        with self._database.applying() as session:
            connection = session.connection()
            actor = _lock(connection, upload.id)
            if _is_done(connection, actor, upload):
                return
            whole = found.hexdigest() == upload.sha256
            if whole:
                self._let_stand(connection, upload)
                prove(connection, actor, upload.sha256, upload.size, self._clock())
                detail = {"upload": upload.id, "sha256": upload.sha256, "size": upload.size}
                self._audit.record(connection, AuditEvent.EVIDENCE_UPLOADED, trace, detail)
            else:
                self._forget(connection, upload.id)
        if not whole:
            raise Refused(
                Code.EVIDENCE_DIFFERS,
                message("The upload does not match its record, so it was deleted."),
                message("Send it again from the start."),
            )

    def _let_stand(self, connection: Connection, upload: Upload) -> None:
        """Keep these bytes as the content, unless another upload of the same bytes was first."""
        content = insert(EvidenceContent).values(
            sha256=upload.sha256,
            size=upload.size,
            content_id=upload.id,
            stored_at=self._clock(),
        )
        try:
            with connection.begin_nested():
                connection.execute(content)
            self._chunks.drop(connection, upload.id)
        except IntegrityError:
            self._chunks.forget(connection, upload.id)

    def terminate(self, access_token: str, upload_id: str, trace: Trace | None = None) -> None:
        """Give an upload up and forget what came of it. Whole bytes that stand stay. `trace` is
        told who asks."""
        with self._database.applying() as session:
            connection = session.connection()
            actor = self._accounts.known(connection, access_token, trace).sender.actor
            self._forget(connection, self._mine(connection, actor, upload_id).id)

    def _mine(self, connection: Connection, actor: Actor, upload_id: str) -> Upload:
        found = connection.execute(
            select(
                EvidenceUpload.id,
                EvidenceUpload.sha256,
                EvidenceUpload.size,
                EvidenceUpload.position,
                EvidenceUpload.expires_at,
            ).where(
                EvidenceUpload.id == upload_id,
                EvidenceUpload.user_id == actor.id,
                EvidenceUpload.expires_at > self._clock(),
            )
        ).one_or_none()
        if found is None:
            raise NotFound(message("This upload does not exist or has expired."))
        return Upload(*found)

    def _forget_expired(self, connection: Connection) -> None:
        old = select(EvidenceUpload.id).where(EvidenceUpload.expires_at <= self._clock())
        for upload_id in connection.execute(old).scalars().all():
            self._forget(connection, upload_id)

    def _forget(self, connection: Connection, upload_id: str) -> None:
        connection.execute(delete(EvidenceUpload).where(EvidenceUpload.id == upload_id))
        stands = select(EvidenceContent.sha256).where(EvidenceContent.content_id == upload_id)
        if connection.execute(stands).first() is None:
            self._chunks.forget(connection, upload_id)


def too_large() -> Refused:
    """What is said of bytes above the limit."""
    limit = MOST_BYTES // (1024 * 1024)
    return Refused(Code.FILE_TOO_LARGE, message("Evidence has at most {limit} MB.", limit=limit))


def moved_on() -> Refused:
    """What is said when a part does not begin where the upload ends."""
    return Refused(
        Code.UPLOAD_POSITION,
        message("This part does not begin where the upload ends."),
        message("Ask for the position of the upload and continue from there."),
    )


def _is_held(connection: Connection, sha256: str, size: int) -> bool:
    """Whether the server has whole bytes of this hash and size."""
    wanted = select(EvidenceContent.sha256).where(
        EvidenceContent.sha256 == sha256, EvidenceContent.size == size
    )
    return connection.execute(wanted).first() is not None


def _is_done(connection: Connection, actor: Actor, upload: Upload) -> bool:
    """Whether an upload was finished: its bytes are here, and its user has shown them."""
    held = _is_held(connection, upload.sha256, upload.size)
    return held and has_shown(connection, actor, upload.sha256, upload.size)


def _lock(connection: Connection, upload_id: str) -> Actor:
    """Hold an upload's row until commit; whose it is. Raises NotFound when another worker threw it
    away."""
    mine = EvidenceUpload.id == upload_id
    held = update(EvidenceUpload).where(mine).values(position=EvidenceUpload.position)
    if not connection.execute(held).rowcount:
        raise NotFound(message("This upload does not exist or has expired."))
    owner = select(User.id, User.role, User.team).join(
        EvidenceUpload, EvidenceUpload.user_id == User.id
    )
    return Actor(*connection.execute(owner.where(mine)).one())
