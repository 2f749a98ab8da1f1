"""One round on its way, while the device may go on with its own work."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor

from sync.client.link.link import Link
from sync.wire import RoundReply


class Courier:
    """Takes rounds to the server. Once it is closed nothing is under way any more."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._thread: ThreadPoolExecutor | None = None
        self._body = b""
        self._away: Future[RoundReply] | None = None

    def send(self, body: bytes, *, apart: bool) -> None:
        """Take a round. `apart`: it goes at once, on a thread of its own, which a small round is
        not worth; otherwise it goes when its reply is asked for."""
        self._body = body
        if apart:
            self._thread = self._thread or ThreadPoolExecutor(1, "courier")
            self._away = self._thread.submit(self._link.sync, body)

    def reply(self) -> RoundReply:
        """The reply to the round that was taken last. Raises what `Link.sync` raises."""
        away, self._away = self._away, None
        return self._link.sync(self._body) if away is None else away.result()

    def close(self) -> None:
        """Wait for what is under way."""
        if self._thread is not None:
            self._thread.shutdown()
