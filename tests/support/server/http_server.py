"""A real HTTP server for a `Council`, on a free loopback port, in a thread of the test."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from sync.server.http.app import Server, create_app
from sync.server.http.deadlines import HttpProtocol
from sync.server.process.socket import listening


@contextmanager
def http_server(server: Server) -> Iterator[str]:
    """Serve while the context lasts; gives the address once requests are taken."""
    with serving(create_app(server)) as url:
        yield url


@contextmanager
def serving(app: Any, http: type[HttpProtocol] = HttpProtocol) -> Iterator[str]:
    """The same for any ASGI application."""
    started = threading.Event()

    class Announcing(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            started.set()

    config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off", http=http)
    running = Announcing(config)
    with listening("127.0.0.1", 0) as listener:
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            if not started.wait(60):
                raise RuntimeError("the server did not start")
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            running.should_exit = True
            thread.join(60)
