"""Each situation on the way to the server, made for real, has a sentence that is true of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

import msgspec
import pytest

from sync.client.link.transport import HttpTransport, Patience
from sync.wire import SignIn
from tests.support.server.certificates import self_signed
from tests.support.server.http_server import http_server
from tests.support.server.odd_responses import answer, listening
from tests.support.sync.council import Council
from visitapp.errors import Code, LinkProblem

PATIENCE = Patience(connect=60, tries=1, answer=60)
PROBLEM = {"Content_Type": "application/problem+json"}
HTML = {"Content_Type": "text/html"}

Made = AbstractContextManager[str]
Situation = Callable[[Council, Path], Made]


def says(status: int, body: bytes, **head: str) -> Situation:
    """Something that answers every request like this."""

    @contextmanager
    def made(council: Council, folder: Path) -> Iterator[str]:
        with listening(answer(status, body, **head)) as place:
            yield f"http://{place}"

    return made


def problem(status: int, code: Code, detail: str) -> Situation:
    body = msgspec.json.encode({"status": status, "code": code, "detail": detail})
    return says(status, body, **PROBLEM)


@contextmanager
def under_another_path(council: Council, folder: Path) -> Iterator[str]:
    with http_server(council.server) as url:
        yield f"{url}/visitapp/"


@contextmanager
def http_to_a_tls_port(council: Council, folder: Path) -> Iterator[str]:
    with listening(answer(200, b""), self_signed(folder)) as place:
        yield f"http://{place}"


@contextmanager
def https_to_a_plain_port(council: Council, folder: Path) -> Iterator[str]:
    with http_server(council.server) as url:
        yield url.replace("http://", "https://")


@contextmanager
def an_unknown_certificate(council: Council, folder: Path) -> Iterator[str]:
    with listening(answer(200, b""), self_signed(folder)) as place:
        yield f"https://{place}"


@contextmanager
def an_unknown_host(council: Council, folder: Path) -> Iterator[str]:
    yield "https://visits.invalid"


@contextmanager
def nobody_at_the_port(council: Council, folder: Path) -> Iterator[str]:
    yield "http://127.0.0.1:9"


TABLE: list[tuple[str, Situation, str, str]] = [
    ("proxy while the server restarts", says(502, b"<html>", **HTML), "restarting", "sign in"),
    ("load balancer", says(503, b"busy", **HTML), "not running at the moment", "sign in"),
    ("gateway timeout", says(504, b"<html>", **HTML), "restarting", "sign in"),
    ("hotel network", says(200, b"<html>", **HTML), "sign in to this network", "restarting"),
    (
        "database down",
        problem(503, Code.DATABASE_UNREACHABLE, "Check that its password is right."),
        "The server cannot use its database",
        "password",
    ),
    (
        "server's disk full",
        problem(507, Code.DISK_FULL, "Free some space."),
        "The server's disk is full",
        "Free some space",
    ),
    ("another path", under_another_path, "not under this path", "Not Found"),
    ("http to a TLS port", http_to_a_tls_port, "starts with https://", "online"),
    ("https to a plain port", https_to_a_plain_port, "does not use TLS", "date and time"),
    ("unknown certificate", an_unknown_certificate, "could not prove who it is", "online"),
    ("unknown host", an_unknown_host, "No server called visits.invalid was found", "portal"),
    ("nobody at the port", nobody_at_the_port, "could not be reached", "certificate"),
]


@pytest.mark.parametrize(
    ("make", "true", "untrue"), [pytest.param(*row[1:], id=row[0]) for row in TABLE]
)
def test_the_sentence_is_true_of_the_situation(
    council: Council, tmp_path: Path, make: Situation, true: str, untrue: str
) -> None:
    with (
        make(council, tmp_path) as url,
        closing(HttpTransport(url, PATIENCE)) as link,
        pytest.raises(LinkProblem) as told,
    ):
        link.sign_in(SignIn(name="ann", password="x", device_id="d"))
    sentence = str(told.value)
    assert true in sentence
    assert untrue not in sentence
    assert "safe" in sentence
