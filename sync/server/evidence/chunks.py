"""The bytes of evidence as rows of the database, in encrypted pieces of bounded size.

They lie in the database, so that any worker can take the next part of an upload, and one backup
holds records and bytes. Each piece is sealed with AES-256-GCM under the server's evidence key and
bound to its place, so that pieces cannot be exchanged.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, delete, insert, select, update

from visitapp.errors import Code, EnvironmentProblem
from visitapp.language import message
from visitapp.records import EvidenceChunk
from visitapp.storage.database import Database

CHUNK = 256 * 1024
"""The most plain bytes in one row."""

_NONCE = 12


class Chunks:
    """Pieces of contents, sealed with the server's 32-byte evidence key."""

    def __init__(self, database: Database, key: bytes) -> None:
        self._database = database
        self._cipher = AESGCM(key)

    def write(
        self, connection: Connection, place: tuple[str, int, str], plain: bytes, *, taken: bool
    ) -> None:
        """Keep one piece. place: the content's id, where the piece starts, the attempt it is of."""
        content_id, start, attempt = place
        nonce = secrets.token_bytes(_NONCE)
        sealed = nonce + self._cipher.encrypt(nonce, plain, _name(content_id, start))
        connection.execute(
            insert(EvidenceChunk).values(
                content_id=content_id, start=start, attempt=attempt, taken=taken, sealed=sealed
            )
        )

    @staticmethod
    def take(connection: Connection, content_id: str, attempt: str) -> None:
        """Let the pieces of an attempt count."""
        of_attempt = (EvidenceChunk.content_id == content_id, EvidenceChunk.attempt == attempt)
        connection.execute(update(EvidenceChunk).where(*of_attempt).values(taken=True))

    @staticmethod
    def drop(connection: Connection, content_id: str, attempt: str | None = None) -> None:
        """Forget the pieces of a content that do not count yet: of one attempt, or of all."""
        gone = [EvidenceChunk.content_id == content_id, EvidenceChunk.taken.is_(False)]
        if attempt is not None:
            gone.append(EvidenceChunk.attempt == attempt)
        connection.execute(delete(EvidenceChunk).where(*gone))

    @staticmethod
    def forget(connection: Connection, content_id: str) -> None:
        """Forget every piece of a content."""
        connection.execute(delete(EvidenceChunk).where(EvidenceChunk.content_id == content_id))

    def read(self, content_id: str, first: int, end: int) -> Iterator[bytes]:
        """The bytes from `first` up to `end`, a piece at a time, each in a look of its own.

        Raises EnvironmentProblem WRONG_KEY when they were sealed with another key.
        """
        position = first
        while position < end:
            start, plain = self._piece(content_id, position)
            part = plain[position - start : end - start]
            if not part:
                raise LookupError(f"content {content_id} ends at {position}, not at {end}")
            yield part
            position += len(part)

    def _piece(self, content_id: str, position: int) -> tuple[int, bytes]:
        """The piece that has this position, and where it starts."""
        wanted = (
            select(EvidenceChunk.start, EvidenceChunk.sealed)
            .where(
                EvidenceChunk.content_id == content_id,
                EvidenceChunk.taken.is_(True),
                EvidenceChunk.start <= position,
            )
            .order_by(EvidenceChunk.start.desc())
            .limit(1)
        )
        with self._database.reading() as session:
            found = session.execute(wanted).first()
        if found is None:
            raise LookupError(f"content {content_id} has nothing at {position}")
        return found.start, self.unsealed(content_id, found.start, found.sealed)

    def unsealed(self, content_id: str, start: int, sealed: bytes) -> bytes:
        """One piece decrypted. Raises EnvironmentProblem WRONG_KEY."""
        try:
            return self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], _name(content_id, start))
        except InvalidTag:
            raise EnvironmentProblem(
                Code.WRONG_KEY,
                message("The evidence on this server was encrypted with another key."),
                message("Restore the evidence key file that belongs to this database."),
            ) from None


def _name(content_id: str, start: int) -> bytes:
    return f"visitapp evidence {content_id} {start}".encode()
