"""Around every request: its id, its line in the log, and what is counted of it."""

from __future__ import annotations

import logging
import time
from typing import Any, cast

from litestar import Request

from sync.server.http.asgi import App, Message, Receive, Send
from sync.server.telemetry.logs import event
from sync.server.telemetry.metrics import Metrics
from sync.server.telemetry.request_context import Trace, request_id

_TRACE = "visitapp_trace"
_HEADER = b"x-request-id"
_HTTPS_ONLY = (b"strict-transport-security", b"max-age=31536000")
"""For a year, over TLS alone. A proxy that is trusted says by X-Forwarded-Proto that it is."""
_PROBES = frozenset({"/health", "/ready", "/metrics"})
_UPLOADS = "/v1/evidence/uploads"
_SIGN_INS = {200: "accepted", 401: "failed", 403: "refused", 429: "limited"}


def trace_of(request: Request[Any, Any, Any]) -> Trace:
    """What is known of a request; a blank one outside of `Watching`."""
    scope = cast(dict[str, Any], request.scope)
    found: Trace = scope.setdefault(_TRACE, Trace())
    return found


class Watching:
    """ASGI middleware, the outermost of ours."""

    def __init__(self, app: App, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer a request, then write down how it went."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = dict(scope["headers"]).get(_HEADER, b"").decode("latin-1")
        client = scope.get("client")
        trace = Trace(request_id=request_id(given), address=client[0] if client else "")
        scope[_TRACE] = trace
        status = 0
        own = [(_HEADER, trace.request_id.encode())]
        if scope.get("scheme") == "https":
            own.append(_HTTPS_ONLY)

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], *own]
            await send(message)

        began = time.perf_counter()
        try:
            await self._app(scope, receive, send_with_id)
        finally:
            self._note(scope, trace, status, time.perf_counter() - began)

    def _note(self, scope: Message, trace: Trace, status: int, seconds: float) -> None:
        route = scope.get("path_template") or "unknown"
        self._count(scope, route, trace, status, seconds)
        level = logging.DEBUG if route in _PROBES else logging.INFO
        event(
            level if status and status < 500 else logging.ERROR,
            "request" if status else "request-cut",
            request_id=trace.request_id,
            method=scope["method"] if route != "unknown" else "",
            route=route,
            status=status,
            milliseconds=round(seconds * 1000, 1),
            device_id=trace.device_id,
        )

    def _count(self, scope: Message, route: str, trace: Trace, status: int, seconds: float) -> None:
        numbers = self._metrics
        numbers.requests.labels(route, str(status)).inc()
        numbers.seconds.labels(route).observe(seconds)
        if route == "/v1/sync" and status == 200:
            numbers.rounds.inc()
        if route == "/v1/sign-in" and status in _SIGN_INS:
            numbers.sign_ins.labels(_SIGN_INS[status]).inc()
        if route == _UPLOADS and status == 201:
            numbers.uploads.inc()
        for result, count in trace.results.items():
            numbers.changes.labels(result).inc(count)
        if trace.records:
            numbers.records.inc(trace.records)
        if route.startswith(f"{_UPLOADS}/") and status == 204 and scope["method"] == "PATCH":
            numbers.upload_bytes.inc(_length(scope))


def _length(scope: Message) -> int:
    given = dict(scope["headers"]).get(b"content-length", b"")
    return int(given) if given.isdigit() else 0
