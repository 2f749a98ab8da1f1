"""Request and response bodies: how large they may be, and that both may be zstd compressed.

A stranger costs little: without a token that the server gave, a request has at most 64 KB and
nothing of it is unpacked. Large bodies are unpacked and decoded in a thread, a few at a time.
"""

from __future__ import annotations

from collections.abc import Callable

import zstandard
from anyio import to_thread
from litestar.exceptions import HTTPException
from msgspec import Struct

from sync.server.http.asgi import BODY, DECODED, App, Message, Receive, Send, bearer_in, header
from sync.server.http.deadlines import in_time
from sync.server.http.json_body import decode
from sync.server.http.load import Load, Share
from sync.server.http.problems import MEDIA_TYPE, problem_bytes
from sync.wire import DIGEST, Round, digest_of
from visitapp.errors import Code, Refused, VisitappError
from visitapp.language import message

SMALL = 64 * 1024
"""Bytes of a body that is read without asking who sends it."""

WORTH_PACKING = 1024
_WORTH_A_THREAD = 256 * 1024
_WINDOW = 8 * 1024 * 1024
"""Bytes that zstd may look back: what its levels up to 19 use. A stranger could ask for 128 MB."""

_LENGTH = b"content-length"
_DIGEST = DIGEST.lower().encode()
_MB = 1024 * 1024

Gate = Callable[[str, str], None]
"""Called with an address and a token; raises NotAllowed unless its holder may send there."""


class Limit(Struct, frozen=True):
    """The most bytes of a body, as it travels and unpacked."""

    sent: int
    unpacked: int


STREAMED = "/v1/evidence/"
"""Addresses whose bodies come and go in parts, as they are; they see to their own size."""

SYNC = "/v1/sync"
_LIMITS = {SYNC: Limit(16 * _MB, 64 * _MB), "/v1/forms": Limit(8 * _MB, 8 * _MB)}
_PART = Limit(_MB, _MB)
_SMALL = Limit(SMALL, SMALL)


def limit_of(method: str, path: str) -> Limit:
    """The limit of a request's body."""
    if method == "PATCH" and path.startswith("/v1/hand-in/"):
        return _PART
    return _LIMITS.get(path, _SMALL)


class Bodies:
    """ASGI middleware around the whole application."""

    def __init__(self, app: App, gate: Gate, load: Load | None = None) -> None:
        self._app = app
        self._gate = gate
        self._load = load or Load()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Unpack the request, pack the response."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["path"].startswith(STREAMED):
            await self._app(scope, in_time(receive), send)
            return
        share = Share(self._load)
        try:
            body = await self._body(scope, in_time(receive), share)
        except (VisitappError, HTTPException) as error:
            share.release()
            await _refuse(send, error)
            return
        if body is None:
            share.release()
            return
        scope[BODY] = body
        packs = b"zstd" in header(scope, b"accept-encoding")
        try:
            await self._app(scope, _once(body), _Response(send, packs, share).send)
        finally:
            share.release()

    async def _body(self, scope: Message, receive: Receive, share: Share) -> bytes | None:
        """The whole body, unpacked; None when the client went.

        Raises NotAllowed, Refused BATCH_TOO_LARGE or BODY_ALTERED, EnvironmentProblem SERVER_BUSY,
        HTTPException 415.
        """
        packed = _is_packed(scope)
        limit = limit_of(scope["method"], scope["path"])
        may_be_large = packed and limit.unpacked > SMALL
        if may_be_large:
            await self._admit(scope)
        sent = await self._read(scope, receive, limit, share, admitted=may_be_large)
        if sent is None:
            return None
        most = limit.unpacked if packed else 0
        if not may_be_large and len(sent) <= SMALL:
            return _prepared(scope, sent, most)
        await share.turn()
        return await to_thread.run_sync(_prepared, scope, sent, most)

    async def _read(
        self, scope: Message, receive: Receive, limit: Limit, share: Share, *, admitted: bool
    ) -> bytes | None:
        parts: list[bytes] = []
        size, more = 0, True
        while more:
            event = await receive()
            if event["type"] != "http.request":
                return None
            part = event.get("body", b"")
            size += len(part)
            if size > limit.sent:
                raise _too_large()
            if size > SMALL and not admitted:
                await self._admit(scope)
                admitted = True
            share.take(len(part))
            parts.append(part)
            more = event.get("more_body", False)
        return b"".join(parts)

    async def _admit(self, scope: Message) -> None:
        await to_thread.run_sync(self._gate, scope["path"], bearer_in(scope))


