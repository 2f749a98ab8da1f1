"""The sockets of one transport, which another thread may cut: a window that closes cannot wait.

A twin of each socket is kept, because TLS takes the original over; shutting the twin down ends the
connection under both.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from typing import Any

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection

from sync.client.link.deadline import Deadlines


class Line:
    """The open sockets of a transport."""

    def __init__(self) -> None:
        self._twins: set[socket.socket] = set()
        self._guard = threading.Lock()
        self._deadlines = Deadlines(self._shut)
        self.cut_off = False

    def cut(self) -> None:
        """End what is open, for good: the transport sends nothing any more."""
        self.cut_off = True
        self._shut()

    @contextlib.contextmanager
    def at_most(self, seconds: float) -> Iterator[None]:
        """End what is open unless the body is done in time, however slowly bytes drip in.

        Raises TimeoutError when it was not: half a head looks like a whole one.
        """
        with self._deadlines.at_most(seconds):
            yield
        if self.cut_off:
            raise TimeoutError

    def close(self) -> None:
        """Nothing more will be sent."""
        self._deadlines.close()

    def watch(self, pools: PoolManager) -> None:
        """Know the sockets of every connection that these pools open from now on."""
        line = self

        class Plain(HTTPConnection):
            def _new_conn(self) -> socket.socket:
                self._twin = line._opened(made := super()._new_conn())
                return made

            def close(self) -> None:
                super().close()
                line._closed(getattr(self, "_twin", None))

        class Secure(Plain, HTTPSConnection):
            pass

        class PlainPool(HTTPConnectionPool):
            ConnectionCls: Any = Plain

        class SecurePool(HTTPSConnectionPool):
            ConnectionCls: Any = Secure

        pools.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}

    def _opened(self, made: socket.socket) -> socket.socket:
        twin = made.dup()
        with self._guard:
            self._twins.add(twin)
        if self.cut_off:
            self._shut()
        return twin

    def _closed(self, twin: socket.socket | None) -> None:
        if twin is not None:
            with self._guard:
                self._twins.discard(twin)
            twin.close()

    def _shut(self) -> None:
        with self._guard:
            for twin in self._twins:
                # One that the other side ended already cannot be ended again.
                with contextlib.suppress(OSError):
                    twin.shutdown(socket.SHUT_RDWR)
