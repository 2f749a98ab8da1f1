"""The link to a server over HTTP. The only place that uses `requests`."""

from __future__ import annotations

import contextlib
import ssl
from collections.abc import Mapping
from functools import lru_cache
from ipaddress import ip_address
from time import monotonic
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

from sync.client.link.connection_pool import Line
from sync.client.link.problems import (
    broken_off,
    causes,
    no_such_host,
    no_tls,
    proxy_sign_in,
    too_large,
    unreachable,
    untrusted,
)
from sync.client.link.responses import Response, message_of
from sync.client.link.transport_protocol import BrokenOff, Into, Take, Transport
from sync.wire import (
    DIGEST,
    FormPublished,
    NewPassword,
    PasswordChanged,
    PolicyPublished,
    PublishForm,
    PublishPolicy,
    Renewal,
    RoundReply,
    SignIn,
    Tokens,
    digest_of,
)
from visitapp.errors import Code, LinkProblem, Refused
from visitapp.language import message

__all__ = ["HttpTransport", "Patience", "Transport"]

_WORTH_PACKING = 1024
_PIECE = 64 * 1024
_HEAD = {
    "Content-Type": "application/json",
    "Accept-Encoding": "zstd",
    "User-Agent": "Visitapp",
}
M = TypeVar("M")


class Patience(Struct, frozen=True, kw_only=True):
    """How long and how much a transport bears.

    Seconds: to connect (`connect`), until an answer begins and for each piece of it (`answer`).
    The whole of an answer may take `answer` and a second for each `slowest` bytes; `most` bytes
    are taken, packed or not.
    """

    connect: float = 5.0
    tries: int = 3
    answer: float = 120.0
    slowest: int = 1000
    most: int = 256 * 1024 * 1024


PATIENCE = Patience()


class _Watched(HTTPAdapter):
    """Trusts what the operating system trusts, as councils with their own authority need; its
    connections, through a proxy or not, are known to a `Line`."""

    def __init__(self, line: Line) -> None:
        self._line = line
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        kwargs["ssl_context"] = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        super().init_poolmanager(*args, **kwargs)
        self._line.watch(self.poolmanager)

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        kwargs["ssl_context"] = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        manager = super().proxy_manager_for(proxy, **kwargs)
        self._line.watch(manager)
        return manager


