"""Evidence bytes on a bad line, on a full disk, and through the death of either side."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from sync.client.evidence.transfer import PART
from tests.support.sync.council import Council
from tests.support.sync.evidence import Keeper, digest, some_bytes
from visitapp.errors import Code, EnvironmentProblem, LinkProblem
from visitapp.language import message
from visitapp.records import EvidenceChunk, EvidenceContent, EvidenceUpload, Setting

PHOTO = some_bytes(2 * PART + 99, seed=3)
EDGES = [0, 1, 65_535, 65_536, PART - 1, PART, PART + 1, 2 * PART, len(PHOTO) - 1, len(PHOTO)]


class Line:
    """A line that breaks after so many bytes went up, before or after the server has them; it
    stays broken for the rest of that run."""

    def __init__(self, plain: object) -> None:
        self.plain = plain
        self.left: int | None = None
        self.reply_is_lost = False
        self.sent = 0

    def __call__(
        self, method: str, path: str, head: dict[str, str], body: bytes, token: str
    ) -> object:
        if self.left is not None and len(body) >= self.left and method != "HEAD":
            passed = body[: self.left]
            if self.reply_is_lost or (passed and method == "PATCH"):
                self.plain(method, path, head, passed if method == "PATCH" else body, token)
                self.sent += len(passed)
            self.left = 0
            raise LinkProblem(Code.SERVER_UNREACHABLE, message("The link was lost."))
        if self.left is not None:
            self.left -= len(body)
        self.sent += len(body)
        return self.plain(method, path, head, body, token)


def sends_whole(council: Council, folder: Path, cuts: list[tuple[int, bool]], n: int) -> None:
    """Send a photo over a line that is cut so often; the bytes arrive once and right."""
    photo = PHOTO[:-4] + n.to_bytes(4, "big")
    ann = Keeper(council.devices[0], folder)
    ann.add(ann.device.all(Setting)[0].id, photo)
    ann.device.sync()
    plain = ann.device.transport.exchange
    line = Line(plain)
    ann.device.transport.exchange = line
    try:
        for cut, lost in cuts:
            line.left, line.reply_is_lost = cut, lost
            try:
                ann.engine().run()
            except LinkProblem:
                assert not ann.held(photo)
        line.left = None
        ann.engine().run()
    finally:
        ann.device.transport.exchange = plain
    assert ann.held(photo)
    assert ann.engine().fetch(digest(photo), len(photo)) == photo
    assert line.sent <= len(photo), "no byte that the server had was sent again"


@pytest.fixture
def officer(council: Council) -> Council:
    ann = council.officer("ann")
    ann.setting()
    ann.sync()
    return council


@pytest.mark.parametrize("lost", [False, True], ids=["cut on the way", "reply lost"])
def test_a_line_cut_at_every_edge(officer: Council, tmp_path: Path, lost: bool) -> None:
    for n, cut in enumerate(EDGES):
        sends_whole(officer, tmp_path / "evidence", [(cut, lost)], n)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    cuts=st.lists(st.tuples(st.integers(0, len(PHOTO)), st.booleans()), max_size=6),
    n=st.integers(1000, 2**31),
)
def test_a_line_cut_anywhere_and_often(
    officer: Council, tmp_path: Path, cuts: list[tuple[int, bool]], n: int
) -> None:
    sends_whole(officer, tmp_path / "evidence", cuts, n)


def test_a_full_disk_while_fetching_keeps_nothing_and_can_be_tried_again(
    council: Council, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = Keeper(council.officer("ann"), tmp_path / "ann")
    ann.add(ann.device.setting(), PHOTO)
    ann.sync()
    lea = Keeper(council.lead("lea"), tmp_path / "lea")
    lea.sync()
    real = os.fsync

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(EnvironmentProblem) as refused:
        lea.engine().fetch(digest(PHOTO), len(PHOTO))
    assert refused.value.code == Code.DISK_FULL
    assert (lea.files.hashes(), lea.copies()) == (set(), {})
    monkeypatch.setattr(os, "fsync", real)
    assert lea.engine().fetch(digest(PHOTO), len(PHOTO)) == PHOTO


def test_an_upload_whose_last_reply_is_lost_is_held_without_sending_it_again(
    officer: Council, tmp_path: Path
) -> None:
    sends_whole(officer, tmp_path / "evidence", [(len(PHOTO) - 2 * PART, True)] * 3, 7)
    with officer.database.reading() as session:
        contents = session.query(EvidenceContent).all()
        chunks = {row.content_id for row in session.query(EvidenceChunk).all()}
    assert {content.content_id for content in contents} == chunks


def test_a_device_that_lost_its_upload_at_the_server_begins_anew(
    officer: Council, tmp_path: Path
) -> None:
    """A server put back from a copy knows the record and not the upload."""
    ann = Keeper(officer.devices[0], tmp_path / "evidence")
    ann.add(ann.device.all(Setting)[0].id, PHOTO)
    ann.device.sync()
    plain = ann.device.transport.exchange
    line = Line(plain)
    ann.device.transport.exchange = line
    line.left = PART + 5
    with pytest.raises(LinkProblem):
        ann.engine().run()
    with officer.database.applying() as session:
        session.execute(delete(EvidenceChunk))
        session.execute(delete(EvidenceUpload))
    line.left = None
    ann.engine().run()
    assert ann.held(PHOTO)
