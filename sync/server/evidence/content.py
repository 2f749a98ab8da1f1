"""Evidence bytes of one server: what uploads stand on, and what is handed out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from msgspec import Struct
from sqlalchemy import select

from sync.server.accounts.accounts import Accounts
from sync.server.audit.log import Audit, AuditEvent
from sync.server.evidence.access import not_here, require_sight
from sync.server.evidence.chunks import Chunks
from sync.server.evidence.upload_part import Checksum, UploadPart
from sync.server.evidence.uploads import Upload, Uploads
from sync.server.telemetry.request_context import Trace
from visitapp.records import EvidenceContent
from visitapp.storage.database import Database


class Content(Struct, frozen=True):
    """Whole bytes that the server holds."""

    sha256: str
    size: int
    content_id: str


class EvidenceBytes:
    """Takes and gives the bytes of evidence. key: the server's 32-byte evidence key."""

    def __init__(
        self,
        database: Database,
        accounts: Accounts,
        key: bytes,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._accounts = accounts
        self._audit = Audit(clock)
        self._chunks = Chunks(database, key)
        self.uploads = Uploads(database, accounts, self._chunks, clock)

    def part(self, upload: Upload, checksum: Checksum | None, trace: Trace) -> UploadPart:
        """What takes the next part of an upload, which begins where the upload stands."""
        return UploadPart(self._database, self.uploads, self._chunks, upload, checksum, trace)

    def find(self, access_token: str, sha256: str, trace: Trace | None = None) -> Content:
        """The content with this hash, to be given out: the audit log has it when this returns.

        Raises NotFound unless it is here and the user sees it.
        """
        trace = trace or Trace()
        with self._database.reading() as session:
            connection = session.connection()
            actor = self._accounts.known(connection, access_token, trace).sender.actor
            require_sight(connection, actor, sha256)
            wanted = select(
                EvidenceContent.sha256, EvidenceContent.size, EvidenceContent.content_id
            ).where(EvidenceContent.sha256 == sha256)
            found = connection.execute(wanted).one_or_none()
        if found is None:
            raise not_here()
        content = Content(*found)
        with self._database.applying() as session:
            detail = {"sha256": content.sha256, "size": content.size}
            self._audit.record(session.connection(), AuditEvent.EVIDENCE_READ, trace, detail)
        return content

    def read(self, content: Content, first: int, end: int) -> Iterator[bytes]:
        """The bytes of a content from `first` up to `end`, in pieces."""
        return self._chunks.read(content.content_id, first, end)
