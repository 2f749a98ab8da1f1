"""Bringing the bytes of evidence to the server and back, after the records.

A power cut or a lost link between any two steps loses nothing: the upload's id is written down
before its first byte goes, the server says how far it came, and bytes count as held only once the
server has checked their hash.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence, Set
from datetime import datetime, timedelta
from typing import Protocol

from msgspec import Struct
from sqlalchemy import select

from sync.client.evidence import ledger
from sync.client.evidence.plan import Copy, to_drop, to_fetch, to_send
from sync.client.link.tus import TusClient, UploadState
from visitapp.errors import Code, EnvironmentProblem, LinkProblem, Refused
from visitapp.language import message
from visitapp.records import EvidenceCopy
from visitapp.rules.evidence import MOST_BYTES
from visitapp.storage.database import Database
from visitapp.storage.evidence.files import EvidenceFiles
from visitapp.storage.evidence.partial import Arriving
from visitapp.storage.state import LocalStates

PART = 512 * 1024
"""Bytes of one request: what a proxy that holds requests back can lose at most."""

CACHE_BYTES = 1024 * 1024 * 1024
"""How much of what the server holds stays on a device."""

TRIES = 3
"""How often bytes are sent whole before they are set aside."""

_ASKED_AGAIN = timedelta(hours=1)
_ORPHAN_SECONDS = 24 * 3600.0
_MISSING = "evidence_missing"
_ENDS_THE_RUN = {
    Code.SIGN_IN_AGAIN,
    Code.SIGN_IN_FAILED,
    Code.DEVICE_REVOKED,
    Code.TOO_MANY_ATTEMPTS,
    Code.NOT_CONNECTED,
}

EvidenceProgress = Callable[[int, int], None]
"""Told how many photos and documents were sent, and how many there are in all."""


class Ahead(Protocol):
    """Which bytes the next days' visits need."""

    def __call__(self) -> Sequence[tuple[str, int]]:
        """Hashes and sizes."""
        ...


class EvidenceResult(Struct, frozen=True, kw_only=True):
    """What a run did."""

    sent: int
    refused: int
    fetched: int


