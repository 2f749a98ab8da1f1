"""One request to an ASGI application in this process, without a socket."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from requests.structures import CaseInsensitiveDict

from sync.client.link.responses import Response

_PIECE = 64 * 1024


def ask(
    app: Any,
    method: str,
    path: str,
    head: Mapping[str, str],
    body: bytes,
    *,
    scheme: str = "http",
) -> Response:
    """The application's answer; the body goes in pieces, as from a line."""
    return asyncio.run(_ask(app, method, path, head, body, scheme))


async def _ask(
    app: Any, method: str, path: str, head: Mapping[str, str], body: bytes, scheme: str
) -> Response:
    pieces = [body[start : start + _PIECE] for start in range(0, len(body), _PIECE)] or [b""]
    said: list[Any] = []
    ended = asyncio.Event()

    async def receive() -> dict[str, Any]:
        if not pieces:
            await ended.wait()
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": pieces.pop(0), "more_body": bool(pieces)}

    async def send(message: Any) -> None:
        said.append(message)
        if message["type"] == "http.response.body" and not message.get("more_body"):
            ended.set()

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": scheme,
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(name.lower().encode(), value.encode()) for name, value in head.items()],
        "client": ("127.0.0.1", 1),
        "server": ("council", 80),
    }
    await app(scope, receive, send)
    start, *rest = said
    names = CaseInsensitiveDict({n.decode(): v.decode() for n, v in start["headers"]})
    plain = b"" if method == "HEAD" else b"".join(part.get("body", b"") for part in rest)
    return Response(start["status"], names, plain)
