"""The central server: sign in, sync, and say where things stand."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout
from sqlalchemy import update

from sync.client import account
from sync.client.evidence.ledger import count_waiting, offer_again
from sync.client.evidence.transfer import EvidenceProgress, EvidenceResult, EvidenceSync
from sync.client.link.link import Link as SignedIn
from sync.client.link.transport_protocol import EvidenceTransport, PublishingTransport
from sync.client.link.tus import TusClient
from sync.client.round.engine import SyncEngine
from sync.client.round.sync_summary import SyncResult
from visitapp.errors import Code, EnvironmentProblem, Refused
from visitapp.language import message
from visitapp.records import (
    NOT_REFUSED,
    Outbox,
)
from visitapp.records.codec import moment_from_wire
from visitapp.services.context import Desk
from visitapp.services.sync.counts import (
    last_problem,
    open_conflicts,
    waiting_changes,
)
from visitapp.services.sync.discarding import discard, discard_all
from visitapp.services.sync.log import logged_sync
from visitapp.services.sync.prefetch import needed_soon
from visitapp.services.sync.refused_changes import refused_changes, refused_rows
from visitapp.services.views.people import Person
from visitapp.services.views.sync import RefusedChange, SyncReport, SyncState
from visitapp.services.visits.sign_off.reopening import (
    RATED_AGAIN,
    send_rated_again,
    withdraw_refused_sign_offs,
)
from visitapp.services.visits.sign_off.visit_ratings import forget_unconfirmed_ratings
from visitapp.storage.evidence.files import EvidenceFiles
from visitapp.storage.private import FILE


class ServerLink(PublishingTransport, EvidenceTransport, Protocol):
    """A transport that keeps connections open until it is closed."""

    def close(self) -> None:
        """Close them."""
        ...

    def break_off(self) -> None:
        """End what is under way, from another thread; it raises BrokenOff there."""
        ...


CONNECT_WAITS = 30.0
"""Seconds that signing in waits for a sync that is under way."""


class Connection:
    """What a person can do with the central server."""

    def __init__(
        self,
        desk: Desk,
        folder: Path,
        make_transport: Callable[[str], ServerLink],
        files: EvidenceFiles,
    ) -> None:
        self._desk = desk
        self._files = files
        self._lock = FileLock(folder / "sync.lock", timeout=0, mode=FILE)
        self._make_transport = make_transport
        self._link: ServerLink | None = None

    def connect(self, url: str, name: str, password: str, new_password: str = "") -> Person:
        """Sign this device in; what was recorded before becomes the account's.

        new_password: what the person chose in place of a password from somebody else. Raises
        NotAllowed(SIGN_IN_FAILED, NEW_PASSWORD_NEEDED), Refused(BAD_VALUE) for an address or a new
        password that is not good, LinkProblem, or EnvironmentProblem(OTHER_SERVER).
        """
        with self.alone(), closing(self._make_transport(url)) as link:
            account.connect(
                self._desk.database, link, url, name, password, platform.node(), new_password
            )
        with self._desk.reading() as session:
            return self._desk.user(session)

    def change_password(self, password: str, new_password: str) -> None:
        """Change the person's own password at the server; their other laptops sign in again.

        Raises Refused(NOT_CONNECTED), or BAD_VALUE for a weak password, NotAllowed(SIGN_IN_FAILED),
        LinkProblem.
        """
        with self.signed_in() as link:
            with self._desk.reading() as session:
                name = self._desk.user(session).name
            account.change_password(self._desk.database, link, name, password, new_password)

    def sync(
        self,
        progress: Callable[[int, int], None] | None = None,
        confirm_removal: Callable[[int, int], bool] | None = None,
        photos: EvidenceProgress | None = None,
    ) -> SyncReport:
        """Send what waits and receive what is new: records first, then photos and documents.

        progress: told how many changes are settled and how many there are. confirm_removal:
        asked (with how many records would go, and how many there are) before more than a tenth
        go; without it they stay. photos: told how many were sent, and how many there are. A visit
        whose sign-off the server did not take is open again afterwards. Raises
        Refused(NOT_CONNECTED, MASS_REMOVAL), LinkProblem and what `SyncEngine.run` does.
        """
        with self.alone(0.0), self._linked(self._server_url()) as link:
            send_rated_again(self._desk)
            engine = SyncEngine(
                self._desk.database, link, self._desk.clock, confirm_removal=confirm_removal
            )
            with logged_sync() as log:
                try:
                    result = log.records = engine.run(progress)
                except Refused as problem:
                    if problem.code == Code.MASS_REMOVAL:
                        log.evidence = self._evidence(link).run(photos)
                    raise
                refused = self.refused()
                self._follow_ratings(refused)
                evidence = log.evidence = self._evidence(link).run(photos)
        return self._report(result, refused, evidence)

    def _report(
        self, result: SyncResult, refused: list[RefusedChange], evidence: EvidenceResult
    ) -> SyncReport:
        with self._desk.reading() as session:
            photos_waiting, _, photos_refused = count_waiting(session.connection())
        return SyncReport(
            sent=result.sent,
            accepted=result.accepted,
            merged=result.merged,
            conflicts=result.conflicts,
            refused=refused,
            received=result.received,
            revision=result.revision,
            photos_sent=evidence.sent,
            photos_fetched=evidence.fetched,
            photos_waiting=photos_waiting,
            photos_refused=photos_refused,
        )

    def fetch_evidence(
        self, sha256: str, size: int, progress: EvidenceProgress | None = None
    ) -> bytes:
        """The bytes of a photo or document from the server; they are kept here from now on.

        progress: told how many bytes came and how many there are. Raises Refused NOT_CONNECTED or
        NOT_FOUND (they have not reached the server yet), LinkProblem, EnvironmentProblem.
        """
        with self.signed_in() as link:
            return self._evidence(link).fetch(sha256, size, progress)

    def _follow_ratings(self, refused: list[RefusedChange]) -> None:
        """Open visits again whose sign-off the server refused, and drop the ratings that it did
        not confirm."""
        # The next sync would drop them as well, so this need not wait for the disk.
        with self._desk.database.noting() as connection:
            forget_unconfirmed_ratings(connection)
        with self._desk.reading() as session:
            may_write = self._desk.may_write(session)
        if may_write and any(change.code in RATED_AGAIN for change in refused):
            with self._desk.transaction() as session:
                withdraw_refused_sign_offs(session)

    def _evidence(self, link: ServerLink) -> EvidenceSync:
        database = self._desk.database
        client = TusClient(SignedIn(database, link), link)
        return EvidenceSync(
            database, self._files, client, self._desk.clock, ahead=lambda: needed_soon(self._desk)
        )

    def state(self) -> SyncState:
        """What waits, when the last sync was, and what stands in the way."""
        with self._desk.reading() as session:
            get = self._desk.states.get
            last = get(session, "last_synced")
            photos_waiting, photos_total, photos_refused = count_waiting(session.connection())
            return SyncState(
                connected=get(session, "server_id") is not None,
                server=get(session, "server_url") or "",
                waiting=waiting_changes(session),
                refused=len(refused_rows(session)),
                open_conflicts=open_conflicts(session),
                last_synced=moment_from_wire(last) if last else None,
                problem=last_problem(get(session, "sync_problem")),
                photos_waiting=photos_waiting,
                photos_total=photos_total,
                photos_refused=photos_refused,
            )

    def refused(self) -> list[RefusedChange]:
        """Every change the server refused; each stays until it is mended, sent again, discarded."""
        with self._desk.reading() as session:
            return refused_changes(session, self._desk.form_of)

    def discard_refused(self, kind: str, record_id: str) -> None:
        """Give a refused change up for the server's version; what was recorded stays in history.

        Raises NotFound when none of this record is refused.
        """
        discard(self._desk, kind, record_id)

    def discard_all_refused(self) -> int:
        """The same for every refused change; how many there were."""
        return discard_all(self._desk)

    def resend(self) -> None:
        """Offer every refused change, photo and document to the server again at the next sync."""
        with self._desk.database.applying() as session:
            session.execute(
                update(Outbox).where(Outbox.refused_code.is_not(None)).values(NOT_REFUSED)
            )
            offer_again(session.connection())

    @contextmanager
    def signed_in(self) -> Iterator[ServerLink]:
        """A link to the server for a request besides a sync, which waits until none is under way.

        Raises Refused(NOT_CONNECTED) and EnvironmentProblem(DATABASE_IN_USE).
        """
        url = self._server_url()
        with self.alone(), self._linked(url) as link:
            yield link

    def _server_url(self) -> str:
        with self._desk.reading() as session:
            url = self._desk.states.get(session, "server_url")
        if url is None:
            raise Refused(
                Code.NOT_CONNECTED,
                message("This device is not connected to a server yet."),
                message("Connect it first. Everything stays saved on this device."),
            )
        return str(url)

    def break_off(self) -> None:
        """End the sync that another thread runs, which raises BrokenOff there. What was settled
        stays settled; nothing that waits is touched. Does nothing when none runs."""
        link = self._link
        if link is not None:
            link.break_off()

    @contextmanager
    def _linked(self, url: str) -> Iterator[ServerLink]:
        """A link to the server, which `break_off` can reach."""
        with closing(self._make_transport(url)) as link:
            self._link = link
            try:
                yield link
            finally:
                self._link = None

    @contextmanager
    def alone(self, wait: float = CONNECT_WAITS) -> Iterator[None]:
        """One sync at a time on a device, whichever window or command runs it; waits its turn for
        `wait` seconds."""
        try:
            with self._lock.acquire(timeout=wait):
                yield
        except Timeout:
            raise EnvironmentProblem(
                Code.DATABASE_IN_USE,
                message("Another window or command is syncing this device."),
                message("Try again when it is done."),
            ) from None
