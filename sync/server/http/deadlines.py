"""How long a request may take to arrive: its head, and its body by the slowest useful line.

A laptop on a bad line is waited for; a connection that is held open to use the server up is not.
"""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from sync.server.http.asgi import Message, Receive

HEAD_SECONDS = 20.0
"""From the connection, or the first byte of its next request, until the head is whole."""

HEAD_BYTES = 64 * 1024

BODY_SECONDS = 60.0
"""For a body of any size; longer by a second for each `SLOWEST` bytes that came."""

SLOWEST = 1000
"""Bytes a second: as slow a line as a laptop itself goes on with (the client's `Patience`)."""


def in_time(receive: Receive, seconds: float = BODY_SECONDS) -> Receive:
    """The same body, as long as it comes fast enough; after that, a client that has gone."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    size = 0
    ended = False

    async def timed() -> Message:
        nonlocal size, ended
        if ended:  # a handler waits here for the client to go, as long as its answer takes
            return await receive()
        try:
            async with asyncio.timeout_at(began + seconds + size / SLOWEST):
                message = await receive()
        except TimeoutError:
            ended = True
            return {"type": "http.disconnect"}
        size += len(message.get("body", b""))
        ended = not message.get("more_body")
        return message

    return timed


class HttpProtocol(HttpToolsProtocol):
    """uvicorn's HTTP, which by itself waits for ever for the rest of a head of any length."""

    head_seconds = HEAD_SECONDS
    _timer: asyncio.TimerHandle | None = None
    _head_size = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn's own
        """See `asyncio.Protocol`."""
        super().connection_made(transport)
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """See `asyncio.Protocol`."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """See `asyncio.Protocol`."""
        super().data_received(data)
        if self._timer is not None:
            self._head_size += len(data)
            if self._head_size > HEAD_BYTES:
                self._give_up()

    def on_message_begin(self) -> None:
        """The first byte of a request came."""
        super().on_message_begin()
        self._expect_head()

    def on_headers_complete(self) -> None:
        """The head of a request is whole."""
        self._stop_waiting()
        super().on_headers_complete()

    def _expect_head(self) -> None:
        self._stop_waiting()
        self._head_size = 0
        self._timer = self.loop.call_later(self.head_seconds, self._give_up)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _give_up(self) -> None:
        self._stop_waiting()
        if not self.transport.is_closing():
            self.transport.close()
