"""Evidence bytes between devices and the server, over each transport and database."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from requests.structures import CaseInsensitiveDict
from sqlalchemy import func, select, update

from sync.client.evidence.ledger import offer_again
from sync.client.evidence.transfer import PART
from sync.client.link.responses import Response
from tests.support.sync.council import Clock, Council, Device
from tests.support.sync.evidence import Keeper, digest, evidence_record, some_bytes
from visitapp.errors import Code, LinkProblem, Refused
from visitapp.language import message
from visitapp.records import (
    Evidence,
    EvidenceContent,
    EvidenceCopy,
    EvidenceUpload,
    Role,
    Setting,
)

LARGE = some_bytes(PART + 1234, seed=1)
SMALL = some_bytes(1000, seed=2)


def keeper(device: Device, tmp_path: Path, **options: object) -> Keeper:
    return Keeper(device, tmp_path / "evidence" / device.name, **options)


def held_at_server(council: Council) -> int:
    with council.database.reading() as session:
        return session.scalar(select(func.count()).select_from(EvidenceContent)) or 0


def test_photos_reach_the_server_smallest_first_and_another_device(
    every_council: Council, tmp_path: Path
) -> None:
    ann = keeper(every_council.officer("ann"), tmp_path)
    setting = ann.device.setting()
    ann.add(setting, LARGE)
    ann.add(setting, SMALL)
    assert ann.waiting() == (2, 2, 0)
    seen: list[tuple[int, int]] = []
    order: list[bool] = []

    def progress(sent: int, total: int) -> None:
        seen.append((sent, total))
        order.append(ann.held(LARGE))

    result = ann.sync(progress)
    assert (result.sent, seen, order) == (2, [(1, 2), (2, 2)], [False, True])
    assert ann.waiting() == (0, 0, 0)
    lea = keeper(every_council.lead("lea"), tmp_path)
    lea.sync()
    told: list[tuple[int, int]] = []
    fetched = lea.engine().fetch(digest(LARGE), len(LARGE), lambda a, b: told.append((a, b)))
    assert fetched == lea.files.get(digest(LARGE)) == LARGE
    assert told[-1] == (len(LARGE), len(LARGE))
    assert told == sorted(set(told))


def test_records_go_before_bytes(council: Council, tmp_path: Path) -> None:
    """Bytes whose record was not sent yet stay here, and hold up nothing."""
    ann = keeper(council.officer("ann"), tmp_path)
    ann.add(ann.device.setting(), SMALL)
    assert ann.engine().run().sent == 0
    assert ann.sync().sent == 1


def test_the_same_bytes_go_once(council: Council, tmp_path: Path) -> None:
    ann, ben = (keeper(council.officer(name), tmp_path) for name in ("ann", "ben"))
    for officer in (ann, ben):
        officer.add(officer.device.setting(), LARGE)
        officer.sync()
        assert officer.held(LARGE)
    assert held_at_server(council) == 1
    with council.database.reading() as session:
        positions = session.scalars(select(EvidenceUpload.position)).all()
    assert positions == [len(LARGE), len(LARGE)]


def test_a_run_goes_on_where_the_lost_link_left_it(council: Council, tmp_path: Path) -> None:
    ann = keeper(council.officer("ann"), tmp_path)
    ann.add(ann.device.setting(), LARGE)
    ann.device.sync()
    requests: list[str] = []
    plain = ann.device.transport.exchange

    def counting(method: str, *rest: object) -> object:
        if method == "PATCH" and requests.count("PATCH") == 1:
            raise LinkProblem(Code.SERVER_UNREACHABLE, message("The link was lost."))
        requests.append(method)
        return plain(method, *rest)

    ann.device.transport.exchange = counting
    with pytest.raises(LinkProblem):
        ann.engine().run()
    (copy,) = ann.copies().values()
    assert (copy.sent, copy.held_at, bool(copy.upload_id)) == (PART, None, True)
    ann.device.transport.exchange = plain
    requests.clear()
    ann.device.transport.exchange = lambda m, *rest: requests.append(m) or plain(m, *rest)
    assert ann.engine().run().sent == 1
    assert requests == ["HEAD", "PATCH"]


def half_sent(council: Council, tmp_path: Path) -> Keeper:
    """An officer whose photo lost the link after its first part."""
    ann = keeper(council.officer("ann"), tmp_path)
    ann.add(ann.device.setting(), LARGE)
    ann.device.sync()
    plain = ann.device.transport.exchange
    parts: list[str] = []

    def cut(method: str, *rest: object) -> Response:
        parts.extend([method] * (method == "PATCH"))
        if len(parts) > 1:
            raise LinkProblem(Code.SERVER_UNREACHABLE, message("The link was lost."))
        return plain(method, *rest)

    ann.device.transport.exchange = cut
    with pytest.raises(LinkProblem):
        ann.engine().run()
    ann.device.transport.exchange = plain
    return ann


@pytest.mark.parametrize("status", [200, 302, 401, 403, 404, 460, 503])
def test_a_portal_that_answers_for_the_server_is_a_lost_link(
    council: Council, tmp_path: Path, status: int
) -> None:
    """It refuses no photo, and does not make a device send the first part again."""
    ann = half_sent(council, tmp_path)
    plain = ann.device.transport.exchange
    portal = Response(status, {"Content-Type": "text/html"}, b"")
    asked: list[str] = []

    def answered(method: str, *_rest: object) -> Response:
        asked.append(method)
        return portal

    ann.device.transport.exchange = answered
    with pytest.raises(LinkProblem) as lost:
        ann.engine().run()
    code = Code.SERVER_FAULT if status == 503 else Code.NOT_A_SERVER
    assert (lost.value.code, asked) == (code, ["HEAD"])
    assert ann.copies()[digest(LARGE)].refused_code is None
    ann.device.transport.exchange = plain
    assert ann.engine().run().sent == 1


@pytest.mark.parametrize("method", ["HEAD", "POST", "PATCH"])
def test_an_answer_that_does_not_say_how_far_is_a_lost_link(
    council: Council, tmp_path: Path, method: str
) -> None:
    ann = half_sent(council, tmp_path)
    if method == "POST":
        with ann.device.database.applying() as session:
            session.execute(update(EvidenceCopy).values(upload_id=None))
    plain = ann.device.transport.exchange

    def without(asked: str, *rest: object) -> Response:
        answer = plain(asked, *rest)
        if asked != method:
            return answer
        head = {name: said for name, said in answer.head.items() if name != "upload-offset"}
        return Response(answer.status, CaseInsensitiveDict(head), answer.body)

    ann.device.transport.exchange = without
    with pytest.raises(LinkProblem) as lost:
        ann.engine().run()
    assert lost.value.code == Code.NOT_A_SERVER
    ann.device.transport.exchange = plain
    assert ann.engine().run().sent == 1


def test_a_refused_photo_is_set_aside_and_offered_again(council: Council, tmp_path: Path) -> None:
    device = council.officer("ann")
    ann = keeper(device, tmp_path)
    setting = device.setting()
    ann.add(setting, SMALL)
    ann.add(setting, LARGE)
    device.sync()
    with council.database.applying() as session:
        for piece in session.scalars(select(Evidence)):
            if piece.size == len(SMALL):
                piece.size += 1
    result = ann.engine().run()
    assert (result.sent, result.refused, ann.waiting()) == (1, 1, (0, 0, 1))
    aside = ann.copies()[digest(SMALL)]
    assert (aside.refused_code, aside.held_at) == (Code.OUT_OF_SCOPE, None)
    assert "no record of yours" in (aside.refused_text or "")
    assert ann.engine().run().refused == 0
    with council.database.applying() as session:
        for piece in session.scalars(select(Evidence)):
            piece.size = len(SMALL) if piece.sha256 == digest(SMALL) else piece.size
    with device.database.applying() as session:
        offer_again(session.connection())
    assert ann.engine().run().sent == 1
    assert ann.held(SMALL)


def test_a_damaged_file_is_set_aside_and_holds_up_nothing(council: Council, tmp_path: Path) -> None:
    ann = keeper(council.officer("ann"), tmp_path)
    setting = ann.device.setting()
    ann.add(setting, SMALL)
    ann.add(setting, LARGE)
    (tmp_path / "evidence" / ann.device.name / digest(SMALL)).write_bytes(b"spoiled by the disk")
    result = ann.sync()
    assert (result.sent, result.refused) == (1, 1)
    assert ann.copies()[digest(SMALL)].refused_code == Code.EVIDENCE_DAMAGED


def test_a_file_that_is_gone_is_said_so(council: Council, tmp_path: Path) -> None:
    ann = keeper(council.officer("ann"), tmp_path)
    ann.add(ann.device.setting(), SMALL)
    ann.files.drop(digest(SMALL))
    ann.sync()
    assert ann.copies()[digest(SMALL)].refused_code == Code.EVIDENCE_AWAY


def test_bytes_that_change_on_the_way_are_sent_again(council: Council, tmp_path: Path) -> None:
    ann = keeper(council.officer("ann"), tmp_path)
    ann.add(ann.device.setting(), SMALL)
    plain = ann.device.transport.exchange
    spoiled: list[int] = []

    def spoiling(method: str, path: str, head: dict, body: bytes, token: str) -> object:
        if method == "PATCH" and not spoiled:
            spoiled.append(1)
            body = b"?" + body[1:]
        return plain(method, path, head, body, token)

    ann.device.transport.exchange = spoiling
    assert ann.sync().sent == 1
    assert spoiled


def test_what_the_server_holds_makes_room_and_what_waits_never_does(
    council: Council, tmp_path: Path
) -> None:
    ann = keeper(council.officer("ann"), tmp_path, cache_bytes=2500)
    setting = ann.device.setting()
    photos = [some_bytes(1000, seed=n) for n in range(4)]
    for photo in photos:
        ann.add(setting, photo)
    ann.engine().run()
    assert len(ann.files.hashes()) == 4
    ann.sync()
    kept = [photo for photo in photos if ann.files.has(digest(photo))]
    assert kept == photos[2:]
    assert held_at_server(council) == 4
    assert ann.engine().fetch(digest(photos[0]), 1000) == photos[0]


def test_a_removed_photo_leaves_the_device_only_when_the_server_holds_it(
    council: Council, tmp_path: Path
) -> None:
    ann = keeper(council.officer("ann"), tmp_path)
    piece = ann.add(ann.device.setting(), SMALL)
    ann.device.edit(Evidence, piece, deleted=True)
    ann.engine().run()
    assert ann.files.has(digest(SMALL))
    ann.sync()
    assert (ann.files.has(digest(SMALL)), ann.copies(), held_at_server(council)) == (False, {}, 1)


def test_a_setting_that_leaves_waits_for_its_photos(council: Council, tmp_path: Path) -> None:
    ann = keeper(council.officer("ann"), tmp_path)
    council.officer("ben")
    setting = ann.device.setting()
    ann.device.sync()
    ann.add(setting, SMALL)
    council.admin.assign("ben", [setting])
    ann.device.sync()
    assert ann.device.get(Setting, setting) is not None
    assert ann.engine().run().sent == 1
    ann.sync()
    assert ann.device.get(Setting, setting) is None
    assert (ann.files.hashes(), ann.copies()) == (set(), {})


def test_files_of_a_rescue_wait_to_be_sent(council: Council, tmp_path: Path) -> None:
    """A file that a record names, of which the database knows nothing else, is sent too."""
    ann = keeper(council.officer("ann"), tmp_path)
    ann.files.put(SMALL)
    evidence_record(ann.device, ann.device.setting(), SMALL)
    assert ann.sync().sent == 1
    assert ann.held(SMALL)


def test_what_the_next_days_need_is_fetched_ahead(council: Council, tmp_path: Path) -> None:
    ann = keeper(council.officer("ann"), tmp_path)
    setting = ann.device.setting()
    ann.add(setting, SMALL)
    ann.sync()
    unsent = some_bytes(700, seed=9)
    evidence_record(ann.device, setting, unsent)
    ann.device.sync()
    needed = [(digest(SMALL), len(SMALL)), (digest(unsent), len(unsent))]
    lea = keeper(council.lead("lea"), tmp_path, ahead=lambda: needed)
    assert lea.sync().fetched == 1
    assert lea.files.get(digest(SMALL)) == SMALL
    asked: list[str] = []
    plain = lea.device.transport.fetch
    lea.device.transport.fetch = lambda *rest: asked.append(rest[0]) or plain(*rest)
    assert lea.engine().run().fetched == 0
    assert asked == []


def test_a_clock_that_was_ahead_does_not_put_off_what_is_fetched_ahead(
    council: Council, tmp_path: Path
) -> None:
    ann = keeper(council.officer("ann"), tmp_path)
    evidence_record(ann.device, ann.device.setting(), SMALL)
    ann.device.sync()
    council.user("lea", Role.LEAD)
    clock, needed = Clock(), [(digest(SMALL), len(SMALL))]
    lea = keeper(council.device("lea", clock=clock), tmp_path, ahead=lambda: needed)
    clock.now += timedelta(days=9 * 365)
    assert lea.sync().fetched == 0
    clock.now -= timedelta(days=9 * 365)
    ann.files.put(SMALL)
    assert ann.sync().sent == 1
    assert lea.sync().fetched == 1


def test_a_manager_fetches_and_sends_nothing(council: Council, tmp_path: Path) -> None:
    ann = keeper(council.officer("ann"), tmp_path)
    ann.add(ann.device.setting(), SMALL)
    ann.sync()
    council.user("mia", Role.MANAGER)
    mia = keeper(council.device("mia"), tmp_path)
    mia.sync()
    with pytest.raises(Refused) as refused:
        mia.engine().fetch(digest(SMALL), len(SMALL))
    assert refused.value.code == Code.NOT_FOUND
    assert mia.files.hashes() == set()


def test_what_is_not_at_the_server_is_said_so(council: Council, tmp_path: Path) -> None:
    ann = keeper(council.officer("ann"), tmp_path)
    ann.device.sync()
    with pytest.raises(Refused) as refused:
        ann.engine().fetch(digest(SMALL), len(SMALL))
    assert refused.value.code == Code.NOT_FOUND
    assert ann.files.hashes() == set()
