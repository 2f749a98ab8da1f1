"""The types of ASGI, as this server's own middleware uses them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

BODY = "visitapp_body"
"""The key of a request's unpacked body in its ASGI scope."""

DECODED = "visitapp_decoded"
"""The key of a large body's message in the ASGI scope, when a thread has decoded it already."""


def header(scope: Message, name: bytes) -> bytes:
    """The last header of this name in lower case, or nothing."""
    found: bytes = dict(scope["headers"]).get(name, b"")
    return found


def bearer_in(scope: Message) -> str:
    """The access token of a request; empty, and so nobody's, when it has none."""
    kind, _, token = header(scope, b"authorization").decode("latin-1").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""
