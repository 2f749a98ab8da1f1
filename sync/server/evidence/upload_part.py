"""One part of an upload as it comes in: kept in pieces, never whole in memory.

Without a checksum each piece counts as soon as it is written, so a lost link loses at most what
had not reached the server. With one, the pieces wait and count together when it holds.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING

from msgspec import Struct
from sqlalchemy import Connection, select

from sync.server.evidence.chunks import CHUNK, Chunks
from sync.server.evidence.uploads import Upload, Uploads, moved_on
from sync.server.telemetry.request_context import Trace
from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import EvidenceUpload, new_id
from visitapp.storage.database import Database

if TYPE_CHECKING:
    from hashlib import _Hash

ALGORITHMS = ("sha256", "sha1")


class Checksum(Struct, frozen=True):
    """What a part must add up to: one of `ALGORITHMS`, and the digest."""

    algorithm: str
    digest: bytes


class UploadPart:
    """Takes the bytes of one request. `position` is how far the upload is in the database."""

    def __init__(
        self,
        database: Database,
        uploads: Uploads,
        chunks: Chunks,
        upload: Upload,
        checksum: Checksum | None,
        trace: Trace,
    ) -> None:
        self._database = database
        self._uploads = uploads
        self._chunks = chunks
        self.upload = upload
        self._checksum = checksum
        self._trace = trace
        self._sum: _Hash | None = hashlib.new(checksum.algorithm) if checksum else None
        self._attempt = new_id()
        self._start = upload.position
        self._buffer = bytearray()

    def add(self, data: bytes) -> bool:
        """Take what came; true when enough is there for `keep`."""
        self._buffer += data
        return len(self._buffer) >= CHUNK

    def keep(self, *, rest: bool = False) -> None:
        """Write full pieces to the database, and with `rest` what is left of the last one.

        Raises Refused UPLOAD_POSITION or FILE_TOO_LARGE; then this part is over.
        """
        while len(self._buffer) >= CHUNK or (rest and self._buffer):
            piece = bytes(self._buffer[:CHUNK])
            self._write(piece)
            del self._buffer[:CHUNK]

    def end(self) -> Upload:
        """All came: settle the checksum, and check the whole when the upload is complete.

        Raises Refused UPLOAD_DAMAGED when the part does not add up, which leaves the upload where
        it was; EVIDENCE_DIFFERS when the whole is not what was announced.
        """
        self.keep(rest=True)
        if self._checksum is not None and self._sum is not None:
            self._settle(self._checksum, self._sum.digest())
        if self.upload.position == self.upload.size:
            self._uploads.finish(self.upload, self._trace)
        return self.upload

    def break_off(self) -> None:
        """The link was lost: keep what came, or forget it when its checksum cannot be checked."""
        if self._checksum is None:
            self.keep(rest=True)
        else:
            self._forget()

    def _write(self, piece: bytes) -> None:
        place = (self.upload.id, self._start, self._attempt)
        if self._sum is None:
            self.upload = self._uploads.advance(
                self.upload,
                self._start,
                len(piece),
                lambda connection: self._chunks.write(connection, place, piece, taken=True),
            )
        else:
            self._sum.update(piece)
            with self._database.applying() as session:
                self._require_here(session.connection(), len(piece))
                self._chunks.write(session.connection(), place, piece, taken=False)
        self._start += len(piece)

    def _require_here(self, connection: Connection, length: int) -> None:
        """Waiting pieces are written only while the upload stands where this part began."""
        wanted = select(EvidenceUpload.position).where(EvidenceUpload.id == self.upload.id)
        if connection.execute(wanted).scalar() != self.upload.position:
            raise moved_on()
        if self._start + length > self.upload.size:
            raise Refused(
                Code.FILE_TOO_LARGE, message("The upload has more bytes than it announced.")
            )

    def _settle(self, wanted: Checksum, found: bytes) -> None:
        if not secrets.compare_digest(wanted.digest, found):
            self._forget()
            raise Refused(
                Code.UPLOAD_DAMAGED,
                message("The part does not match its checksum, so it was not accepted."),
                message("Send this part again."),
            )
        begun = self.upload.position
        self.upload = self._uploads.advance(
            self.upload,
            begun,
            self._start - begun,
            lambda connection: self._chunks.take(connection, self.upload.id, self._attempt),
        )

    def _forget(self) -> None:
        with self._database.applying() as session:
            self._chunks.drop(session.connection(), self.upload.id, self._attempt)
