"""A real mail server on this computer, for notices."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from sync.server.notices.smtp import SmtpServer


class Letterbox:
    """What a mail server received. `refuse`: replies to give to addresses instead, such as
    `550 no such box`."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.refuse: dict[str, str] = {}
        self.port = 0

    @property
    def addresses(self) -> list[str]:
        """To whom, in the order of arrival."""
        return [str(message["To"]) for message in self.received]

    def server(self, port: int = 0) -> SmtpServer:
        """How to reach it."""
        return SmtpServer(
            host="127.0.0.1",
            port=port or self.port,
            security="none",
            user="",
            password="",
            sender="visitapp@council.example",
        )

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take an address, or give the reply that was asked for."""
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep a message."""
        assert isinstance(envelope.content, bytes)
        made = message_from_bytes(envelope.content, policy=policy.default)
        self.received.append(cast(EmailMessage, made))
        return "250 Taken"


class _OnSocket(Controller):
    """Listens on a socket whose port the system chose."""

    def __init__(self, letterbox: Letterbox) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        letterbox.port = self._socket.getsockname()[1]
        super().__init__(letterbox, hostname="127.0.0.1", port=letterbox.port)

    def _create_server(self) -> Any:
        return self.loop.create_server(self._factory_invoker, sock=self._socket)


@contextmanager
def mail_server() -> Iterator[Letterbox]:
    """A mail server that listens while the block runs."""
    letterbox = Letterbox()
    controller = _OnSocket(letterbox)
    controller.start()
    try:
        yield letterbox
    finally:
        controller.stop()
