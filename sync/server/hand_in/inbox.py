"""What revoked devices handed in, for the administrator: seen, given out, forgotten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from msgspec import Struct
from sqlalchemy import select

from sync.server.audit.log import Audit, AuditEvent, at_server
from sync.server.hand_in.receive import HandIns
from visitapp.errors import BadFile, Code, NotFound, Refused
from visitapp.language import message
from visitapp.records import Device, HandIn, User
from visitapp.storage.database import Database, utc_now
from visitapp.storage.whole_file import whole_file


class Listed(Struct, frozen=True):
    """One hand-in, for a list. `ended_at` is None while it is under way or was broken off."""

    id: str
    device: str
    user: str
    begun_at: datetime
    ended_at: datetime | None
    changes: int
    photos: int
    size: int


class HandedInFiles:
    """The hand-ins of one server. key: its 32-byte evidence key. by: the account of whoever gives
    the command, for the audit log."""

    def __init__(
        self,
        database: Database,
        key: bytes,
        clock: Callable[[], datetime] = utc_now,
        *,
        by: str = "",
    ) -> None:
        self._database = database
        self._hand_ins = HandIns(database, key, clock)
        self._audit = Audit(clock)
        self._trace = at_server(by)

    def export(self, hand_in_id: str, out: Path) -> str:
        """Write the rescue file of a hand-in to a new file; gives its passphrase.

        Raises NotFound, Refused when it has not ended or holds nothing, BadFile when the file
        cannot be written, EnvironmentProblem WRONG_KEY.
        """
        with self._database.reading() as session:
            row = session.get(HandIn, hand_in_id)
        if row is None:
            raise _unknown(hand_in_id)
        if row.ended_at is None or row.size == 0:
            raise Refused(
                Code.NOT_FOUND, message("This hand-in has no file, or is not complete yet.")
            )
        passphrase = self._hand_ins.passphrase(row)
        self._write(row, out)
        with self._database.applying() as session:
            detail = {"hand_in": row.id, "sha256": row.sha256}
            connection = session.connection()
            self._audit.record(connection, AuditEvent.HAND_IN_EXPORTED, self._trace, detail)
        return passphrase

    def forget(self, hand_in_id: str) -> None:
        """Forget a hand-in for good. Raises NotFound."""
        with self._database.applying() as session:
            row = session.get(HandIn, hand_in_id)
            if row is None:
                raise _unknown(hand_in_id)
            detail = {"hand_in": row.id, "sha256": row.sha256}
            connection = session.connection()
            self._hand_ins.forget(connection, hand_in_id)
            self._audit.record(connection, AuditEvent.HAND_IN_FORGOTTEN, self._trace, detail)

    def _write(self, row: HandIn, out: Path) -> None:
        try:
            if out.exists():
                raise FileExistsError(0, "this file is there already")
            # It holds somebody's work, so it is for its owner alone.
            with whole_file(out) as file:
                for piece in self._hand_ins.read(row):
                    file.write(piece)
        except OSError as error:
            raise BadFile(
                Code.FILE_UNREADABLE,
                message(
                    "The file cannot be written here: {reason}.", reason=error.strerror or error
                ),
                message("Name a new file."),
                file=str(out),
            ) from error


def listed(database: Database) -> list[Listed]:
    """Every hand-in, the newest first."""
    wanted = (
        select(HandIn, Device.name, User.name)
        .join(Device, Device.id == HandIn.device_id)
        .join(User, User.id == HandIn.user_id)
        .order_by(HandIn.begun_at.desc())
    )
    with database.reading() as session:
        found = session.execute(wanted).all()
    return [
        Listed(
            id=row.id,
            device=device,
            user=user,
            begun_at=row.begun_at,
            ended_at=row.ended_at,
            changes=row.changes,
            photos=row.photos,
            size=row.size,
        )
        for row, device, user in found
    ]


def _unknown(hand_in_id: str) -> NotFound:
    return NotFound(message("Nothing was handed in under the id {id}.", id=hand_in_id))
