"""The mail server that notices are handed to."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from msgspec import Struct

from visitapp.configuration.keys import ServerConfiguration
from visitapp.errors import Code, EnvironmentProblem, Refused
from visitapp.language import message

_TIMEOUT = 30


class SmtpServer(Struct, frozen=True, kw_only=True):
    """The mail server that messages are handed to."""

    host: str
    port: int
    security: str
    user: str
    password: str
    sender: str

    @classmethod
    def configured(cls, values: ServerConfiguration) -> SmtpServer:
        """The one of the configuration. Raises Refused when there is none, or when a password
        would be sent in the clear to another computer."""
        if not values.smtp_host or not values.smtp_sender:
            raise Refused(
                Code.NO_MAIL_SERVER,
                message("No mail server is configured, so nothing was sent."),
                message("Set smtp_host and smtp_sender, then run this again."),
            )
        local = values.smtp_host in ("localhost", "127.0.0.1", "::1")
        if values.smtp_user and values.smtp_security == "none" and not local:
            raise Refused(
                Code.BAD_VALUE,
                message("The password of the mail server would be sent without encryption."),
                message("Set smtp_security to starttls or tls."),
            )
        return cls(
            host=values.smtp_host,
            port=values.smtp_port,
            security=values.smtp_security,
            user=values.smtp_user,
            password=values.smtp_password,
            sender=values.smtp_sender,
        )

    @contextmanager
    def connected(self) -> Iterator[smtplib.SMTP]:
        """A connection, signed in where there is a user. Raises EnvironmentProblem."""
        try:
            mailer = self._open()
        except (smtplib.SMTPException, OSError) as error:
            raise EnvironmentProblem(
                Code.MAIL_UNREACHABLE,
                message(
                    "The mail server {host} could not be used: {reason}.",
                    host=self.host,
                    reason=reason(error),
                ),
                message("Nothing is lost. Messages are tried again at the next run."),
            ) from None
        try:
            yield mailer
        finally:
            try:
                mailer.quit()
            except (smtplib.SMTPException, OSError):
                mailer.close()

    def _open(self) -> smtplib.SMTP:
        tls = ssl.create_default_context()
        if self.security == "tls":
            mailer: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=_TIMEOUT, context=tls
            )
        else:
            mailer = smtplib.SMTP(self.host, self.port, timeout=_TIMEOUT)
        if self.security == "starttls":
            mailer.starttls(context=tls)
        if self.user:
            mailer.login(self.user, self.password)
        return mailer


def reason(error: Exception) -> str:
    """Why a mail server did not take something, in its own words."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {decoded(error.smtp_error)}"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__


def decoded(text: bytes | str) -> str:
    """A reply on one line."""
    plain = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return " ".join(plain.split())
