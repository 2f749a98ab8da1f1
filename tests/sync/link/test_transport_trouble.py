"""What stands between a laptop and its server: whatever it does, nothing that waits is touched."""

from __future__ import annotations

import gzip
import socket
import struct
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
import zstandard

from sync.client.link.transport import HttpTransport, Patience
from sync.client.link.transport_protocol import BrokenOff
from sync.client.round.engine import SyncEngine
from sync.wire import Page, RoundReply, SignIn
from tests.support.server.certificates import self_signed
from tests.support.server.http_server import http_server
from tests.support.server.odd_responses import Talk, answer, listening, pass_on, read_request, said
from tests.support.sync.council import PASSWORD, Council, Device
from visitapp.errors import Code, LinkProblem
from visitapp.records import Action, Outbox, SentBatch

CALM = Patience(connect=60, tries=1, answer=60, slowest=1000, most=5_000_000)
SHORT = Patience(connect=60, tries=1, answer=0.5, slowest=100_000, most=5_000_000)
"""For an answer that never ends, which waiting longer would not change."""
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
PAUSE = threading.Event()
JSON = {"Content_Type": "application/json"}
REPLY = msgspec.json.encode(
    RoundReply(server_id="another", revision=1, page=Page(groups=[], cursor=1))
)


@pytest.fixture
def ann(council: Council) -> Device:
    """An officer with three changes that wait."""
    device = council.officer("ann")
    home = device.setting()
    device.action(home, "Mend the call bells")
    device.action(home, "Train the staff")
    return device


def waiting(device: Device) -> list[tuple[Any, ...]]:
    """Everything that waits, the batch on its way put back into what it was made of."""
    with device.database.reading() as session:
        rows = session.query(Outbox).order_by(Outbox.sequence).all()
        return [
            (r.sequence, r.kind, r.record_id, r.created, r.fields, r.refused_code) for r in rows
        ]


def refused(device: Device, url: str, patience: Patience = CALM) -> LinkProblem:
    """The problem of a sync over that address, with nothing waiting touched."""
    before = waiting(device)
    records = [(a.id, a.title, a.revision) for a in device.all(Action)]
    link = HttpTransport(url, patience)
    try:
        with pytest.raises(LinkProblem) as problem:
            SyncEngine(device.database, link, device.clock).run()
    finally:
        link.close()
    assert waiting(device) == before
    assert [(a.id, a.title, a.revision) for a in device.all(Action)] == records
    assert "safe" in str(problem.value).lower()
    assert device.state("cursor") in (None, 0)
    return problem.value


def drip(line: socket.socket) -> None:
    """An answer that comes a byte at a time, for ever."""
    read_request(line)
    line.sendall(HEAD + b"Content-Length: 90000\r\n\r\n")
    while not PAUSE.wait(0.05):
        line.sendall(b" ")


def drip_head(line: socket.socket) -> None:
    """A head that never ends."""
    read_request(line)
    line.sendall(b"HTTP/1.1 200 OK\r\n")
    while not PAUSE.wait(0.05):
        line.sendall(b"X-Wait: yes\r\n")


def silence(line: socket.socket) -> None:
    read_request(line)
    while line.recv(1024):
        pass


def reset_in_request(line: socket.socket) -> None:
    line.recv(100)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def reset_in_answer(line: socket.socket) -> None:
    read_request(line)
    line.sendall(HEAD + b"Content-Length: 90\r\n\r\n{")
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def short_chunk(line: socket.socket) -> None:
    read_request(line)
    line.sendall(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        b'ff\r\n{"server_id"'
    )


