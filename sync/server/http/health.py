"""What the people and machines that look after a server ask it."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from shutil import disk_usage
from threading import Event
from typing import Any

from litestar import Request, Response, get
from litestar.datastructures import State
from msgspec import Struct

from sync.server.accounts.tokens import sign_in_again
from sync.server.http.openapi import bearer, may_answer
from sync.server.records.revisions import current
from sync.server.telemetry.metrics import CONTENT_TYPE, Metrics
from visitapp.errors import Code, EnvironmentProblem, NotFound
from visitapp.language import message
from visitapp.storage.database import Database, utc_now
from visitapp.storage.migrations import SHIPPED
from visitapp.storage.schema import require_current

LEAST_FREE = 100 * 1024 * 1024
"""Bytes of a disk below which the server is not ready: a large batch and its log need as much."""

_FULL_FOR = timedelta(minutes=5)
"""How long a write that found the disk full speaks against the server."""


class Probes:
    """What probes look at. `stopping` is set as soon as the process was asked to stop.

    disk: a folder on the database's disk; None when it is on another machine. least_free: bytes.
    """

    def __init__(
        self,
        database: Database,
        metrics_token: str = "",
        disk: Path | None = None,
        clock: Callable[[], datetime] = utc_now,
        least_free: int = LEAST_FREE,
    ) -> None:
        self._database = database
        self._token = metrics_token
        self._disk = disk
        self._clock = clock
        self._least_free = least_free
        self._found_full: datetime | None = None
        self.stopping = Event()
        self.metrics = Metrics()

    def readiness(self) -> Ready:
        """Raises EnvironmentProblem while stopping, when the database is away or behind, or when
        its disk is full: nearly, by its own measure, or by a write that was refused lately."""
        if self.stopping.is_set():
            raise EnvironmentProblem(Code.SERVER_STOPPING, message("This server is stopping."))
        self._require_room()
        with self._database.reading() as session:
            connection = session.connection()
            require_current(connection, SHIPPED)
            current(connection)
        return Ready()

    def found_full(self) -> None:
        """Note that a write met a full disk."""
        self._found_full = self._clock()

    def _require_room(self) -> None:
        lately = self._found_full is not None and self._clock() - self._found_full < _FULL_FOR
        short = self._disk is not None and disk_usage(self._disk).free < self._least_free
        if lately or short:
            raise EnvironmentProblem(
                Code.DISK_FULL,
                message("The disk of the database is full or nearly so."),
                message("Free some space on it. Everything the server confirmed is safe."),
            )

    def numbers(self, token: str) -> bytes:
        """The metrics, for whoever has their token. Raises NotFound when there is none, NotAllowed
        SIGN_IN_AGAIN for another token."""
        if not self._token:
            raise NotFound(
                message("Metrics are not enabled on this server."),
                message("Set a metrics token for the server."),
            )
        if not hmac.compare_digest(self._token.encode(), token.encode()):
            raise sign_in_again()
        return self.metrics.exposed()


class Health(Struct, frozen=True):
    """The process answers."""

    status: str = "ok"


class Ready(Struct, frozen=True):
    """The process answers and its database does too. Nobody signs in to ask, so it says no more."""

    status: str = "ready"


@get("/health", sync_to_thread=False, security=[{}])
def health() -> Health:
    """Say that the process answers."""
    return Health()


@get("/ready", sync_to_thread=True, security=[{}], responses=may_answer())
def ready(state: State) -> Ready:
    """Say that the database answers, is up to date, and that the process is not about to stop."""
    probes: Probes = state.probes
    return probes.readiness()


@get(
    "/metrics",
    sync_to_thread=True,
    security=[{"metrics": []}],
    media_type="text/plain",
    responses=may_answer(401, 404),
)
def metrics(request: Request[Any, Any, Any], state: State) -> Response[bytes]:
    """Give the numbers of the whole server to Prometheus, which must send their token."""
    probes: Probes = state.probes
    return Response(
        probes.numbers(bearer(request)),
        media_type="text/plain",
        headers={"content-type": CONTENT_TYPE},
    )


PROBES = (health, ready, metrics)
