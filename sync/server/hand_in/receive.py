"""Taking in what a revoked device has not sent. Nothing of it is merged or read here.

A revoked device reads nothing and changes nothing any more, and what its user typed must not be
lost with it. So it sends a rescue file, sealed under a passphrase, and erases itself once this
server says that it keeps the whole. The file lies in encrypted chunks as evidence does; the
passphrase is sealed with the same key.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterator
from datetime import datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from sync.hand_in import BeginHandIn, HandedIn, HandInStanding
from sync.server.accounts.holders import Leaver, revoked_holder
from sync.server.audit.log import Audit, AuditEvent
from sync.server.evidence.chunks import CHUNK, Chunks
from sync.server.evidence.uploads import moved_on
from sync.server.records.revisions import current
from sync.server.sync.rounds import require_protocol
from sync.server.telemetry.request_context import Trace
from visitapp.errors import Code, EnvironmentProblem, NotAllowed, NotFound, Refused
from visitapp.language import message
from visitapp.records import Device, HandIn, new_id
from visitapp.storage.database import Database

MOST_BYTES = 1024 * 1024 * 1024
"""What one device may have handed in, all in all."""

_NONCE = 12


class HandIns:
    """What revoked devices hand in. key: the server's 32-byte evidence key."""

    def __init__(self, database: Database, key: bytes, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._chunks = Chunks(database, key)
        self._cipher = AESGCM(key)
        self._clock = clock
        self._audit = Audit(clock)

    def begin(self, token: str, asked: BeginHandIn, trace: Trace | None = None) -> HandInStanding:
        """Begin to hand a file in, or say how far it is. Another one that the device had not ended
        is forgotten.

        Raises NotAllowed unless the token is a revoked device's, Refused PROTOCOL, OTHER_SERVER or
        FILE_TOO_LARGE.
        """
        require_protocol(asked.protocol)
        with self._database.applying() as session:
            connection = session.connection()
            leaver = self._leaver(connection, token, asked.device_id, trace)
            server_id, _ = current(connection)
            if asked.server_id != server_id:
                raise Refused(
                    Code.OTHER_SERVER,
                    message(
                        "This is not the server that this device belongs to, so nothing was "
                        "handed in."
                    ),
                )
            mine = (HandIn.device_id == leaver.device_id, HandIn.sha256 == asked.sha256)
            same = (*mine, HandIn.size == asked.size, HandIn.held == asked.held)
            found = connection.execute(select(HandIn.id, HandIn.position).where(*same)).first()
            if found is None:
                self._forget_unended(connection, leaver)
                self._require_room(connection, leaver, asked.size)
            return HandInStanding(
                id=found.id if found else self._add(connection, leaver, asked),
                server_id=server_id,
                device_id=leaver.device_id,
                position=found.position if found else 0,
            )

    def take(
        self, token: str, hand_in_id: str, at: int, part: bytes, trace: Trace | None = None
    ) -> HandInStanding:
        """Take the bytes that follow the first `at`. `trace` is told whose they are.

        Raises NotAllowed, or Refused UPLOAD_POSITION when the file does not stand there or would
        grow beyond its size.
        """
        with self._database.applying() as session:
            connection = session.connection()
            leaver = revoked_holder(connection, token, trace)
            # The condition and the change are one statement: the row is locked until commit.
            moved = connection.execute(
                update(HandIn)
                .where(
                    *_of(leaver, hand_in_id),
                    HandIn.position == at,
                    HandIn.size >= at + len(part),
                )
                .values(position=at + len(part))
            )
            if not moved.rowcount:
                raise moved_on()
            for start in range(0, len(part), CHUNK):
                place = (hand_in_id, at + start, hand_in_id)
                self._chunks.write(connection, place, part[start : start + CHUNK], taken=True)
            return HandInStanding(
                id=hand_in_id,
                server_id=current(connection)[0],
                device_id=leaver.device_id,
                position=at + len(part),
            )

    def end(
        self, token: str, hand_in_id: str, passphrase: str, trace: Trace | None = None
    ) -> HandedIn:
        """Check the whole file, keep it and its passphrase, and confirm that. Asked again, the
        answer is the same.

        Raises NotAllowed, NotFound, or Refused UPLOAD_POSITION when bytes are missing and
        EVIDENCE_DIFFERS when they are others than was announced; they are thrown away then.
        """
        trace = trace or Trace()
        with self._database.reading() as session:
            connection = session.connection()
            leaver = revoked_holder(connection, token, trace)
            row = _row(connection, leaver, hand_in_id)
            server_id, _ = current(connection)
        if row.position != row.size:
            raise moved_on()
        whole = row.ended_at is not None or self._digest(row) == row.sha256
        with self._database.applying() as session:
            connection = session.connection()
            if not whole:
                self.forget(connection, row.id)
            else:
                self._keep(connection, row, passphrase, trace)
        if not whole:
            raise Refused(
                Code.EVIDENCE_DIFFERS,
                message("The upload does not match the file that was announced."),
                message("Send it again."),
            )
        return HandedIn(
            server_id=server_id,
            device_id=leaver.device_id,
            held=row.held,
            sha256=row.sha256,
            size=row.size,
        )

    def forget(self, connection: Connection, hand_in_id: str) -> None:
        """Forget a hand-in with its bytes."""
        connection.execute(delete(HandIn).where(HandIn.id == hand_in_id))
        self._chunks.forget(connection, hand_in_id)

    def read(self, row: HandIn) -> Iterator[bytes]:
        """The file, a piece at a time."""
        return self._chunks.read(row.id, 0, row.position)

    def passphrase(self, row: HandIn) -> str:
        """The passphrase of an ended hand-in. Raises EnvironmentProblem WRONG_KEY."""
        sealed = row.passphrase or b""
        try:
            plain = self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], _name(row.id))
        except (InvalidTag, ValueError):
            raise EnvironmentProblem(
                Code.WRONG_KEY,
                message("This passphrase was sealed with another evidence key."),
                message("Restore the evidence key file that belongs to this database."),
            ) from None
        return plain.decode()

    def _leaver(
        self, connection: Connection, token: str, device_id: str, trace: Trace | None
    ) -> Leaver:
        """The device that asks, its row locked: two beginnings at once come one after the other."""
        leaver = revoked_holder(connection, token, trace)
        if leaver.device_id != device_id:
            raise NotAllowed(message("This token was given to another device."))
        mine = Device.id == device_id
        connection.execute(update(Device).where(mine).values(last_seen=self._clock()))
        return leaver

    def _add(self, connection: Connection, leaver: Leaver, asked: BeginHandIn) -> str:
        made = new_id()
        connection.execute(
            insert(HandIn).values(
                id=made,
                device_id=leaver.device_id,
                user_id=leaver.user_id,
                held=asked.held,
                sha256=asked.sha256,
                size=asked.size,
                position=0,
                changes=asked.changes,
                photos=asked.photos,
                begun_at=self._clock(),
            )
        )
        return made

    def _forget_unended(self, connection: Connection, leaver: Leaver) -> None:
        unended = (HandIn.device_id == leaver.device_id, HandIn.ended_at.is_(None))
        for id_ in connection.execute(select(HandIn.id).where(*unended)).scalars().all():
            self.forget(connection, id_)

    def _require_room(self, connection: Connection, leaver: Leaver, size: int) -> None:
        wanted = select(func.sum(HandIn.size)).where(HandIn.device_id == leaver.device_id)
        if (connection.execute(wanted).scalar() or 0) + size > MOST_BYTES:
            limit = MOST_BYTES // (1024 * 1024)
            raise Refused(
                Code.FILE_TOO_LARGE,
                message(
                    "A device can hand in at most {limit} MB. Nothing was handed in or erased.",
                    limit=limit,
                ),
                message("Ask your administrator to save the work with visitapp rescue."),
            )

    def _digest(self, row: HandIn) -> str:
        found = hashlib.sha256()
        for part in self._chunks.read(row.id, 0, row.size):
            found.update(part)
        return found.hexdigest()

    def _keep(self, connection: Connection, row: HandIn, passphrase: str, trace: Trace) -> None:
        nonce = secrets.token_bytes(_NONCE)
        sealed = nonce + self._cipher.encrypt(nonce, passphrase.encode(), _name(row.id))
        ended = connection.execute(
            update(HandIn)
            .where(HandIn.id == row.id, HandIn.ended_at.is_(None))
            .values(ended_at=self._clock(), passphrase=sealed)
        )
        if ended.rowcount:
            detail = {"hand_in": row.id, "sha256": row.sha256, "size": row.size}
            self._audit.record(connection, AuditEvent.HANDED_IN, trace, detail)
        elif connection.execute(select(HandIn.id).where(HandIn.id == row.id)).first() is None:
            raise _gone()


def _of(leaver: Leaver, hand_in_id: str) -> tuple[ColumnElement[bool], ...]:
    return (HandIn.id == hand_in_id, HandIn.device_id == leaver.device_id)


def _row(connection: Connection, leaver: Leaver, hand_in_id: str) -> HandIn:
    found = connection.execute(
        select(*HandIn.__table__.columns).where(*_of(leaver, hand_in_id))
    ).one_or_none()
    if found is None:
        raise _gone()
    return HandIn(**found._asdict())


def _gone() -> NotFound:
    return NotFound(message("This device handed in nothing under this id."))


def _name(hand_in_id: str) -> bytes:
    return f"visitapp hand-in {hand_in_id}".encode()
