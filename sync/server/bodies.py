"""Request and answer bodies: their size is bounded, and both may be zstd compressed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import msgspec
import zstandard

from sync.wire import DIGEST, digest_of
from visitapp.errors import Code

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

MOST_SENT = 16 * 1024 * 1024
"""Bytes of a body as it travels."""

MOST_UNPACKED = 64 * 1024 * 1024
"""Bytes of a body when it is unpacked."""

WORTH_PACKING = 1024
_LENGTH = b"content-length"
_DIGEST = DIGEST.lower().encode()
STREAMED = "/v1/evidence/"
"""Addresses whose bodies come and go in parts, as they are; they see to their own size."""

BODY = "visitapp_body"
"""Where the unpacked body is found in the ASGI scope."""


class _TooLargeError(Exception):
    pass


class _NotPackedError(Exception):
    pass


class _AlteredError(Exception):
    pass


class Bodies:
    """ASGI middleware around the whole application."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Unpack the request, pack the answer."""
        if scope["type"] != "http" or scope["path"].startswith(STREAMED):
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        try:
            sent = await _read(receive)
            _require_unaltered(sent, headers.get(_DIGEST))
            body = _unpacked(sent, headers.get(b"content-encoding", b""))
        except _TooLargeError:
            await _refuse(send, 413, Code.BATCH_TOO_LARGE, "The request is too large.")
            return
        except _AlteredError:
            await _refuse(send, 400, Code.BODY_ALTERED, "The request was altered on its way.")
            return
        except _NotPackedError:
            await _refuse(send, 415, Code.BAD_REQUEST, "The request is not zstd as it says.")
            return
        scope[BODY] = body
        packs = b"zstd" in headers.get(b"accept-encoding", b"")
        await self._app(scope, _given(body), _Answer(send, packs).send)


class _Answer:
    """Holds an answer's start back until its body is there, to pack it when that is worth it and
    to say its digest. An answer that comes in parts goes out as it is."""

    def __init__(self, send: Send, packs: bool) -> None:
        self._send = send
        self._packs = packs
        self._start: Message | None = None

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        if self._start is not None and message["type"] == "http.response.body":
            if not message.get("more_body"):
                self._finish(self._start, message)
            await self._send(self._start)
            self._start = None
        await self._send(message)

    def _finish(self, start: Message, message: Message) -> None:
        body = message.get("body", b"")
        headers = list(start["headers"])
        if self._packs and len(body) >= WORTH_PACKING:
            body = message["body"] = zstandard.ZstdCompressor(level=1).compress(body)
            headers = [(name, value) for name, value in headers if name.lower() != _LENGTH]
            headers += [(_LENGTH, str(len(body)).encode()), (b"content-encoding", b"zstd")]
        start["headers"] = [*headers, (_DIGEST, digest_of(body).encode())]


async def _read(receive: Receive) -> bytes:
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return b""
        part = message.get("body", b"")
        size += len(part)
        if size > MOST_SENT:
            raise _TooLargeError
        parts.append(part)
        if not message.get("more_body"):
            return b"".join(parts)


def _require_unaltered(body: bytes, digest: bytes | None) -> None:
    if digest is not None and digest != digest_of(body).encode():
        raise _AlteredError


def _unpacked(body: bytes, encoding: bytes) -> bytes:
    if encoding in (b"", b"identity"):
        return body
    if encoding != b"zstd":
        raise _NotPackedError
    try:
        with zstandard.ZstdDecompressor().stream_reader(body) as reader:
            plain = reader.read(MOST_UNPACKED + 1)
    except zstandard.ZstdError:
        raise _NotPackedError from None
    if len(plain) > MOST_UNPACKED:
        raise _TooLargeError
    return plain


def _given(body: bytes) -> Receive:
    """A `receive` that gives this body once, and then that the other side is still there."""
    parts = [body]

    async def receive() -> Message:
        if parts:
            return {"type": "http.request", "body": parts.pop(), "more_body": False}
        return {"type": "http.disconnect"}

    return receive


async def _refuse(send: Send, status: int, code: Code, detail: str) -> None:
    problem = {"type": "about:blank", "title": "Bad request", "status": status}
    body = msgspec.json.encode({**problem, "detail": detail, "code": code})
    headers = [(b"content-type", b"application/problem+json")]
    headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