BOMB = zstandard.ZstdCompressor(level=19).compress(b" " * 40_000_000)
SAYS: dict[str, tuple[Talk, Code]] = {
    "captive portal": (
        answer(200, b"<html>Welcome to our guests", Content_Type="text/html"),
        Code.NOT_A_SERVER,
    ),
    "redirect to a login page": (
        answer(302, b"", Location="http://portal.invalid/login"),
        Code.NOT_A_SERVER,
    ),
    "login page asked for": (
        answer(511, b"<html>", Content_Type="text/html"),
        Code.NOT_A_SERVER,
    ),
    "proxy wants a sign-in": (
        answer(407, b"<html>", Content_Type="text/html", Proxy_Authenticate="Basic"),
        Code.PROXY_SIGN_IN,
    ),
    "json that is not ours": (answer(200, b'{"status": "ok"}', **JSON), Code.NOT_A_SERVER),
    "json list": (answer(200, b"[]", **JSON), Code.NOT_A_SERVER),
    "not utf-8": (answer(200, b'{"server_id": "\xff"}', **JSON), Code.NOT_A_SERVER),
    "truncated body": (answer(200, REPLY[:-9], **JSON), Code.NOT_A_SERVER),
    "length too long": (
        answer(200, REPLY, **JSON, Content_Length="9000"),
        Code.SERVER_UNREACHABLE,
    ),
    "length too short": (answer(200, REPLY, **JSON, Content_Length="20"), Code.NOT_A_SERVER),
    "length that is none": (answer(200, b"", **JSON, Content_Length="many"), Code.NOT_A_SERVER),
    "cut chunk": (short_chunk, Code.SERVER_UNREACHABLE),
    "gzip though not asked for": (
        answer(200, gzip.compress(REPLY), **JSON, Content_Encoding="gzip"),
        Code.NOT_A_SERVER,
    ),
    "gzip bomb": (
        answer(200, gzip.compress(b" " * 40_000_000), **JSON, Content_Encoding="gzip"),
        Code.NOT_A_SERVER,
    ),
    "zstd bomb": (answer(200, BOMB, **JSON, Content_Encoding="zstd"), Code.NOT_A_SERVER),
    "huge body": (answer(200, b" " * 6_000_000, **JSON), Code.NOT_A_SERVER),
    "slow drip": (drip, Code.SERVER_UNREACHABLE),
    "head without end": (drip_head, Code.SERVER_UNREACHABLE),
    "silence": (silence, Code.SERVER_UNREACHABLE),
    "reset in the request": (reset_in_request, Code.SERVER_UNREACHABLE),
    "reset in the answer": (reset_in_answer, Code.SERVER_UNREACHABLE),
    "not http": (lambda line: line.sendall(b"SSH-2.0-OpenSSH\r\n"), Code.SERVER_UNREACHABLE),
    "bad gateway": (answer(502, b"<html>", Content_Type="text/html"), Code.SERVER_FAULT),
}
ENDLESS = (drip, drip_head, silence)


@pytest.mark.parametrize("what", SAYS)
def test_nothing_that_waits_is_touched(council: Council, ann: Device, what: str) -> None:
    talk, code = SAYS[what]
    patience = SHORT if talk in ENDLESS else CALM
    with listening(talk) as place:
        assert refused(ann, f"http://{place}", patience).code == code
    assert ann.sync().accepted == 3
    assert len(council.all(Action)) == 2


def test_a_bomb_is_not_unpacked_further_than_an_answer_may_be(ann: Device) -> None:
    """40 MB of blanks in 4 KB: unpacking ends at the 5 MB that this transport bears."""
    assert len(BOMB) < 10_000
    with listening(SAYS["zstd bomb"][0]) as place:
        assert "too large" in str(refused(ann, f"http://{place}"))


def problem(status: int, **head: str) -> Talk:
    body = msgspec.json.encode(
        {"status": status, "code": Code.DATABASE_UNREACHABLE, "detail": "Back soon."}
    )
    return answer(status, body, Content_Type="application/problem+json", **head)


@pytest.mark.parametrize(
    ("talk", "seconds"),
    [
        pytest.param(problem(503, Retry_After="120"), 120.0, id="ours"),
        pytest.param(
            answer(503, b"<html>", Content_Type="text/html", Retry_After="60"), 60.0, id="gateway"
        ),
        pytest.param(problem(502), None, id="not said"),
        pytest.param(problem(503, Retry_After="soon"), None, id="nonsense"),
        pytest.param(problem(503, Retry_After="-5"), None, id="negative"),
        pytest.param(
            problem(
                503,
                Date="Sun, 22 Nov 2026 09:00:00 GMT",
                Retry_After="Sun, 22 Nov 2026 09:05:00 GMT",
            ),
            300.0,
            id="a moment by the server's own clock",
        ),
        pytest.param(
            problem(503, Retry_After="Sun, 22 Nov 2026 09:05:00 GMT"), None, id="by no clock"
        ),
    ],
)
def test_a_server_says_when_to_come_back(ann: Device, talk: Talk, seconds: float | None) -> None:
    with listening(talk) as place:
        assert refused(ann, f"http://{place}").retry_after == seconds


def test_a_box_that_looks_into_tls_is_told_nothing(ann: Device, tmp_path: Path) -> None:
    heard: list[bytes] = []

    def talk(line: socket.socket) -> None:
        heard.append(read_request(line))

    with listening(talk, self_signed(tmp_path)) as place:
        told = refused(ann, f"https://{place}")
    assert told.code == Code.UNTRUSTED_SERVER
    assert "date and time" in str(told)
    assert heard == []


