"""What befalls rounds: requests and replies get lost, arrive twice or late, and machines die.

`BadLink` is a link into a server of the same process, with one trouble at a time; `crashing` ends
whoever uses a database at one of its commits, as a power cut would.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, delete, event, update

from sync.server.http.app import Server
from sync.wire import Renewal, Round, RoundReply, SignIn, Tokens
from tests.support.sync.council import Device, InProcess
from visitapp.errors import Code, LinkProblem, VisitappError
from visitapp.language import message
from visitapp.records import Outbox, SentBatch


class PowerCut(Exception):
    """A machine is off."""


class Trouble(StrEnum):
    """What happens to the next rounds of a link."""

    NONE = "none"
    LOST_REQUEST = "lost request"
    LOST_REPLY = "lost reply"
    TWICE = "twice"
    LATE = "late"


class BadLink(InProcess):
    """An `InProcess` link with trouble.

    LATE: before the next round the server gets an old one once more, as a network may deliver it.
    """

    def __init__(self, server: Server) -> None:
        super().__init__(server)
        self.trouble = Trouble.NONE
        self.sent: list[bytes] = []

    def sign_in(self, request: SignIn) -> Tokens:
        """See `Transport`."""
        with _cut_off():
            return super().sign_in(request)

    def renew(self, renewal: Renewal) -> Tokens:
        """See `Transport`."""
        with _cut_off():
            return super().renew(renewal)

    def sync(self, body: bytes, access_token: str) -> RoundReply:
        """See `Transport`."""
        trouble, self.trouble = self.trouble, Trouble.NONE
        if trouble is Trouble.LOST_REQUEST:
            raise LinkProblem(Code.SERVER_UNREACHABLE, message("The request was lost."))
        with _cut_off():
            if trouble is Trouble.LATE:
                self._again(self.sent[len(self.sent) // 2 :][:1], access_token)
            if trouble is Trouble.TWICE:
                self._again([body], access_token)
            reply: Any = super().sync(body, access_token)
        self.sent.append(body)
        if trouble is Trouble.LOST_REPLY:
            raise LinkProblem(Code.SERVER_UNREACHABLE, message("The reply was lost."))
        return reply

    def _again(self, bodies: list[bytes], access_token: str) -> None:
        for body in bodies:
            try:
                self.server.rounds.answer(access_token, msgspec.json.decode(body, type=Round))
            except VisitappError as refused:
                if refused.code == Code.BUG:
                    raise


@contextmanager
def _cut_off() -> Iterator[None]:
    """A server that dies is, for the laptop, a line that went dead."""
    try:
        yield
    except PowerCut:
        raise LinkProblem(Code.SERVER_UNREACHABLE, message("The server died.")) from None


@contextmanager
def crashing(engine: Engine, at: int) -> Iterator[list[int]]:
    """Raise PowerCut at the `at`th commit from now on, before it takes effect. Gives the commits
    that were seen."""
    seen: list[int] = []

    def before_commit(connection: Connection) -> None:
        seen.append(len(seen) + 1)
        if len(seen) == at:
            raise PowerCut

    event.listen(engine, "commit", before_commit)
    try:
        yield seen
    finally:
        event.remove(engine, "commit", before_commit)


def make_again(device: Device) -> None:
    """Forget the batch that is on its way and send its changes anew, as some upgrades do."""
    with device.database.applying() as session:
        session.execute(update(Outbox).values(batch=None))
        session.execute(delete(SentBatch))
