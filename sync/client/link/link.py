"""A transport with the device's tokens: renewed when they run out, kept before they are used."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sync.client.link.transport_protocol import Transport
from sync.wire import Renewal, RoundReply, Tokens
from visitapp.errors import Code, NotAllowed, Refused
from visitapp.language import message
from visitapp.storage.database import Database
from visitapp.storage.state import LocalStates

T = TypeVar("T")


class Link:
    """The signed-in link of one device. The tokens lie in its encrypted database."""

    def __init__(self, database: Database, transport: Transport) -> None:
        self._database = database
        self._transport = transport
        self._access = ""

    def sync(self, body: bytes) -> RoundReply:
        """Send a round."""
        return self.signed_in(lambda token: self._transport.sync(body, token))

    def signed_in(self, ask: Callable[[str], T]) -> T:
        """Ask with the access token; once more with a new one when the sign-in has ended."""
        self._access = self._access or self._token("access_token")
        try:
            return ask(self._access)
        except NotAllowed as refused:
            if refused.code != Code.SIGN_IN_AGAIN:
                raise
        tokens = self._transport.renew(Renewal(refresh_token=self._token("refresh_token")))
        keep_tokens(self._database, tokens)
        self._access = tokens.access_token
        return ask(self._access)

    def _token(self, name: str) -> str:
        with self._database.reading() as session:
            token = LocalStates().get(session, name)
        if not token:
            raise Refused(
                Code.NOT_CONNECTED,
                message("This device is not connected to a server yet."),
                message("Connect it first. Everything stays saved on this device."),
            )
        return str(token)


def keep_tokens(database: Database, tokens: Tokens) -> None:
    """Write tokens down, before anything is done with them."""
    with database.applying() as session:
        states = LocalStates()
        states.set(session, "access_token", tokens.access_token)
        states.set(session, "refresh_token", tokens.refresh_token)