class _Response:
    """Holds a response's start back until its body is there, to pack it when that is worth it and
    to give its digest. A response that comes in parts goes out as it is."""

    def __init__(self, send: Send, packs: bool, share: Share) -> None:
        self._send = send
        self._packs = packs
        self._share = share
        self._start: Message | None = None

    async def send(self, event: Message) -> None:
        if event["type"] == "http.response.start":
            self._start = event
            return
        self._share.release()
        if self._start is not None and event["type"] == "http.response.body":
            if not event.get("more_body"):
                await self._finish(self._start, event)
            await self._send(self._start)
            self._start = None
        await self._send(event)

    async def _finish(self, start: Message, event: Message) -> None:
        body = event.get("body", b"")
        headers = list(start["headers"])
        if self._packs and len(body) >= WORTH_PACKING:
            pack = zstandard.ZstdCompressor(level=1).compress
            large = len(body) >= _WORTH_A_THREAD
            body = event["body"] = await to_thread.run_sync(pack, body) if large else pack(body)
            headers = [(name, value) for name, value in headers if name.lower() != _LENGTH]
            headers += [(_LENGTH, str(len(body)).encode()), (b"content-encoding", b"zstd")]
        start["headers"] = [*headers, (_DIGEST, digest_of(body).encode())]


def _is_packed(scope: Message) -> bool:
    """Raises HTTPException 415 for a packing other than zstd."""
    encoding = header(scope, b"content-encoding")
    if encoding not in (b"", b"identity", b"zstd"):
        raise HTTPException("The request is compressed, but not with zstd.", status_code=415)
    return encoding == b"zstd"


def _require_unaltered(scope: Message, body: bytes) -> None:
    digest = header(scope, _DIGEST)
    if digest and digest != digest_of(body).encode():
        raise Refused(Code.BODY_ALTERED, message("The request was altered in transit."))


def _prepared(scope: Message, sent: bytes, most: int) -> bytes:
    """A body, checked, unpacked to at most `most` bytes (0: it is not packed) and decoded when it
    is a large round."""
    _require_unaltered(scope, sent)
    body = _unpacked(sent, most) if most else sent
    if scope["path"] == SYNC and len(body) > SMALL:
        scope[DECODED] = decode(Round, body)
    return body


def _unpacked(body: bytes, most: int) -> bytes:
    try:
        with zstandard.ZstdDecompressor(max_window_size=_WINDOW).stream_reader(body) as reader:
            plain = reader.read(most + 1)
    except zstandard.ZstdError:
        raise HTTPException("The request is not zstd as it says.", status_code=415) from None
    if len(plain) > most:
        raise _too_large()
    return plain


def _too_large() -> Refused:
    return Refused(Code.BATCH_TOO_LARGE, message("The request is too large."))


def _once(body: bytes) -> Receive:
    """A `receive` that gives this body once, and then that the other side is still there."""
    parts = [body]

    async def receive() -> Message:
        if parts:
            return {"type": "http.request", "body": parts.pop(), "more_body": False}
        return {"type": "http.disconnect"}

    return receive


async def _refuse(send: Send, error: VisitappError | HTTPException) -> None:
    status, body = problem_bytes(error)
    headers = [
        (b"content-type", MEDIA_TYPE.encode()),
        (b"content-length", str(len(body)).encode()),
        # What was not read of the request would be taken for the next one.
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
