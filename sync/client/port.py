"""What the engine needs of a link to a server."""

from __future__ import annotations

from typing import Protocol

from sync.wire import Renewal, RoundReply, SignIn, Tokens


class Transport(Protocol):
    """A link to one server. Each method raises LinkProblem when no server answered, and the
    server's own refusals (NotAllowed, Refused, EnvironmentProblem) by their codes."""

    def sign_in(self, request: SignIn) -> Tokens:
        """Tokens for a name and password."""
        ...

    def renew(self, renewal: Renewal) -> Tokens:
        """The next tokens for a refresh token."""
        ...

    def sync(self, body: bytes, access_token: str) -> RoundReply:
        """The answer to an encoded `Round`."""
        ...
