"""What a revoked device may still do: hand in what it has not sent, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from sync.client.hand_in import PART, HandInClient, Parcel
from sync.client.link.responses import Response
from sync.server.hand_in.inbox import HandedInFiles, listed
from sync.server.hand_in.receive import MOST_BYTES
from sync.server.http.app import create_app
from sync.server.operations.backup import write_backup
from sync.server.operations.restore import restore
from sync.server.operations.users import People
from sync.wire import PROTOCOL
from tests.support.server.asgi import ask
from tests.support.sync.council import KEY, Council, Device, InProcess
from tests.support.sync.evidence import digest, some_bytes
from visitapp.errors import Code, EnvironmentProblem, LinkProblem, NotAllowed, Refused
from visitapp.language import message
from visitapp.records import AuditEntry, EvidenceChunk, HandIn, Setting
from visitapp.storage.database import open_server

FILE = some_bytes(2 * PART + 77, seed=3)
HELD = digest(b"what is held")
PHRASE = "one-two-three"


def parcel(data: bytes = FILE, held: str = HELD) -> Parcel:
    return Parcel(
        held=held, sha256=digest(data), size=len(data), changes=3, photos=1, passphrase=PHRASE
    )


def client(device: Device, **other: str) -> HandInClient:
    who = {name: str(device.state(name)) for name in ("server_id", "device_id")} | other
    return HandInClient(device.transport, device.state("refresh_token"), **who)


def hand_in(device: Device, data: bytes = FILE, **other: str) -> object:
    def read(start: int, most: int) -> bytes:
        return data[start : start + most]

    return client(device, **other).hand_in(parcel(data), read, lambda done, total: None)


def revoked(council: Council) -> Device:
    device = council.officer("ann")
    device.setting()
    council.admin.revoke(device.state("device_id"))
    return device


def exported(council: Council, out: Path) -> tuple[bytes, str]:
    (one,) = listed(council.database)
    passphrase = HandedInFiles(council.database, KEY, council.clock).export(one.id, out)
    return out.read_bytes(), passphrase


def test_what_is_handed_in_is_confirmed_and_kept_whole(
    every_council: Council, tmp_path: Path
) -> None:
    ann = revoked(every_council)
    with pytest.raises(NotAllowed) as told:
        ann.sync()
    assert told.value.code == Code.DEVICE_REVOKED
    said = hand_in(ann)
    assert said == hand_in(ann)
    assert (said.server_id, said.device_id) == (every_council.server_id, ann.state("device_id"))
    assert (said.held, said.sha256, said.size) == (HELD, digest(FILE), len(FILE))
    assert exported(every_council, tmp_path / "out") == (FILE, PHRASE)
    events = [e.what for e in audit(every_council)]
    assert events[-2:] == ["handed_in", "hand_in_exported"]


def audit(council: Council) -> list[AuditEntry]:
    with council.database.reading() as session:
        return list(session.scalars(select(AuditEntry).order_by(AuditEntry.number)))


def test_nothing_unsent_is_confirmed_at_once(any_council: Council, tmp_path: Path) -> None:
    ann = revoked(any_council)
    assert hand_in(ann, b"").size == 0
    with pytest.raises(Refused):
        exported(any_council, tmp_path / "out")


def test_every_reply_may_be_lost(any_council: Council, tmp_path: Path) -> None:
    ann = revoked(any_council)
    assert isinstance(ann.transport, InProcess)
    lost = 0
    plain = ann.transport.exchange
    seen: set[str] = set()

    def losing(
        method: str, path: str, head: Mapping[str, str], body: bytes, token: str
    ) -> Response:
        answer = plain(method, path, head, body, token)
        which = f"{method} {path} {head.get('Upload-Offset')}"
        if which not in seen:
            seen.add(which)
            raise LinkProblem(Code.SERVER_UNREACHABLE, message("The reply was lost."))
        return answer

    ann.transport.exchange = losing
    while True:
        try:
            hand_in(ann)
            break
        except LinkProblem:
            lost += 1
    assert lost == 5
    assert exported(any_council, tmp_path / "out") == (FILE, PHRASE)


def test_bytes_that_were_safe_are_not_sent_again(council: Council) -> None:
    ann = revoked(council)
    sent: list[int] = []
    plain = ann.transport.exchange

    def cut(method: str, path: str, head: Mapping[str, str], body: bytes, token: str) -> Response:
        if method == "PATCH":
            sent.append(len(body))
            if len(sent) == 2:
                raise LinkProblem(Code.SERVER_UNREACHABLE, message("The line was cut."))
        return plain(method, path, head, body, token)

    ann.transport.exchange = cut
    with pytest.raises(LinkProblem):
        hand_in(ann)
    hand_in(ann)
    assert sent == [PART, PART, PART, 77]


def test_a_device_that_was_not_revoked_hands_nothing_in(any_council: Council) -> None:
    ann = any_council.officer("ann")
    with pytest.raises(NotAllowed) as refused:
        hand_in(ann)
    assert refused.value.code == Code.NOT_ALLOWED


def test_a_reinstated_device_goes_on_as_before(any_council: Council) -> None:
    ann = revoked(any_council)
    hand_in(ann)
    any_council.admin.reinstate(ann.state("device_id"))
    with pytest.raises(NotAllowed):
        hand_in(ann)
    assert ann.sync().accepted == 1


@pytest.mark.parametrize(
    ("other", "code"),
    [("server_id", Code.OTHER_SERVER), ("device_id", Code.NOT_ALLOWED)],
)
def test_another_server_or_device_is_refused(council: Council, other: str, code: Code) -> None:
    ann = revoked(council)
    with pytest.raises((EnvironmentProblem, NotAllowed)) as refused:
        hand_in(ann, **{other: "0" * 8})
    assert refused.value.code == code
    assert listed(council.database) == []


def test_other_bytes_than_announced_are_thrown_away(any_council: Council) -> None:
    ann = revoked(any_council)
    altered = bytes(len(FILE))
    with pytest.raises(Refused) as refused:
        client(ann).hand_in(
            parcel(FILE), lambda start, most: altered[start : start + most], lambda *_: None
        )
    assert refused.value.code == Code.EVIDENCE_DIFFERS
    with any_council.database.reading() as session:
        assert session.scalars(select(HandIn)).all() == []
        assert session.scalars(select(EvidenceChunk.start)).all() == []


def test_a_newer_hand_in_takes_the_place_of_an_unfinished_one_alone(council: Council) -> None:
    ann = revoked(council)
    hand_in(ann)
    with pytest.raises(OSError, match="the disk is gone"):
        client(ann).hand_in(parcel(b"unfinished"), _broken, lambda *_: None)
    assert [one.ended_at is None for one in listed(council.database)] == [True, False]
    hand_in(ann, b"another")
    assert [one.ended_at is None for one in listed(council.database)] == [False, False]


def _broken(start: int, most: int) -> bytes:
    raise OSError("the disk is gone")


def test_there_is_a_limit(council: Council) -> None:
    ann = revoked(council)
    huge = Parcel(held=HELD, sha256=HELD, size=MOST_BYTES + 1, changes=0, photos=0, passphrase="x")
    with pytest.raises(Refused) as refused:
        client(ann).hand_in(huge, _broken, lambda *_: None)
    assert refused.value.code == Code.FILE_TOO_LARGE


def test_a_leaver_who_comes_back_after_months_is_told_and_hands_in(any_council: Council) -> None:
    """Disabled, with a new password, revoked, and every token of theirs long out of date."""
    ann = any_council.officer("ann")
    ann.setting()
    people = People(any_council.database, any_council.clock)
    people.disable("ann")
    people.set_password("ann", "another pass phrase")
    with pytest.raises(NotAllowed) as ended:
        ann.sync()
    assert ended.value.code == Code.SIGN_IN_AGAIN
    any_council.admin.revoke(ann.state("device_id"))
    any_council.clock.now += timedelta(days=200)
    any_council.officer("ben").sync()
    with pytest.raises(NotAllowed) as told:
        ann.sync()
    assert told.value.code == Code.DEVICE_REVOKED
    assert hand_in(ann).size == len(FILE)


@pytest.mark.parametrize("token", ["access_token", "refresh_token"])
def test_a_revoked_token_opens_no_other_door(council: Council, token: str) -> None:
    """Every address of the server is tried, so a new one is tried as well."""
    ann = revoked(council)
    app = create_app(council.server)
    schema = ask(app, "GET", "/schema/openapi.json", {}, b"").body.decode()
    doors = set(re.findall(r'"(/v1/[^"]*)":', schema)) - {"/v1/sign-in"}
    assert len(doors) >= 7
    head = {"Authorization": f"Bearer {ann.state(token)}", "Tus-Resumable": "1.0.0"}
    shut: dict[str, int] = {}
    for path, method, more, body in asked(ann):
        answer = ask(app, method, path, {**head, **more}, body)
        shut[path] = answer.status
        assert answer.status in (401, 403), (path, answer.status)
    shapes = {re.sub(r"/[0-9a-f-]{8,}", "/{id}", path) for path in shut}
    known = {re.sub(r"\{[^}]*\}", "{id}", door) for door in doors}
    assert known - shapes == {door for door in known if door.startswith("/v1/hand-in")}
    assert [row.name for row in council.all(Setting)] == []


def asked(ann: Device) -> list[tuple[str, str, dict[str, str], bytes]]:
    """A fitting request to each address."""
    said = {"Content-Type": "application/json"}
    part = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}
    named = {"Upload-Length": "5", "Upload-Metadata": "sha256 " + "MDAw" * 21 + "MA=="}
    batch = (
        b'{"protocol":%d,"cursor":0,"batch":{"id":"b","changes":[{"op":"create","kind":"provider",'
        b'"id":"p","at":"","values":{}}]}}' % PROTOCOL
    )
    renewal = f'{{"refresh_token":"{ann.state("refresh_token")}"}}'.encode()
    password = (
        b'{"name":"ann","password":"not hers at all","new_password":"another long one",'
        b'"device_id":"a-laptop"}'
    )
    upload, content = "/v1/evidence/uploads/12345678-0000", "/v1/evidence/" + "0" * 64
    return [
        ("/v1/sync", "POST", said, batch),
        ("/v1/renew", "POST", said, renewal),
        ("/v1/password", "POST", said, password),
        ("/v1/forms", "POST", said, b'{"text":"id: x"}'),
        ("/v1/policies", "POST", said, b'{"text":"id: x"}'),
        ("/v1/evidence/uploads", "POST", named, b""),
        (upload, "HEAD", {}, b""),
        (upload, "PATCH", part, b"12345"),
        (upload, "DELETE", {}, b""),
        (content, "GET", {}, b""),
    ]


def test_it_lies_sealed_in_the_database_and_in_the_backup(council: Council, tmp_path: Path) -> None:
    ann = revoked(council)
    hand_in(ann, b"plain work" * 1000)
    write_backup(council.database, tmp_path / "backup", council.clock)
    kept = (tmp_path / "server.db").read_bytes() + (tmp_path / "server.db-wal").read_bytes()
    assert b"plain work" not in kept
    assert PHRASE.encode() not in kept
    restore(tmp_path / "backup", f"sqlite:///{tmp_path}/again.db")
    database = open_server(f"sqlite:///{tmp_path}/again.db")
    (one,) = listed(database)
    assert HandedInFiles(database, KEY).export(one.id, tmp_path / "out") == PHRASE
    assert (tmp_path / "out").read_bytes() == b"plain work" * 1000
    HandedInFiles(database, KEY).forget(one.id)
    assert listed(database) == []
    with pytest.raises(EnvironmentProblem) as wrong:
        HandedInFiles(council.database, bytes(32)).export(one.id, tmp_path / "other")
    assert wrong.value.code == Code.WRONG_KEY
    database.close()
