"""The server and the transport on the wire: bodies, problems, and what is not a server."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import msgspec
import pytest
import requests
import zstandard

from sync.client.link.transport import HttpTransport
from sync.server.http.app import create_app
from sync.server.http.bodies import SYNC, limit_of
from sync.wire import PROTOCOL, Renewal, RoundReply, SignIn
from tests.support.server.asgi import ask
from tests.support.server.http_server import http_server
from tests.support.sync.council import PASSWORD, Council
from visitapp.errors import Code, EnvironmentProblem, LinkProblem, NotAllowed, Refused
from visitapp.explanation import kept_text
from visitapp.language import pseudo
from visitapp.storage.logs import FIELDS


@pytest.fixture
def address(council: Council) -> Iterator[str]:
    council.user("ann")
    with http_server(council.server) as url:
        yield url


def post(url: str, body: bytes, **headers: str) -> requests.Response:
    sent = {"Content-Type": "application/json", **headers}
    return requests.post(url, data=body, headers=sent, timeout=60)


def token(address: str) -> str:
    body = {"name": "ann", "password": PASSWORD, "device_id": "d"}
    answer = post(f"{address}/v1/sign-in", msgspec.json.encode(body)).json()
    return f"Bearer {answer['access_token']}"


def round_body(**asked: Any) -> bytes:
    return msgspec.json.encode({"protocol": PROTOCOL, **asked})


def test_health_and_readiness(address: str) -> None:
    assert requests.get(f"{address}/health", timeout=60).json() == {"status": "ok"}
    ready = requests.get(f"{address}/ready", timeout=60).json()
    assert ready == {"status": "ready"}, "nobody signed in"


@pytest.mark.parametrize("path", ["/health", "/ready", "/v1/sync", "/nowhere"])
def test_browsers_are_told_to_stay_with_tls_over_tls_alone(council: Council, path: str) -> None:
    app = create_app(council.server)
    name = "Strict-Transport-Security"
    assert name not in ask(app, "GET", path, {}, b"").head
    assert ask(app, "GET", path, {}, b"", scheme="https").head[name] == "max-age=31536000"


def test_a_round_packed_both_ways(address: str, council: Council) -> None:
    for number in range(40):
        council.user(f"user {number}")
    body = zstandard.ZstdCompressor().compress(round_body())
    answer = requests.post(
        f"{address}/v1/sync",
        data=body,
        headers={
            "Content-Encoding": "zstd",
            "Accept-Encoding": "zstd",
            "Authorization": token(address),
        },
        stream=True,
        timeout=60,
    )
    assert answer.headers["Content-Encoding"] == "zstd"
    plain = zstandard.ZstdDecompressor().stream_reader(answer.raw.read(decode_content=False)).read()
    assert len(msgspec.json.decode(plain, type=RoundReply).page.records) == 41


@pytest.mark.parametrize(
    ("body", "headers", "status", "code"),
    [
        (b"not json", {}, 400, Code.BAD_REQUEST),
        (b"{}", {}, 400, Code.BAD_REQUEST),
        (b'{"protocol": "one"}', {}, 400, Code.BAD_REQUEST),
        (b'{"protocol": %d, "cursor": -1}' % PROTOCOL, {}, 400, Code.BAD_REQUEST),
        (b'{"protocol": 99, "batch": "of another shape"}', {}, 409, Code.PROTOCOL),
        (b'{"protocol": 99}', {}, 409, Code.PROTOCOL),
        (b'{"protocol": %d}' % PROTOCOL, {}, 401, Code.SIGN_IN_AGAIN),
        (b"not zstd", {"Content-Encoding": "zstd"}, 401, Code.SIGN_IN_AGAIN),
        (b"{}", {"Content-Encoding": "br"}, 415, Code.BAD_REQUEST),
    ],
)
def test_problems_are_problem_details(
    address: str, body: bytes, headers: dict[str, str], status: int, code: Code
) -> None:
    answer = post(f"{address}/v1/sync", body, **headers)
    problem = answer.json()
    assert (answer.status_code, problem["status"], problem["code"]) == (status, status, code)
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert problem["detail"]


def test_a_small_body_that_unpacks_to_a_huge_one_is_refused(address: str) -> None:
    most = limit_of("POST", SYNC).unpacked
    bomb = zstandard.ZstdCompressor(level=19).compress(b" " * (most + 1))
    assert len(bomb) < 100_000
    head = {"Content-Encoding": "zstd", "Authorization": token(address)}
    answer = post(f"{address}{SYNC}", bomb, **head)
    assert (answer.status_code, answer.json()["code"]) == (413, Code.BATCH_TOO_LARGE)


def test_a_wrong_address_is_a_problem_too(address: str) -> None:
    answer = requests.get(f"{address}/v2/sync", timeout=60)
    assert (answer.status_code, answer.json()["code"]) == (404, Code.NOT_FOUND)


def test_the_transport_tells_refusals_apart(address: str) -> None:
    link = HttpTransport(address)
    with pytest.raises(NotAllowed) as refused:
        link.sign_in(SignIn(name="ann", password="wrong", device_id="d"))
    assert refused.value.code == Code.SIGN_IN_FAILED
    with pytest.raises(NotAllowed) as refused:
        link.renew(Renewal(refresh_token="invented"))
    assert refused.value.code == Code.SIGN_IN_AGAIN
    with pytest.raises(EnvironmentProblem) as newer:
        link.sync(b'{"protocol": 0}', "token")
    assert newer.value.code == Code.SERVER_TOO_NEW
    assert "Update Visitapp" in str(newer.value)
    link.close()


def test_a_problem_travels_in_english_and_is_worded_by_its_reader(
    address: str, pseudo_language: None
) -> None:
    body = {"name": "ann", "password": "wrong", "device_id": "d"}
    problem = post(f"{address}/v1/sign-in", msgspec.json.encode(body)).json()
    assert problem["detail"] == "The name or the password is wrong."
    assert problem["explanation"] == {"what": {"template": problem["detail"]}}
    link = HttpTransport(address)
    with pytest.raises(NotAllowed) as refused:
        link.sign_in(SignIn(name="ann", password="wrong", device_id="d"))
    link.close()
    assert str(refused.value) == pseudo(problem["detail"])


@pytest.mark.parametrize(
    "url", ["council", "ftp://council", "https://", "", "https://council:port", "https://[council"]
)
def test_an_address_that_is_none(url: str) -> None:
    with pytest.raises(Refused) as refused:
        HttpTransport(url)
    assert refused.value.code == Code.BAD_VALUE


ELSEWHERE = [
    "visits.council.example",
    "10.9.8.7:8080",
    "localhost.council.example",
    "127.0.0.1.council.example",
    "0.0.0.0",
    "[2001:db8::1]/",
    "localhost@council.example",
]
HERE = ["localhost:1", "127.0.0.1", "127.8.8.8", "[::1]:1"]


@pytest.mark.parametrize("place", ELSEWHERE)
@pytest.mark.parametrize("scheme", ["http", "HTTP"])
def test_without_tls_nothing_leaves_this_computer(scheme: str, place: str) -> None:
    with pytest.raises(Refused) as refused:
        HttpTransport(f"{scheme}://{place}")
    assert refused.value.code == Code.BAD_VALUE
    assert "http://" in str(refused.value)


@pytest.mark.parametrize("place", HERE)
def test_on_this_computer_http_is_enough(place: str) -> None:
    HttpTransport(f"http://{place}").close()
    HttpTransport(f"https://{place}").close()


@contextmanager
def pretender(status: int, headers: dict[str, str], body: bytes) -> Iterator[str]:
    """Something that answers every request alike, and is not our server."""

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join(60)


JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [
        pytest.param(200, {"Content-Type": "text/html"}, b"<html>Sign in", id="captive portal"),
        pytest.param(200, {}, b"", id="nothing"),
        pytest.param(302, {"Location": "http://portal.invalid/"}, b"", id="redirect"),
        pytest.param(200, JSON, b"<html>", id="html that says json"),
        pytest.param(200, JSON, b'{"server_id": "x"', id="cut"),
        pytest.param(200, JSON, b'{"hello": "world"}', id="other json"),
        pytest.param(200, {**JSON, "Content-Encoding": "zstd"}, b"odd", id="not packed"),
        pytest.param(500, JSON, b'{"error": "no"}', id="other problem"),
    ],
)
def test_what_is_not_a_server_is_told(
    council: Council, status: int, headers: dict[str, str], body: bytes
) -> None:
    ann = council.officer("ann")
    ann.setting()
    with pretender(status, headers, body) as url:
        link = HttpTransport(url)
        ann.transport = link
        with pytest.raises(LinkProblem) as problem:
            ann.sync()
        link.close()
    assert problem.value.code == (Code.SERVER_FAULT if status == 502 else Code.NOT_A_SERVER)
    assert "safe" in str(problem.value)
    assert kept_text(ann.state("sync_problem"), "") == str(problem.value)
    ann.transport = council.transport()
    assert ann.sync().accepted == 1


def test_a_body_that_breaks_off_is_a_lost_link(council: Council) -> None:
    ann = council.officer("ann")
    with pretender(200, {**JSON, "Content-Length": "5000"}, b'{"server_id"') as url:
        link = HttpTransport(url)
        ann.transport = link
        with pytest.raises(LinkProblem):
            ann.sync()
        link.close()


def test_a_fault_of_the_server_is_named_by_a_reference(
    council: Council, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    council.database.engine.dispose()
    with council.database.applying() as session:
        session.connection().exec_driver_sql("DROP TABLE counter")
    answer = requests.get(f"{address}/ready", timeout=60)
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (500, Code.BUG)
    reference = problem["detail"].removesuffix(".").split()[-1]
    assert reference == answer.headers["X-Request-Id"]
    logged = [record for record in caplog.records if record.getMessage() == "fault"]
    assert [getattr(record, FIELDS)["request_id"] for record in logged] == [reference]


def test_nobody_home_is_a_lost_link() -> None:
    link = HttpTransport("http://127.0.0.1:9")
    with pytest.raises(LinkProblem) as problem:
        link.sign_in(SignIn(name="ann", password="x", device_id="d"))
    assert problem.value.code == Code.SERVER_UNREACHABLE