class EvidenceSync:
    """The evidence bytes of one device.

    ahead: what to fetch before it is asked for. cache_bytes: how much that the server holds stays.
    """

    def __init__(
        self,
        database: Database,
        files: EvidenceFiles,
        client: TusClient,
        clock: Callable[[], datetime],
        *,
        ahead: Ahead = lambda: (),
        cache_bytes: int = CACHE_BYTES,
    ) -> None:
        self._database = database
        self._files = files
        self._client = client
        self._clock = clock
        self._ahead = ahead
        self._cache_bytes = cache_bytes

    def run(self, progress: EvidenceProgress | None = None) -> EvidenceResult:
        """Send what waits, fetch what the next days need, and drop what is too much.

        What the server refuses is set aside with its reason. Raises LinkProblem when the link was
        lost, NotAllowed when the sign-in ended, EnvironmentProblem when the disk is full.
        """
        sending = to_send(self._copies())
        before, total = self._figures()
        sent = refused = 0
        for copy in sending:
            if self._deliver(copy):
                sent += 1
            else:
                refused += 1
            if progress is not None:
                progress(before + sent, total)
        soon = self._ahead()
        fetched = self._fetch_ahead(soon)
        self._tidy({sha256 for sha256, _ in soon})
        return EvidenceResult(sent=sent, refused=refused, fetched=fetched)

    def fetch(self, sha256: str, size: int, progress: EvidenceProgress | None = None) -> bytes:
        """The bytes with this hash from the server, which are then kept here too.

        What came of them before is not asked for again. progress: told how many bytes came, and how
        many there are. Raises NotFound when the server does not hold them yet, LinkProblem,
        EnvironmentProblem DISK_FULL.
        """
        if not 0 < size <= MOST_BYTES:
            raise Refused(
                Code.FILE_TOO_LARGE, message("The record gives a size that evidence cannot have.")
            )
        arriving = self._files.arriving(sha256)
        self._receive(arriving, sha256, size, progress)
        data = arriving.whole()
        if hashlib.sha256(data).hexdigest() != sha256:
            arriving.forget()
            raise LinkProblem(
                Code.BODY_ALTERED,
                message(
                    "The server sent a different file from the one in the record, so it was "
                    "not kept."
                ),
                message("Try again. If this continues, ask your administrator."),
            )
        self._files.put(data)
        arriving.forget()
        with self._database.applying() as session:
            now = self._clock()
            ledger.note(session.connection(), sha256, size, now, held_at=now)
        return data

    def _receive(
        self, arriving: Arriving, sha256: str, size: int, progress: EvidenceProgress | None
    ) -> None:
        """Fetch what is missing; what comes before a cut is kept for the next time."""

        def take(at: int, piece: bytes) -> None:
            arriving.add(at, piece)
            if progress is not None:
                progress(arriving.position, size)

        if arriving.position > size:
            arriving.forget()
        try:
            if arriving.position < size:
                self._client.fetch(sha256, arriving.position, size, take)
        except BaseException:
            arriving.keep()
            raise

    def _copies(self) -> list[Copy]:
        """What the device has, after files and database were brought together."""
        here = self._files.hashes()
        with self._database.reading() as session:
            copies = ledger.read_copies(session.connection(), here)
        known = {copy.sha256 for copy in copies}
        lost = [c for c in copies if not (c.here or c.held or c.refused)]
        if here <= known and not lost:
            return copies
        with self._database.applying() as session:
            connection = session.connection()
            strange = ledger.adopt(connection, here, self._clock())
            for copy in lost:
                ledger.set_aside(connection, copy.sha256, _gone())
            copies = ledger.read_copies(connection, here)
        for sha256 in strange:
            if self._files.age(sha256) > _ORPHAN_SECONDS:
                self._files.drop(sha256)
        return copies

    def _deliver(self, copy: Copy) -> bool:
        """Send one; false when it was set aside."""
        try:
            self._send(copy, self._files.get(copy.sha256))
        except LinkProblem:
            raise
        except (Refused, EnvironmentProblem) as problem:
            if problem.code in _ENDS_THE_RUN or problem.code == Code.DISK_FULL:
                raise
            with self._database.applying() as session:
                ledger.set_aside(session.connection(), copy.sha256, problem)
            return False
        with self._database.applying() as session:
            ledger.held(session.connection(), copy.sha256, self._clock())
        return True

    def _send(self, copy: Copy, data: bytes) -> None:
        standing = self._resumed(copy.sha256)
        for _ in range(TRIES):
            standing = standing or self._begun(copy)
            try:
                while standing.position < copy.size:
                    part = data[standing.position : standing.position + PART]
                    standing = self._client.send(standing, part)
                    self._write(copy.sha256, sent=standing.position)
                return
            except Refused as refused:
                standing = self._after(refused, standing)
        raise Refused(
            Code.EVIDENCE_DIFFERS,
            message("It was sent several times and never arrived intact."),
            message("Try again on another network."),
        )

    def _after(self, refused: Refused, standing: UploadState) -> UploadState | None:
        """Where to go on after a refusal that is not the last word; None starts anew."""
        if refused.code == Code.UPLOAD_POSITION:
            return self._client.stands(standing.id)
        if refused.code in (Code.EVIDENCE_DIFFERS, Code.NOT_FOUND):
            return None
        raise refused

    def _resumed(self, sha256: str) -> UploadState | None:
        with self._database.reading() as session:
            wanted = select(EvidenceCopy.upload_id).where(EvidenceCopy.sha256 == sha256)
            upload_id = session.execute(wanted).scalar()
        return self._client.stands(upload_id) if upload_id else None

    def _begun(self, copy: Copy) -> UploadState:
        standing = self._client.create(copy.sha256, copy.size)
        self._write(copy.sha256, upload_id=standing.id, sent=standing.position)
        return standing

    def _write(self, sha256: str, **values: object) -> None:
        with self._database.applying() as session:
            ledger.change(session.connection(), sha256, **values)

    def _figures(self) -> tuple[int, int]:
        with self._database.reading() as session:
            waiting, total, _ = ledger.count_waiting(session.connection())
        return total - waiting, total

    def _fetch_ahead(self, soon: Sequence[tuple[str, int]]) -> int:
        """Fetch what the next days need; what the server does not hold is asked for later."""
        wanted = to_fetch(soon, self._files.hashes(), self._cache_bytes)
        if not wanted:
            return 0
        missing = self._missing_lately()
        fetched = 0
        for sha256, size in wanted:
            if sha256 in missing:
                continue
            try:
                self.fetch(sha256, size)
                fetched += 1
            except Refused as refused:
                if refused.code in _ENDS_THE_RUN:
                    raise
                missing[sha256] = self._clock().isoformat()
        with self._database.applying() as session:
            LocalStates().set(session, _MISSING, missing)
        return fetched

    def _missing_lately(self) -> dict[str, str]:
        """What the server did not hold when it was asked within the hour, and when. What was noted
        by a clock that was ahead, and has been put back since, is asked for again."""
        with self._database.reading() as session:
            kept: dict[str, str] = LocalStates().get(session, _MISSING) or {}
        now = self._clock()
        since = now - _ASKED_AGAIN
        return {h: at for h, at in kept.items() if since < datetime.fromisoformat(at) <= now}

    def _tidy(self, soon: Set[str]) -> None:
        """Drop what no record names any more and what is too much, once the server holds it."""
        going = to_drop(self._copies(), soon, self._cache_bytes)
        for sha256 in going:
            self._files.drop(sha256)
        if going:
            with self._database.applying() as session:
                ledger.forget(session.connection(), going)
        self._files.sweep()


def _gone() -> EnvironmentProblem:
    return EnvironmentProblem(
        Code.EVIDENCE_AWAY,
        message("The file was removed from the data folder before it was sent."),
        message("Restore the evidence folder from a backup, then send it again."),
    )
