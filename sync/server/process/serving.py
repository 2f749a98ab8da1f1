"""Serving requests on a bound socket; kept apart so that other commands start fast."""

from __future__ import annotations

import gc
import logging
import socket
import time
from collections.abc import Callable
from multiprocessing import parent_process
from multiprocessing.synchronize import Event as ProcessEvent
from pathlib import Path
from types import FrameType

import uvicorn
from msgspec import Struct

from forms.catalogue.catalogue import shipped
from sync.server.evidence.key import default_file, key_of
from sync.server.http.app import Server, create_app
from sync.server.http.deadlines import HttpProtocol
from sync.server.http.health import Probes
from sync.server.operations.open_database import disk_of, open_initialised
from sync.server.process.certificate import end_of, report
from sync.server.telemetry.logs import event, set_up_logs
from visitapp.storage.database import utc_now

IDLE_SECONDS = 75
"""How long a connection without a request stays open. A request that meets the closing of its
connection is lost, so this is longer than a laptop pauses between two requests of one sync."""

MOST_CONNECTIONS = 500
"""Connections of one process; one more is answered 503 at once."""


class Serving(Struct, frozen=True, kw_only=True):
    """How to serve.

    url: of the database. stop_seconds: how long running requests may take to end once the process
    was asked to stop. drain_seconds: how long it still takes new ones while /ready says 503.
    proxies: whose forwarded headers are believed, comma separated. workers: processes.
    """

    url: str
    evidence_key: Path | None
    workers: int
    tls_cert: Path | None
    tls_key: Path | None
    tls_key_password: str | None
    log_level: str
    proxies: str
    stop_seconds: int
    drain_seconds: int
    metrics_token: str


class _Server(uvicorn.Server):
    """Stops gracefully on a signal, on the parent's word, or when the parent is gone."""

    def __init__(
        self,
        config: uvicorn.Config,
        probes: Probes,
        drain_seconds: int,
        stop: ProcessEvent | None,
        announce: Callable[[], None],
    ) -> None:
        super().__init__(config)
        self._probes = probes
        self._drain_seconds = drain_seconds
        self._stop = stop
        self._announce = announce
        self._stop_at: float | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._announce()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if self._probes.stopping.is_set():
            self.should_exit = True
        self._begin_to_stop()

    async def on_tick(self, counter: int) -> bool:
        parent = parent_process()
        if (self._stop and self._stop.is_set()) or (parent and not parent.is_alive()):
            self._begin_to_stop()
        if self._stop_at is not None and time.monotonic() >= self._stop_at:
            self.should_exit = True
        return await super().on_tick(counter)

    def _begin_to_stop(self) -> None:
        if not self._probes.stopping.is_set():
            self._probes.stopping.set()
            self._stop_at = time.monotonic() + self._drain_seconds


def serve(
    serving: Serving,
    listener: socket.socket,
    announce: Callable[[], None],
    stop: ProcessEvent | None = None,
) -> None:
    """Answer requests in this process until it is told to stop, then close the database.

    announce: called once requests are taken. stop: another process sets it to end this one.
    """
    set_up_logs(serving.log_level)
    with open_initialised(serving.url) as database:
        key = key_of(database, serving.evidence_key or default_file(serving.url))
        server = Server(
            database,
            shipped(),
            evidence_key=key,
            metrics_token=serving.metrics_token,
            disk=disk_of(serving.url),
        )
        if serving.tls_cert is not None:
            end = end_of(serving.tls_cert)
            report(end, utc_now())
            server.probes.metrics.certificate_ends(end)
        config = uvicorn.Config(
            create_app(server),
            log_config=None,
            access_log=False,
            lifespan="on",
            server_header=False,
            proxy_headers=bool(serving.proxies),
            forwarded_allow_ips=serving.proxies or None,
            ssl_certfile=serving.tls_cert,
            ssl_keyfile=serving.tls_key,
            ssl_keyfile_password=serving.tls_key_password,
            http=HttpProtocol,
            limit_concurrency=MOST_CONNECTIONS,
            timeout_keep_alive=IDLE_SECONDS,
            timeout_graceful_shutdown=serving.stop_seconds,
        )
        running = _Server(config, server.probes, serving.drain_seconds, stop, announce)
        # What was imported stays: the collector need not look through it again (decision 49).
        gc.collect()
        gc.freeze()
        event(logging.INFO, "started")
        running.run(sockets=[listener])
        event(logging.INFO, "stopped")
