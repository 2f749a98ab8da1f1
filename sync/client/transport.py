"""The link to a server over HTTP. The only place that uses `requests`."""

from __future__ import annotations

import ssl
from typing import Any, TypeVar
from urllib.parse import urlsplit

import msgspec
import requests
import truststore
import urllib3
import zstandard
from msgspec import Struct
from requests.adapters import HTTPAdapter
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from sync.client.port import Transport
from sync.wire import DIGEST, Renewal, RoundReply, SignIn, Tokens, digest_of
from visitapp.errors import (
    Code,
    EnvironmentProblem,
    LinkProblem,
    NotAllowed,
    Refused,
    VisitappError,
)

__all__ = ["HttpTransport", "Transport"]

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 120.0
TRIES = 3
MOST_RECEIVED = 256 * 1024 * 1024
_WORTH_PACKING = 1024
_ENVIRONMENT = {Code.DISK_FULL, Code.DATABASE_UNREACHABLE, Code.DATABASE_IN_USE, Code.BUG}
_NOT_ALLOWED = {
    Code.SIGN_IN_AGAIN,
    Code.SIGN_IN_FAILED,
    Code.DEVICE_REVOKED,
    Code.NOT_ALLOWED,
    Code.TOO_MANY_ATTEMPTS,
}
M = TypeVar("M")


class _Problem(Struct):
    detail: str
    code: str
    status: int = 500


class _Trusting(HTTPAdapter):
    """Trusts what the operating system trusts, as councils with their own authority need."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        kwargs["ssl_context"] = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        super().init_poolmanager(*args, **kwargs)


class HttpTransport:
    """A server at an address such as `https://visits.council.example`."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Refused(
                Code.BAD_VALUE,
                "This is not the address of a server.",
                "It starts with https:// or, on your own machine, with http://.",
            )
        self._url = url.rstrip("/")
        self._session = requests.Session()
        self._session.mount("https://", _Trusting())
        self._session.headers.update(
            {
                "Content-Type": "application/json",
                "Accept-Encoding": "zstd",
                "User-Agent": "Visitapp",
            }
        )

    def sign_in(self, request: SignIn) -> Tokens:
        """See `Transport`."""
        return self._post("/v1/sign-in", msgspec.json.encode(request), Tokens)

    def renew(self, renewal: Renewal) -> Tokens:
        """See `Transport`."""
        return self._post("/v1/renew", msgspec.json.encode(renewal), Tokens)

    def sync(self, body: bytes, access_token: str) -> RoundReply:
        """See `Transport`."""
        headers = {"Authorization": f"Bearer {access_token}"}
        return self._post("/v1/sync", body, RoundReply, headers)

    def close(self) -> None:
        """Close the connections that were kept open."""
        self._session.close()

    def _post(
        self, path: str, body: bytes, answer: type[M], headers: dict[str, str] | None = None
    ) -> M:
        sent = dict(headers or {})
        if len(body) >= _WORTH_PACKING:
            body = zstandard.ZstdCompressor(level=1).compress(body)
            sent["Content-Encoding"] = "zstd"
        sent[DIGEST] = digest_of(body)
        try:
            status, kind, received = self._exchange(path, body, sent)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            raise _unreachable() from error
        if not kind.startswith(("application/json", "application/problem+json")):
            raise _not_a_server()
        try:
            if status != 200:
                raise _problem(msgspec.json.decode(received, type=_Problem))
            return msgspec.json.decode(received, type=answer)
        except msgspec.MsgspecError:
            raise _not_a_server() from None

    def _exchange(self, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, str, bytes]:
        """Post and read the answer. Only a failure to connect is tried again: nothing was sent."""
        for attempt in Retrying(
            retry=retry_if_exception_type(requests.ConnectTimeout),
            stop=stop_after_attempt(TRIES),
            wait=wait_exponential(multiplier=0.2, max=2),
            reraise=True,
        ):
            with attempt:
                response = self._session.post(
                    self._url + path,
                    data=body,
                    headers=headers,
                    timeout=(CONNECT_SECONDS, ANSWER_SECONDS),
                    allow_redirects=False,
                    stream=True,
                )
        with response:
            received = response.raw.read(MOST_RECEIVED, decode_content=False)
            said = response.headers.get(DIGEST)
            if said is not None and said != digest_of(received):
                raise _altered()
            if response.headers.get("Content-Encoding") == "zstd":
                received = _unpacked(received)
            return response.status_code, response.headers.get("Content-Type", ""), received


def _unpacked(body: bytes) -> bytes:
    try:
        with zstandard.ZstdDecompressor().stream_reader(body) as reader:
            return reader.read(MOST_RECEIVED)
    except zstandard.ZstdError:
        raise _not_a_server() from None


def _problem(problem: _Problem) -> VisitappError:
    """The error that a problem details answer stands for."""
    try:
        code = Code(problem.code)
    except ValueError:
        code = Code.BUG if problem.status >= 500 else Code.BAD_REQUEST
    if code == Code.BODY_ALTERED:
        return _altered()
    if code in _NOT_ALLOWED:
        return NotAllowed(problem.detail, code=code)
    if code == Code.PROTOCOL:
        return EnvironmentProblem(Code.SERVER_TOO_NEW, problem.detail)
    if problem.status >= 500 or code in _ENVIRONMENT:
        return LinkProblem(Code.SERVER_FAULT, problem.detail, "Your work is safe. Try again later.")
    if code == Code.OTHER_SERVER:
        return EnvironmentProblem(code, problem.detail)
    return Refused(code, problem.detail)


def _unreachable() -> LinkProblem:
    return LinkProblem(
        Code.SERVER_UNREACHABLE,
        "The server could not be reached. Your work is safe on this device.",
        "Try again when you are online.",
    )


def _altered() -> LinkProblem:
    return LinkProblem(
        Code.BODY_ALTERED,
        "A message was altered on its way, so it was not used. Your work is safe on this device.",
        "Try again. If it goes on, ask your administrator about this network.",
    )


def _not_a_server() -> LinkProblem:
    return LinkProblem(
        Code.NOT_A_SERVER,
        "Something answered, but not the server. Your work is safe on this device.",
        "You may need to sign in to this network, or the address is wrong.",
    )
