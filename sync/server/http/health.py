"""What the people and machines that look after a server ask it."""

from __future__ import annotations

import hmac
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
from visitapp.storage.database import Database
from visitapp.storage.migrations import SHIPPED
from visitapp.storage.schema import require_current


class Probes:
    """What probes look at. `stopping` is set as soon as the process was asked to stop."""

    def __init__(self, database: Database, metrics_token: str = "") -> None:
        self._database = database
        self._token = metrics_token
        self.stopping = Event()
        self.metrics = Metrics()

    def readiness(self) -> Ready:
        """Raises EnvironmentProblem while stopping, or when the database is away or behind."""
        if self.stopping.is_set():
            raise EnvironmentProblem(Code.SERVER_STOPPING, "This server is about to stop.")
        with self._database.reading() as session:
            connection = session.connection()
            require_current(connection, SHIPPED)
            return Ready(*current(connection))

    def numbers(self, token: str) -> bytes:
        """The metrics, for whoever has their token. Raises NotFound when there is none, NotAllowed
        SIGN_IN_AGAIN for another token."""
        if not self._token:
            raise NotFound("This server shows no metrics.", "Give it a metrics token.")
        if not hmac.compare_digest(self._token.encode(), token.encode()):
            raise sign_in_again()
        return self.metrics.exposed()


class Health(Struct, frozen=True):
    """The process answers."""

    status: str = "ok"


class Ready(Struct, frozen=True):
    """The process answers and its database does too."""

    server_id: str
    revision: int


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
