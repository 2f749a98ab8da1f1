"""The server as an ASGI application."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from litestar import Litestar, Request, Response, post
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme
from litestar.params import JSONBody
from sqlalchemy.exc import DataError

from forms.catalogue.catalogue import Library
from sync.server.accounts.accounts import Accounts
from sync.server.accounts.holders import revoked_holder
from sync.server.accounts.passwords import Passwords
from sync.server.audit.log import Audit
from sync.server.evidence.content import EvidenceBytes
from sync.server.hand_in.receive import HandIns
from sync.server.http.asgi import App
from sync.server.http.bodies import Bodies
from sync.server.http.hand_in_http import HAND_IN, HAND_IN_HANDLERS
from sync.server.http.health import PROBES, Probes
from sync.server.http.json_body import JsonRequest
from sync.server.http.openapi import ArraySchemas, bearer, may_answer
from sync.server.http.problems import Problem, from_bug, from_catalogue, from_database, from_http
from sync.server.http.request_log import Watching, trace_of
from sync.server.http.tus import HANDLERS, TusHeaders
from sync.server.publishing.forms import Forms
from sync.server.publishing.policies import Policies
from sync.server.publishing.publishing import Publishing
from sync.server.sync.pages import PAGE
from sync.server.sync.push import Store
from sync.server.sync.rounds import Rounds
from sync.wire import (
    FormPublished,
    NewPassword,
    PasswordChanged,
    PolicyPublished,
    PublishForm,
    PublishPolicy,
    Renewal,
    Round,
    RoundReply,
    SignIn,
    Tokens,
)
from visitapp.errors import Code, VisitappError
from visitapp.rules.policy.read import shipped_policy
from visitapp.storage.database import Database, utc_now
from visitapp.storage.policy_shelf import PolicyShelf


class Server:
    """What answers requests, without any HTTP: accounts, forms and rounds over one database.

    page: the most records in a page. evidence_key: 32 bytes that evidence is encrypted with.
    metrics_token: what Prometheus must show; without one there are no metrics. disk: a folder on
    the database's disk, where that is a disk of this machine.
    """

    def __init__(
        self,
        database: Database,
        library: Library,
        clock: Callable[[], datetime] = utc_now,
        page: int = PAGE,
        passwords: Passwords | None = None,
        *,
        evidence_key: bytes,
        metrics_token: str = "",
        disk: Path | None = None,
    ) -> None:
        self.database = database
        self.accounts = Accounts(database, clock, passwords or Passwords())
        self.audit = Audit(clock)
        publishing = Publishing(database, self.accounts, self.audit, clock)
        shelf = PolicyShelf(shipped_policy())
        self.forms = Forms(publishing, library)
        self.policies = Policies(publishing, shelf, clock)
        self.probes = Probes(database, metrics_token, disk, clock)
        self.evidence = EvidenceBytes(database, self.accounts, evidence_key, clock)
        self.hand_ins = HandIns(database, evidence_key, clock)
        store = Store(database, library, shelf, clock)
        self.rounds = Rounds(database, self.accounts, store, self.audit, page)

    def admit(self, path: str, token: str) -> None:
        """Whether the holder of a token may send something large to this address. Raises
        NotAllowed: SIGN_IN_AGAIN, DEVICE_REVOKED, or NOT_ALLOWED for handing in."""
        with self.database.viewing() as connection:
            if path.startswith(HAND_IN):
                revoked_holder(connection, token)
            else:
                self.accounts.known(connection, token)


@post(
    "/v1/sign-in",
    status_code=200,
    sync_to_thread=True,
    security=[{}],
    responses=may_answer(401, 403, 429),
)
def sign_in(data: JSONBody[SignIn], request: Request[Any, Any, Any], state: State) -> Tokens:
    """Give a device tokens for a name and a password."""
    server: Server = state.server
    return server.accounts.sign_in(data, trace_of(request))


@post(
    "/v1/renew",
    status_code=200,
    sync_to_thread=True,
    security=[{}],
    responses=may_answer(401, 403),
)
def renew(data: JSONBody[Renewal], request: Request[Any, Any, Any], state: State) -> Tokens:
    """Give the next tokens for a refresh token, which is spent."""
    server: Server = state.server
    return server.accounts.renew(data.refresh_token, trace_of(request))


@post(
    "/v1/password",
    status_code=200,
    sync_to_thread=True,
    security=[{}],
    responses=may_answer(401, 403, 429),
)
def change_password(
    data: JSONBody[NewPassword], request: Request[Any, Any, Any], state: State
) -> PasswordChanged:
    """Change a password by its owner, who shows the old one."""
    server: Server = state.server
    server.accounts.change_password(data, trace_of(request))
    return PasswordChanged()


@post(
    "/v1/sync",
    status_code=200,
    sync_to_thread=True,
    responses=may_answer(401, 403, 409),
)
def sync(data: JSONBody[Round], request: Request[Any, Any, Any], state: State) -> RoundReply:
    """Take a batch of changes and give the next page of what changed."""
    server: Server = state.server
    return server.rounds.answer(bearer(request), data, trace_of(request))


@post(
    "/v1/forms",
    status_code=200,
    sync_to_thread=True,
    responses=may_answer(401, 403, 409),
)
def publish_form(
    data: JSONBody[PublishForm], request: Request[Any, Any, Any], state: State
) -> FormPublished:
    """Publish a version of a form for every device; a version never changes."""
    server: Server = state.server
    return server.forms.publish(bearer(request), data.text, trace_of(request))


@post(
    "/v1/policies",
    status_code=200,
    sync_to_thread=True,
    responses=may_answer(401, 403, 409),
)
def publish_policy(
    data: JSONBody[PublishPolicy], request: Request[Any, Any, Any], state: State
) -> PolicyPublished:
    """Publish a version of the council's policy; a version never changes."""
    server: Server = state.server
    return server.policies.publish(bearer(request), data.text, trace_of(request))


def create_app(server: Server) -> App:
    """The application of a server over an initialised database."""

    def refused(request: Request[Any, Any, Any], error: VisitappError) -> Response[Problem]:
        if error.code == Code.DISK_FULL:
            server.probes.found_full()
        return from_catalogue(request, error)

    app = Litestar(
        [
            *PROBES,
            sign_in,
            renew,
            change_password,
            sync,
            publish_form,
            publish_policy,
            *HANDLERS,
            *HAND_IN_HANDLERS,
        ],
        state=State(
            {
                "server": server,
                "evidence": server.evidence,
                "hand_ins": server.hand_ins,
                "probes": server.probes,
            }
        ),
        request_class=JsonRequest,
        openapi_config=_openapi(),
        plugins=[ArraySchemas()],
        exception_handlers={
            VisitappError: refused,
            HTTPException: from_http,
            DataError: from_database,
            Exception: from_bug,
        },
        request_max_body_size=None,
        logging_config=None,
    )
    return Watching(Bodies(TusHeaders(cast(App, app)), server.admit), server.probes.metrics)


def _openapi() -> OpenAPIConfig:
    scheme = SecurityScheme(type="http", scheme="bearer")
    metrics = SecurityScheme(type="http", scheme="bearer", description="The metrics token.")
    return OpenAPIConfig(
        title="Visitapp server",
        version="1",
        description="How devices and the central server exchange records. See sync-protocol.md.",
        components=Components(security_schemes={"token": scheme, "metrics": metrics}),
        security=[{"token": []}],
        use_handler_docstrings=True,
        render_plugins=[JsonRenderPlugin()],
        path="/schema",
    )
