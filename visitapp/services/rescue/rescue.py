"""Saving what was not sent to one encrypted file, and taking such a file in on another computer."""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from sync.client.account import adopt
from sync.client.round.rows import wire_rows
from sync.wire import Record
from visitapp.errors import Code, EnvironmentProblem
from visitapp.language import message
from visitapp.records import EvidenceCopy, History, Outbox, User, Visit
from visitapp.records.codec import moment_to_wire
from visitapp.rules.passwords import RESCUE_PASSPHRASE, require_strong
from visitapp.services.context import Desk
from visitapp.services.rescue.contents import Contents, gather
from visitapp.services.rescue.file import evidence_in, read_contents, write_contents
from visitapp.services.rescue.loading import Loading
from visitapp.services.views.rescue import RescueFound, RescueLoaded, RescueSaved
from visitapp.storage.database import FILE_NAME
from visitapp.storage.evidence.files import EvidenceFiles
from visitapp.storage.salvage.tables import DRIVER_ERRORS, SalvagedTables, WholeTables, missing

EVIDENCE_FOLDER = "evidence"


def save_rescue(folder: Path, key: bytes, out: Path, passphrase: str, now: datetime) -> RescueSaved:
    """Write everything unsent of the data folder to `out`, sealed with the passphrase.

    key: the raw key of the folder's database, which is only read, with no migration and no demand
    that it is whole: pages that cannot be read are left out and counted. Raises Refused BAD_VALUE
    on a weak passphrase, EnvironmentProblem when the folder holds no data or `out` cannot be
    written.
    """
    require_strong(passphrase, RESCUE_PASSPHRASE)
    contents = unsent_in(folder, key, now)
    files = EvidenceFiles(folder / EVIDENCE_FOLDER, key)
    lost = write_contents(out, passphrase, contents, partial(_bytes, files))
    return RescueSaved(
        file=str(out),
        changes=_counted(contents),
        records=sum(map(len, contents.records.values())),
        visits=len(contents.records.get(Visit.__tablename__, ())),
        photos=len(contents.hashes) - len(lost),
        photos_lost=len(lost),
        pages_lost=contents.about.pages_lost,
        rows_lost=contents.about.rows_lost,
        sha256=_sha256(out),
    )


def unsent_in(folder: Path, key: bytes, now: datetime) -> Contents:
    """What a rescue file of the data folder would hold, but for the bytes of photos.

    Raises EnvironmentProblem when the folder holds no data.
    """
    path, made_at = folder / FILE_NAME, moment_to_wire(now)
    if not path.exists():
        raise missing(path)
    try:
        whole = WholeTables(path, key)
        try:
            return gather(whole, made_at)
        finally:
            whole.close()
    except DRIVER_ERRORS:
        return gather(SalvagedTables(path, key), made_at)


def _bytes(files: EvidenceFiles, sha256: str) -> bytes | None:
    try:
        return files.get(sha256)
    except EnvironmentProblem:
        return None


