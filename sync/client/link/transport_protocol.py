"""What the engine needs of a link to a server."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from sync.client.link.responses import Response
from sync.wire import (
    FormPublished,
    NewPassword,
    PasswordChanged,
    PolicyPublished,
    PublishForm,
    PublishPolicy,
    Renewal,
    RoundReply,
    SignIn,
    Tokens,
)

Take = Callable[[bytes], None]
"""Takes the next piece of a body."""

Into = Callable[[int, Mapping[str, str]], Take | None]
"""Given the status and the head of an answer: what takes its body; None for the answer itself."""


class BrokenOff(Exception):
    """Raised by a transport that this side broke off. No problem: a person wanted it so."""


class Transport(Protocol):
    """A link to one server. Each method raises LinkProblem when no server answered, and the
    server's own refusals (NotAllowed, Refused, EnvironmentProblem) by their codes."""

    def sign_in(self, request: SignIn) -> Tokens:
        """Tokens for a name and password."""
        ...

    def change_password(self, request: NewPassword) -> PasswordChanged:
        """Give the person another password. Raises Refused BAD_VALUE for a weak one besides."""
        ...

    def renew(self, renewal: Renewal) -> Tokens:
        """The next tokens for a refresh token."""
        ...

    def sync(self, body: bytes, access_token: str) -> RoundReply:
        """The answer to an encoded `Round`."""
        ...


class EvidenceTransport(Transport, Protocol):
    """A transport that also carries the bytes of evidence."""

    def exchange(
        self, method: str, path: str, head: Mapping[str, str], body: bytes, access_token: str
    ) -> Response:
        """Whatever answers a plain request. Raises LinkProblem when the line was lost."""
        ...

    def fetch(self, path: str, head: Mapping[str, str], access_token: str, into: Into) -> Response:
        """The same for a GET whose body goes `into` a taker, piece by piece as it comes: when the
        line is lost it has been given what came before."""
        ...


class PublishingTransport(Transport, Protocol):
    """A transport that also publishes forms and policies."""

    def publish(self, asked: PublishForm, access_token: str) -> FormPublished:
        """What became of the form. Raises FaultyForm besides the rest."""
        ...

    def publish_policy(self, asked: PublishPolicy, access_token: str) -> PolicyPublished:
        """What became of the policy. Raises FaultyPolicy besides the rest."""
        ...
