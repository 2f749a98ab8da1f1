"""A stranger, or a device gone wrong, costs the server little: bodies, heads and their time."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
import pytest
import requests
import zstandard

from sync.server.http.app import create_app
from sync.server.http.asgi import DECODED, Message
from sync.server.http.bodies import SMALL, SYNC, Bodies, limit_of
from sync.server.http.deadlines import HEAD_BYTES, HttpProtocol, in_time
from sync.server.http.load import Load
from sync.wire import PROTOCOL, Round
from tests.support.benchmarks.measured import peak_of
from tests.support.server.asgi import ask
from tests.support.server.http_server import serving
from tests.support.server.server_process import done, server_process
from tests.support.sync.council import PASSWORD, Council
from visitapp.errors import Code

JSON = {"Content-Type": "application/json"}
MB = 1024 * 1024
PACKED = {**JSON, "Content-Encoding": "zstd"}
POSTS = ("/v1/sign-in", "/v1/renew", "/v1/sync", "/v1/forms", "/v1/hand-in")


def packed(body: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(body)


@pytest.fixture
def app(council: Council) -> Any:
    council.user("ann")
    return create_app(council.server)


@pytest.fixture
def signed_in(app: Any) -> dict[str, str]:
    body = json.dumps({"name": "ann", "password": PASSWORD, "device_id": "laptop"}).encode()
    answer = ask(app, "POST", "/v1/sign-in", JSON, body)
    return {"Authorization": f"Bearer {json.loads(answer.body)['access_token']}"}


@pytest.mark.parametrize("path", ["/v1/sync", "/v1/forms"])
@pytest.mark.parametrize("token", [{}, {"Authorization": "Bearer invented"}])
def test_a_packed_body_is_not_unpacked_for_a_stranger(
    app: Any, path: str, token: dict[str, str]
) -> None:
    answer = ask(app, "POST", path, {**PACKED, **token}, b"this is not zstd")
    assert (answer.status, json.loads(answer.body)["code"]) == (401, Code.SIGN_IN_AGAIN)


@pytest.mark.parametrize("path", ["/v1/sync", "/v1/forms"])
def test_of_a_strangers_large_body_only_the_beginning_is_read(app: Any, path: str) -> None:
    answer = ask(app, "POST", path, JSON, b" " * (SMALL + 1))
    assert (answer.status, answer.head["Connection"]) == (401, "close")


@pytest.mark.parametrize(
    ("method", "path", "most"),
    [
        ("POST", "/v1/sign-in", 64 * 1024),
        ("POST", "/v1/renew", 64 * 1024),
        ("POST", "/v1/hand-in", 64 * 1024),
        ("POST", "/v1/hand-in/some-id/end", 64 * 1024),
        ("GET", "/health", 64 * 1024),
        ("POST", "/no/such/address", 64 * 1024),
        ("PATCH", "/v1/hand-in/some-id", MB),
        ("POST", "/v1/forms", 8 * MB),
        ("POST", "/v1/sync", 16 * MB),
    ],
)
def test_how_large_a_body_may_be(
    app: Any, signed_in: dict[str, str], council: Council, method: str, path: str, most: int
) -> None:
    assert limit_of(method, path).sent == most
    if method == "PATCH":
        council.admin.revoke("laptop")  # handing in is for revoked devices
    fits = ask(app, method, path, {**JSON, **signed_in}, b" " * most)
    assert fits.status != 413
    above = ask(app, method, path, {**JSON, **signed_in}, b" " * (most + 1))
    assert (above.status, json.loads(above.body)["code"]) == (413, Code.BATCH_TOO_LARGE)


def test_a_small_message_cannot_unpack_to_a_larger_one(app: Any, signed_in: dict[str, str]) -> None:
    body = packed(b" " * (SMALL + 1))
    assert ask(app, "POST", "/v1/sign-in", {**PACKED, **signed_in}, body).status == 413


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("body", [b'{"name":' + b"[" * 30_000, b'{"protocol":' + b'{"a":' * 9_000])
def test_nested_json_is_a_bad_request(app: Any, path: str, body: bytes) -> None:
    answer = ask(app, "POST", path, JSON, body)
    assert (answer.status, json.loads(answer.body)["code"]) == (400, Code.BAD_REQUEST)


def test_nested_json_in_a_large_body_is_one_too(app: Any, signed_in: dict[str, str]) -> None:
    body = packed(b'{"protocol":3,"batch":' + b"[" * 3_000_000)
    assert ask(app, "POST", SYNC, {**PACKED, **signed_in}, body).status == 400


def test_a_large_round_is_decoded_before_the_event_loop_sees_it() -> None:
    seen: list[Any] = []

    async def app(scope: Message, receive: Any, send: Any) -> None:
        seen.append(scope.get(DECODED))
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    bodies = Bodies(app, lambda path, token: None)
    small = msgspec.json.encode({"protocol": PROTOCOL})
    ask(bodies, "POST", SYNC, JSON, small)
    ask(bodies, "POST", SYNC, PACKED, packed(small + b" " * MB))
    assert seen == [None, Round(protocol=PROTOCOL)]


def test_bodies_beyond_what_a_process_can_hold_are_sent_away_and_counted_back() -> None:
    held: list[Any] = []

    async def app(scope: Message, receive: Any, send: Any) -> None:
        if scope["path"] == "/first":
            held.append(await _status(bodies, "/second"))
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    load = Load(in_flight=SMALL)
    bodies = Bodies(app, lambda path, token: None, load)
    assert asyncio.run(_status(bodies, "/first")) == 200
    assert held == [503]
    assert asyncio.run(_status(bodies, "/third")) == 200
    assert load.room == SMALL


async def _status(app: Any, path: str) -> int:
    said: list[Any] = []
    size = SMALL * 3 // 4

    async def receive() -> Message:
        return {"type": "http.request", "body": b" " * size, "more_body": False}

    async def send(message: Message) -> None:
        said.append(message)

    await app({"type": "http", "method": "POST", "path": path, "headers": []}, receive, send)
    return int(said[0]["status"])


def test_a_body_that_stops_coming_is_a_client_that_went() -> None:
    async def never() -> Message:
        await asyncio.Event().wait()
        raise AssertionError("nothing sets it")

    async def first() -> Message:
        return await in_time(never, seconds=0.01)()

    assert asyncio.run(first()) == {"type": "http.disconnect"}


def test_after_its_body_a_client_may_take_its_time() -> None:
    sent = [
        {"type": "http.request", "body": b"all", "more_body": False},
        {"type": "http.disconnect"},
    ]

    async def receive() -> Message:
        if len(sent) == 1:
            await asyncio.sleep(0.05)
        return sent.pop(0)

    async def both() -> list[str]:
        timed = in_time(receive, seconds=0.01)
        return [(await timed())["type"], (await timed())["type"]]

    assert asyncio.run(both()) == ["http.request", "http.disconnect"]


class Impatient(HttpProtocol):
    head_seconds = 0.2


@pytest.fixture
def impatient(app: Any) -> Iterator[tuple[str, int]]:
    with serving(app, Impatient) as url:
        parts = urlsplit(url)
        yield parts.hostname or "", parts.port or 0


@pytest.mark.parametrize("sent", [b"", b"GET /health HTTP/1.1\r\nHost: counc"])
def test_a_head_that_stays_half_sent_is_closed(impatient: tuple[str, int], sent: bytes) -> None:
    with socket.create_connection(impatient, timeout=60) as line:
        line.sendall(sent)
        assert line.recv(1) == b""


def test_a_second_head_on_a_connection_is_waited_for_no_longer(impatient: tuple[str, int]) -> None:
    with socket.create_connection(impatient, timeout=60) as line:
        line.sendall(b"GET /health HTTP/1.1\r\nHost: council\r\n\r\nGET /hea")
        came = b""
        while part := line.recv(1024):
            came += part
        assert came.count(b"HTTP/1.1 200") == 1


def test_a_head_without_end_is_closed(app: Any) -> None:
    line_of_head = f"X-Long: {'x' * 100}\r\n".encode()
    with serving(app) as url:
        parts = urlsplit(url)
        with socket.create_connection((parts.hostname, parts.port), timeout=60) as line:
            line.sendall(b"GET /health HTTP/1.1\r\n")
            with contextlib.suppress(OSError):
                line.sendall(line_of_head * (2 * HEAD_BYTES // len(line_of_head)))
            with contextlib.suppress(OSError):
                assert line.recv(1) == b""


def test_a_strangers_bomb_costs_a_server_process_little_memory(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'server.db'}"
    done(url, "init")
    change = b'{"op":"update","kind":"a","id":"b","at":"c","edits":{}},'
    many = (change * (60 * MB // len(change)))[:-1]
    bomb = packed(b'{"protocol":3,"batch":{"id":"x","changes":[' + many + b"]}}")
    with server_process(url) as server:
        before = peak_of(str(server.process.pid))
        for path, status in ((SYNC, 401), ("/v1/sign-in", 413)):
            answer = requests.post(f"{server.address}{path}", bomb, headers=PACKED, timeout=90)
            assert answer.status_code == status
        assert peak_of(str(server.process.pid)) - before < 60
        assert server.stop() == 0