class HttpTransport:
    """A server at an address such as `https://visits.council.example`.

    The proxies of the environment (HTTPS_PROXY and its kind) are used. Raises Refused BAD_VALUE
    unless the address is https, or http on this computer itself.
    """

    def __init__(self, url: str, patience: Patience = PATIENCE) -> None:
        _require_safe(url)
        self._url = url.rstrip("/")
        self._patience = patience
        self._line = Line()
        self._adapter = _Watched(self._line)
        # Looked up once: asking the environment again would take longer than a small round.
        found = requests.Session().merge_environment_settings(
            self._url, {}, stream=True, verify=True, cert=None
        )
        self._verify = found["verify"] or True
        self._proxies = {
            name: proxy
            for name, proxy in found["proxies"].items()
            if self._url.startswith("https") or _is_loopback(urlsplit(proxy).hostname)
        }

    def sign_in(self, request: SignIn) -> Tokens:
        """See `Transport`."""
        return self._post("/v1/sign-in", msgspec.json.encode(request), Tokens)

    def change_password(self, request: NewPassword) -> PasswordChanged:
        """See `Transport`."""
        return self._post("/v1/password", msgspec.json.encode(request), PasswordChanged)

    def renew(self, renewal: Renewal) -> Tokens:
        """See `Transport`."""
        return self._post("/v1/renew", msgspec.json.encode(renewal), Tokens)

    def sync(self, body: bytes, access_token: str) -> RoundReply:
        """See `Transport`."""
        return self._post("/v1/sync", body, RoundReply, access_token)

    def publish(self, asked: PublishForm, access_token: str) -> FormPublished:
        """See `PublishingTransport`."""
        return self._post("/v1/forms", msgspec.json.encode(asked), FormPublished, access_token)

    def publish_policy(self, asked: PublishPolicy, access_token: str) -> PolicyPublished:
        """See `PublishingTransport`."""
        return self._post("/v1/policies", msgspec.json.encode(asked), PolicyPublished, access_token)

    def close(self) -> None:
        """Close the connections that were kept open."""
        self._line.close()
        self._adapter.close()

    def break_off(self) -> None:
        """End what is under way, from another thread; it raises BrokenOff there."""
        self._line.cut()

    def _post(self, path: str, body: bytes, answer: type[M], access_token: str = "") -> M:
        head = {}
        if len(body) >= _WORTH_PACKING:
            body = zstandard.ZstdCompressor(level=1).compress(body)
            head["Content-Encoding"] = "zstd"
        head[DIGEST] = digest_of(body)
        came = self.exchange("POST", path, head, body, access_token)
        return message_of(came, answer, self._patience.most)

    def exchange(
        self, method: str, path: str, head: Mapping[str, str], body: bytes, access_token: str
    ) -> Response:
        """See `EvidenceTransport`."""
        return self._answered(_request(method, self._url + path, head, body, access_token))

    def fetch(self, path: str, head: Mapping[str, str], access_token: str, into: Into) -> Response:
        """See `EvidenceTransport`."""
        return self._answered(_request("GET", self._url + path, head, b"", access_token), into)

    def _answered(self, request: requests.PreparedRequest, into: Into | None = None) -> Response:
        try:
            return self._exchange(request, into)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            if self._line.cut_off:
                raise BrokenOff from error
            raise _lost(error, self._url) from error

    def _exchange(self, request: requests.PreparedRequest, into: Into | None) -> Response:
        """Ask and read the answer. Only a failure to connect is tried again: nothing was sent."""
        patience = self._patience
        for attempt in Retrying(
            retry=retry_if_exception_type(requests.ConnectTimeout),
            stop=stop_after_attempt(patience.tries),
            wait=wait_exponential(multiplier=0.2, max=2),
            reraise=True,
        ):
            with attempt:
                response = self._begun(request)
        with response:
            status, head = response.status_code, response.headers
            return Response(status, head, self._body(response, into and into(status, head)))

    def _begun(self, request: requests.PreparedRequest) -> requests.Response:
        """The answer when its head came in time; one that came by half is closed again."""
        patience = self._patience
        with contextlib.ExitStack() as stack:
            with self._line.at_most(patience.answer):
                response = self._adapter.send(
                    request,
                    timeout=(patience.connect, patience.answer),
                    verify=self._verify,
                    proxies=self._proxies,
                )
                stack.enter_context(response)
            stack.pop_all()
        return response

    def _body(self, response: requests.Response, taker: Take | None) -> bytes:
        """The body as it was sent, while it comes fast enough and is not too large; nothing of it
        when there is a taker."""
        patience = self._patience
        began = monotonic()
        pieces: list[bytes] = []
        take = taker or pieces.append
        size = 0
        while piece := response.raw.read1(_PIECE, decode_content=False):
            take(piece)
            size += len(piece)
            if size > patience.most:
                raise too_large()
            if monotonic() - began > patience.answer + size / patience.slowest:
                raise unreachable()
        return b"".join(pieces)


def _require_safe(url: str) -> None:
    """Raise Refused BAD_VALUE for an address that names no server, or one to which a password and
    records would travel in the clear."""
    try:
        parts = urlsplit(url)
        scheme, host, _ = parts.scheme, parts.hostname, parts.port
    except ValueError:
        scheme, host = "", None
    if scheme not in ("http", "https") or not host:
        raise Refused(
            Code.BAD_VALUE,
            message("This is not the address of a server."),
            message("Give the address that starts with https:// from your IT team."),
        )
    if scheme == "http" and not _is_loopback(host):
        raise Refused(
            Code.BAD_VALUE,
            message(
                "Nothing was sent: with http:// your password could be read on the way to {host}.",
                host=host,
            ),
            message("Use the address that starts with https://."),
        )


def _is_loopback(host: str | None) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host or "").is_loopback
    except ValueError:
        return False


def _request(
    method: str, url: str, head: Mapping[str, str], body: bytes, access_token: str
) -> requests.PreparedRequest:
    """The request alone: without a session nobody's cookie, redirect or password file meets it."""
    headers = {**_HEAD, **head}
    if access_token:
        headers["Authorization"] = f"Bearer {access_token}"
    request = requests.PreparedRequest()
    request.method, request.url = method, _prepared(url)
    request.prepare_headers(headers)
    request.prepare_body(body, None)
    return request


@lru_cache(maxsize=16)
def _prepared(url: str) -> str | None:
    """An address as it is sent. Kept, because to take it apart costs as much as to sign a body."""
    return requests.Request("GET", url).prepare().url


def _lost(error: Exception, url: str) -> LinkProblem:
    """The problem behind a line that failed."""
    if isinstance(error, requests.exceptions.SSLError):
        return no_tls() if "WRONG_VERSION_NUMBER" in str(error) else untrusted()
    if isinstance(error, requests.exceptions.ProxyError) and "407" in str(error):
        return proxy_sign_in()
    found = list(causes(error))
    if any(isinstance(one, urllib3.exceptions.NameResolutionError) for one in found):
        return no_such_host(urlsplit(url).hostname or "")
    if any(isinstance(one, ConnectionResetError) for one in found):
        return broken_off(urlsplit(url).scheme)
    return unreachable()