@pytest.fixture
def through(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let the environment name a proxy."""

    def through(place: str) -> None:
        for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
            monkeypatch.setenv(name, f"http://{place}")
        for name in ("no_proxy", "NO_PROXY"):
            monkeypatch.setenv(name, "")

    return through


def test_a_proxy_of_the_environment_is_used(
    council: Council, ann: Device, through: Callable[[str], None]
) -> None:
    passed: list[bytes] = []

    def forward(line: socket.socket) -> None:
        request = read_request(line)
        passed.append(request.split(b"\r\n")[0])
        place = request.split(b"://")[1].split(b"/")[0]
        pass_on(request.replace(b"http://" + place, b"", 1), line, place.decode())

    with http_server(council.server) as url, listening(forward) as place:
        through(place)
        link = HttpTransport(url)
        SyncEngine(ann.database, link, ann.clock).run()
        link.close()
    assert passed[0].startswith(b"POST http://127.0.0.1")
    assert ann.outbox() == []


@pytest.mark.parametrize("address", ["http://127.0.0.1:1", "https://visits.example"])
def test_a_proxy_that_wants_a_sign_in_says_so(
    ann: Device, through: Callable[[str], None], address: str
) -> None:
    with listening(SAYS["proxy wants a sign-in"][0]) as place:
        through(place)
        assert refused(ann, address).code == Code.PROXY_SIGN_IN


def test_a_proxy_that_is_gone_is_a_lost_link(ann: Device, through: Callable[[str], None]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        place = f"127.0.0.1:{gone.getsockname()[1]}"
    through(place)
    assert refused(ann, "https://visits.example").code == Code.SERVER_UNREACHABLE


def test_a_password_file_does_not_take_the_place_of_the_token(
    council: Council, ann: Device, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A `.netrc` with an entry for the host would replace our header with its own."""
    file = tmp_path / "netrc"
    file.write_text("machine 127.0.0.1 login ann password secret\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(file))
    with http_server(council.server) as url:
        link = HttpTransport(url)
        assert SyncEngine(ann.database, link, ann.clock).run().accepted == 3
        link.close()


def test_a_cookie_of_a_portal_is_not_kept(ann: Device) -> None:
    heard: list[bytes] = []
    portal = said(200, b"<html>", Content_Type="text/html", Set_Cookie="portal=1; Path=/")

    def talk(line: socket.socket) -> None:
        heard.append(read_request(line))
        line.sendall(portal)

    with listening(talk) as place:
        link = HttpTransport(f"http://{place}", CALM)
        for _ in range(2):
            with pytest.raises(LinkProblem):
                link.sign_in(SignIn(name="ann", password=PASSWORD, device_id="d"))
        link.close()
    assert len(heard) == 2
    assert b"portal=1" not in heard[1]


def test_a_sync_is_broken_off_from_another_thread(ann: Device) -> None:
    reached = threading.Event()

    def talk(line: socket.socket) -> None:
        read_request(line)
        reached.set()
        line.recv(1)

    ended: list[BaseException] = []
    with listening(talk) as place:
        link = HttpTransport(f"http://{place}")

        def run() -> None:
            try:
                SyncEngine(ann.database, link, ann.clock).run()
            except BaseException as error:
                ended.append(error)

        before = waiting(ann)
        thread = threading.Thread(target=run)
        thread.start()
        assert reached.wait(60)
        link.break_off()
        thread.join(60)
        assert not thread.is_alive()
        link.close()
    assert [type(error) for error in ended] == [BrokenOff]
    assert waiting(ann) == before
    assert ann.state("sync_problem") is None
    assert ann.sync().accepted == 3


@pytest.mark.parametrize("year", [1980, 2009, 2071])
def test_a_clock_that_is_years_wrong_changes_nothing(council: Council, year: int) -> None:
    """The device's: tokens run out by the server's word alone, and nothing is ordered by clocks."""
    ann = council.officer("ann")
    ann.clock = type(council.clock)()
    ann.clock.now = datetime(year, 2, 28, tzinfo=UTC)
    ann.database._clock = ann.clock
    home = ann.setting()
    ann.action(home)
    assert ann.sync().accepted == 2
    council.clock.now = council.clock.now.replace(hour=23)
    ann.action(home, "After the token ran out")
    assert ann.sync().accepted == 1
    assert ann.outbox() == []
    with ann.database.reading() as session:
        assert session.query(SentBatch).count() == 0
