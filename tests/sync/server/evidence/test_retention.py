"""Photos that no record names any more leave the server after 30 days, and no other does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select

from sync.hand_in import BeginHandIn
from sync.server.audit.query import listed, verify
from sync.server.evidence.retention import KEPT_FOR, EvidenceTidying, Tidied
from sync.server.hand_in.inbox import HandedInFiles
from sync.wire import PROTOCOL
from tests.support.server.server_process import done
from tests.support.sync.council import KEY, Council
from tests.support.sync.evidence import Keeper, digest, some_bytes
from visitapp.records import (
    Conflict,
    ConflictStatus,
    Evidence,
    EvidenceChunk,
    EvidenceContent,
    EvidenceUpload,
    new_id,
)

REMOVED, KEPT, LATER = some_bytes(300_000, seed=1), some_bytes(2000, seed=2), some_bytes(9, seed=3)
DAY = timedelta(days=1)


class Site:
    """A server that holds two photos of an officer, one of whose records was removed."""

    def __init__(self, council: Council, folder: Path) -> None:
        self.council = council
        self.ann = Keeper(council.officer("ann"), folder / "evidence")
        self.home = self.ann.device.setting()
        self.removed = self.ann.add(self.home, REMOVED)
        self.ann.add(self.home, KEPT)
        self.ann.sync()
        self.ann.device.edit(Evidence, self.removed, deleted=True)
        self.ann.sync()
        self.tidying = EvidenceTidying(council.database, council.clock)

    def wait(self, time: timedelta) -> None:
        self.council.clock.now += time

    def tidy(self) -> Tidied:
        return self.tidying.run()

    def tidied_once_and_again(self) -> Tidied:
        """A run that marks, and the one that deletes, once no upload counts any more."""
        self.wait(8 * DAY)
        self.tidy()
        self.wait(KEPT_FOR + DAY)
        return self.tidy()

    def held(self) -> set[str]:
        with self.council.database.reading() as session:
            return set(session.scalars(select(EvidenceContent.sha256)))

    def chunks(self) -> int:
        with self.council.database.reading() as session:
            return session.scalar(select(func.count()).select_from(EvidenceChunk)) or 0


@pytest.fixture
def site(any_council: Council, tmp_path: Path) -> Site:
    return Site(any_council, tmp_path)


BOTH = {digest(REMOVED), digest(KEPT)}


def test_a_removed_photo_goes_thirty_days_after_it_was_first_found(site: Site) -> None:
    site.wait(400 * DAY)
    assert site.tidy() == Tidied(deleted=0, size=0, waiting=1)
    site.wait(KEPT_FOR - DAY)
    assert site.tidy() == Tidied(deleted=0, size=0, waiting=1)
    assert (site.held(), site.chunks()) == (BOTH, 3)
    site.wait(DAY)
    assert site.tidy() == Tidied(deleted=1, size=len(REMOVED), waiting=0)
    assert (site.held(), site.chunks()) == ({digest(KEPT)}, 1)
    assert site.tidy() == Tidied(deleted=0, size=0, waiting=0)


def test_each_deletion_is_in_the_audit_log(site: Site) -> None:
    site.tidied_once_and_again()
    with site.council.database.reading() as session:
        entry = list(listed(session.connection(), None, None, None))[-1]
        assert verify(session.connection(), None).bad is None
    assert (entry.what, entry.user) == ("evidence_deleted", "")
    assert entry.detail == {"sha256": digest(REMOVED), "size": len(REMOVED)}


def named_again(site: Site) -> None:
    site.ann.device.connect("ann")
    site.ann.add(site.home, REMOVED)
    site.ann.sync()


def removal_in_conflict(site: Site) -> None:
    now = site.council.clock()
    with site.council.database.applying() as session:
        session.add(
            Conflict(
                id=new_id(), setting_id=site.home, kind="evidence", record_id=site.removed,
                field="deleted", base_value=False, server_value=True, other_value=False,
                other_by=site.ann.device.user_id, other_at=now, status=ConflictStatus.OPEN,
                created_at=now, created_by=site.ann.device.user_id,
            )
        )  # fmt: skip


def begun_upload(site: Site) -> None:
    site.ann.device.connect("ann")
    token = site.ann.device.state("access_token")
    site.council.server.evidence.uploads.create(token, digest(REMOVED), len(REMOVED))


def begun_hand_in(site: Site) -> str:
    device = site.ann.device
    site.council.admin.revoke(device.state("device_id"))
    asked = BeginHandIn(
        protocol=PROTOCOL,
        server_id=device.state("server_id"),
        device_id=device.state("device_id"),
        held=digest(b"held"),
        sha256=digest(b"the file"),
        size=8,
        changes=1,
        photos=0,
    )
    return site.council.server.hand_ins.begin(device.state("refresh_token"), asked).id


@pytest.mark.parametrize("needs", [named_again, removal_in_conflict, begun_upload, begun_hand_in])
def test_what_may_be_needed_again_stays_and_its_days_begin_anew(
    site: Site, needs: Callable[[Site], object]
) -> None:
    site.wait(8 * DAY)
    assert site.tidy().waiting == 1
    site.wait(KEPT_FOR)
    needs(site)
    assert site.tidy() == Tidied(deleted=0, size=0, waiting=0)
    assert site.held() == BOTH


def test_photos_from_after_a_hand_in_and_of_a_forgotten_one_may_go(site: Site) -> None:
    hand_in = begun_hand_in(site)
    assert site.tidied_once_and_again() == Tidied(deleted=0, size=0, waiting=0)
    ben = Keeper(site.council.officer("ben"), site.ann.device.folder / "ben")
    later = ben.add(ben.device.setting(), LATER)
    ben.sync()
    ben.device.edit(Evidence, later, deleted=True)
    ben.sync()
    assert site.tidied_once_and_again() == Tidied(deleted=1, size=len(LATER), waiting=0)
    HandedInFiles(site.council.database, KEY, site.council.clock).forget(hand_in)
    assert site.tidied_once_and_again().deleted == 1
    assert site.held() == {digest(KEPT)}


def test_need_that_comes_between_finding_and_deleting_is_seen(site: Site) -> None:
    """The last look is under the lock that every push takes."""
    site.wait(8 * DAY)
    site.tidy()
    site.wait(KEPT_FOR + DAY)
    forget = site.tidying._delete

    def late(sha256: str, needed: object) -> int | None:
        named_again(site)
        return forget(sha256, needed)

    site.tidying._delete = late
    assert site.tidy().deleted == 0
    assert site.held() == BOTH


def test_a_photo_that_went_and_is_added_again_is_sent_again(site: Site) -> None:
    """Also from a device that has it still, and knows that the server held it once."""
    lea = Keeper(site.council.lead("lea"), site.ann.device.folder / "lea")
    piece = site.ann.add(site.home, REMOVED)
    site.ann.sync()
    lea.sync()
    lea.engine().fetch(digest(REMOVED), len(REMOVED))
    site.ann.device.edit(Evidence, piece, deleted=True)
    site.ann.sync()
    assert site.tidied_once_and_again().deleted == 1
    assert lea.held(REMOVED)
    lea.add(site.home, REMOVED)
    lea.device.connect("lea")
    assert lea.sync().sent == 1
    assert site.held() == BOTH


def test_the_command_says_what_it_did(council: Council, tmp_path: Path) -> None:
    site = Site(council, tmp_path)
    with council.database.applying() as session:
        session.execute(delete(EvidenceUpload))
    printed = done(f"sqlite:///{tmp_path}/server.db", "tidy")
    assert printed.splitlines() == [
        "Photos and documents deleted: 0 (0 bytes).",
        "No longer named by a record, kept for 30 days: 1.",
    ]
    assert site.held() == BOTH