class Rescue:
    """The rescue of one device: saving what it has unsent, and taking other files in.

    folder: its data folder. key: the raw key of its database.
    """

    def __init__(self, desk: Desk, folder: Path, key: bytes) -> None:
        self._desk, self._folder, self._key = desk, folder, key

    def save(self, out: Path, passphrase: str) -> RescueSaved:
        """Write everything unsent to `out`; see `save_rescue`. Raises Refused BAD_VALUE on a
        passphrase that is shorter than the policy in force asks."""
        with self._desk.reading() as session:
            shortest = self._desk.policy(session).passphrases.shortest
        require_strong(passphrase, RESCUE_PASSPHRASE, shortest=shortest)
        return save_rescue(self._folder, self._key, out, passphrase, self._desk.clock())

    def look(self, path: Path, passphrase: str) -> RescueFound:
        """What a rescue file holds; changes nothing. Raises BadFile, or EnvironmentProblem
        WRONG_KEY."""
        contents = read_contents(path, passphrase)
        about = contents.about
        return RescueFound(
            made_at=datetime.fromisoformat(about.made_at),
            changes=_counted(contents),
            visits=len(contents.records.get(Visit.__tablename__, ())),
            photos=len(contents.hashes),
            server=about.server_url,
            damaged=bool(about.pages_lost or about.rows_lost),
        )

    def load(self, path: Path, passphrase: str) -> RescueLoaded:
        """Let everything that a rescue file holds wait here, once, however often it is loaded.

        The device must be the same user's, or not connected yet; then it belongs to that user's
        account from now on. Raises BadFile when the file is none or not whole, EnvironmentProblem
        WRONG_KEY or OTHER_SERVER; nothing is changed then.
        """
        contents = read_contents(path, passphrase)
        now = self._desk.clock()
        with self._desk.database.applying() as session:
            before = _waiting(session)
            loading = self._ready(session, contents, now)
            loading.take(contents)
            self._let_go_later(session, loading.settings_brought)
            photos = self._take_photos(session, path, passphrase)
            session.flush()
            after = _waiting(session)
        return loading.loaded(waiting_before=before, waiting_after=after, photos=photos)

    def _take_photos(self, session: Session, path: Path, passphrase: str) -> int:
        """Keep the evidence bytes, and let those wait that are not known to be at the server."""
        files = EvidenceFiles(self._folder / EVIDENCE_FOLDER, self._key)
        count = 0
        for sha256, data in evidence_in(path, passphrase):
            if files.put(data) != sha256:
                continue
            count += 1
            if session.get(EvidenceCopy, sha256) is None:
                now = self._desk.clock()
                session.add(EvidenceCopy(sha256=sha256, size=len(data), used_at=now))
        return count

    def _ready(self, session: Session, contents: Contents, now: datetime) -> Loading:
        """Settle whose device this is, and so whose work comes in."""
        states = self._desk.states
        mine = str(states.get(session, "user_id"))
        server = states.get(session, "server_id")
        about = contents.about
        connection = session.connection()
        if about.server_id and server is None:
            self._become(session, contents, mine)
            return Loading(connection, _as_it_is, about.user_id, now)
        if about.server_id:
            if (server, mine) != (about.server_id, about.user_id):
                raise _other()
            return Loading(connection, _as_it_is, mine, now)
        theirs = about.user_id or _maker(contents)
        if server is not None and not about.user_id and theirs != mine:
            raise _unknown()

        def map_user(value: Any) -> Any:
            return mine if value == theirs else value

        return Loading(connection, map_user, mine, now)

    def _become(self, session: Session, contents: Contents, provisional: str) -> None:
        """Make this device the account's that the file comes from, as a first sign-in would."""
        about = contents.about
        connection = session.connection()
        bringing = Loading(connection, _as_it_is, about.user_id, self._desk.clock())
        users = {User.__tablename__: contents.records.get(User.__tablename__, [])}
        bringing.take(Contents(about, records=users))
        found = dict(wire_rows(connection, User, [about.user_id]))
        if about.user_id not in found:
            raise _unknown()
        user = Record(User.__tablename__, about.user_id, 0, found[about.user_id])
        adopt(connection, provisional, user)
        states = self._desk.states
        for name, value in {
            "server_url": about.server_url,
            "server_id": about.server_id,
            "user_id": about.user_id,
        }.items():
            states.set(session, name, value)
        session.flush()

    def _let_go_later(self, session: Session, settings: set[str]) -> None:
        """Settings that came with the file leave again once their work is sent, unless the server
        says that they are in the user's scope."""
        states = self._desk.states
        if settings and states.get(session, "server_id") is not None:
            leaving = set(states.get(session, "leaving") or ()) | settings
            states.set(session, "leaving", sorted(leaving))


def _waiting(session: Session) -> int:
    counted = Outbox.kind != History.__tablename__
    return session.scalar(select(func.count()).select_from(Outbox).where(counted)) or 0


def _counted(contents: Contents) -> int:
    return sum(row["kind"] != History.__tablename__ for row in contents.waiting)


def _maker(contents: Contents) -> str:
    """Who made the records that wait, where the file does not say whose work it is."""
    makers = {
        row["created_by"]
        for waiting in contents.waiting
        for row in contents.records.get(waiting["kind"], ())
        if waiting["created"] and row["id"] == waiting["record_id"]
    }
    return str(makers.pop()) if len(makers) == 1 else ""


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _as_it_is(value: Any) -> Any:
    return value


def _other() -> EnvironmentProblem:
    return EnvironmentProblem(
        Code.OTHER_SERVER,
        message(
            "This rescue file belongs to another user or another server, so nothing was loaded."
        ),
        message("Load it in a separate data folder, signed in as the person whose work it is."),
    )


def _unknown() -> EnvironmentProblem:
    return EnvironmentProblem(
        Code.OTHER_SERVER,
        message("The damaged database does not say whose work this is, so nothing was loaded."),
        message("Load the file in a new data folder, or sign in as that person first."),
    )
