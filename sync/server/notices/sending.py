"""Sending the messages that wait, by SMTP.

A message is claimed in a transaction of its own, sent outside any, and marked in another. A crash
in between sends it once more with the same Message-ID, which mail programs show once.
"""

from __future__ import annotations

import smtplib
from datetime import timedelta
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any, Protocol

from msgspec import Struct
from sqlalchemy import Row, func, or_, select, update

from sync.server.audit.log import AuditEvent
from sync.server.notices.smtp import decoded, reason
from sync.server.operations.local_changes import AtServer
from sync.server.records.revisions import Revisions
from sync.server.records.workspace import Workspace
from sync.tables import table_of
from visitapp.records import Notice, OutgoingMail
from visitapp.rules.choices import NoticeState

CLAIMED_FOR = timedelta(minutes=10)
TRIES = 12
"""With waits that double from a minute up to a day, about four days."""
_LONGEST_WAIT = timedelta(days=1)
_MAIL = table_of(OutgoingMail)
_AUDITED = {
    NoticeState.SENT: AuditEvent.NOTICE_SENT,
    NoticeState.FAILED: AuditEvent.NOTICE_FAILED,
}


class Mailer(Protocol):
    """A connection to a mail server."""

    def send_message(self, msg: EmailMessage) -> Any:
        """Hand over one message. Raises smtplib.SMTPException or OSError."""


class _Failure(Struct, frozen=True):
    """Why a message was not handed over. `final`: trying again would not help. `lost`: the
    connection is gone."""

    text: str
    final: bool = False
    lost: bool = False


class Sent(Struct, frozen=True):
    """What one run did, in messages."""

    sent: int
    failed: int
    waiting: int


class NoticeSending(AtServer):
    """Sends what waits, lists it, and releases what is held."""

    def send(self, mailer: Mailer, sender: str) -> Sent:
        """Send every message whose time has come, once each."""
        sent = failed = 0
        while (mail := self._claim()) is not None:
            error = _hand_over(mailer, mail, sender)
            state = self._mark(mail, error)
            sent += state is NoticeState.SENT
            failed += state is NoticeState.FAILED
            if error is not None and error.lost:
                break
        return Sent(sent, failed, self.waiting())

    def due(self) -> bool:
        """Whether a message waits whose time has come."""
        due = (_MAIL.c.state == NoticeState.WAITING, _MAIL.c.next_at <= self._clock())
        with self._database.reading() as session:
            return session.execute(select(_MAIL.c.id).where(*due).limit(1)).first() is not None

    def waiting(self) -> int:
        """How many messages wait."""
        with self._database.reading() as session:
            return session.execute(
                select(func.count()).where(_MAIL.c.state == NoticeState.WAITING)
            ).scalar_one()

    def listed(self, state: str | None = None) -> list[Row[Any]]:
        """Every message, the newest first."""
        statement = select(_MAIL).order_by(_MAIL.c.made_at.desc(), _MAIL.c.id.desc())
        if state:
            statement = statement.where(_MAIL.c.state == state)
        with self._database.reading() as session:
            return list(session.execute(statement).all())

    def release(self) -> int:
        """Let messages that are held, or that failed, be sent; how many they are."""
        now = self._clock()
        again = (NoticeState.HELD, NoticeState.FAILED)
        with self._database.applying() as session:
            connection = session.connection()
            found = connection.execute(
                update(_MAIL)
                .where(_MAIL.c.state.in_(again))
                .values(state=NoticeState.WAITING.value, next_at=now, attempts=0, error="")
                .returning(_MAIL.c.notice_id)
            ).scalars().all()  # fmt: skip
            for notice_id in sorted({id_ for id_ in found if id_}):
                self._renew(connection, notice_id)
            if found:
                self._record(connection, AuditEvent.NOTICES_RELEASED, messages=len(found))
            return len(found)

    def _claim(self) -> Row[Any] | None:
        now = self._clock()
        due = (
            select(_MAIL.c.id)
            .where(
                _MAIL.c.state == NoticeState.WAITING,
                _MAIL.c.next_at <= now,
                or_(_MAIL.c.claimed_until.is_(None), _MAIL.c.claimed_until <= now),
            )
            .order_by(_MAIL.c.next_at, _MAIL.c.id)
            .limit(1)
            .with_for_update(skip_locked=True)
            .scalar_subquery()
        )
        with self._database.storing() as connection:
            return connection.execute(
                update(_MAIL)
                .where(_MAIL.c.id == due)
                .values(claimed_until=now + CLAIMED_FOR, attempts=_MAIL.c.attempts + 1)
                .returning(_MAIL)
            ).one_or_none()

    def _mark(self, mail: Row[Any], error: _Failure | None) -> NoticeState:
        now = self._clock()
        if error is None:
            state = NoticeState.SENT
        elif error.final or mail.attempts >= TRIES:
            state = NoticeState.FAILED
        else:
            state = NoticeState.WAITING
        wait = min(timedelta(minutes=2 ** min(mail.attempts - 1, 12)), _LONGEST_WAIT)
        with self._database.applying() as session:
            connection = session.connection()
            connection.execute(
                update(_MAIL)
                .where(_MAIL.c.id == mail.id)
                .values(
                    state=state.value,
                    error="" if error is None else error.text[:400],
                    claimed_until=None,
                    next_at=now + wait,
                    sent_at=now if state is NoticeState.SENT else None,
                )
            )
            if state is not NoticeState.WAITING:
                self._record(
                    connection,
                    _AUDITED[state],
                    notice=mail.notice_id or mail.message_id,
                )
            if mail.notice_id is not None:
                self._renew(connection, mail.notice_id)
        return state

    def _renew(self, connection: Any, notice_id: str) -> None:
        """Bring a notice up to what became of its messages."""
        mails = connection.execute(
            select(_MAIL.c.state, _MAIL.c.sent_at, _MAIL.c.error).where(
                _MAIL.c.notice_id == notice_id
            )
        ).all()
        states = {mail.state for mail in mails}
        state = next(
            one
            for one in (
                NoticeState.FAILED, NoticeState.HELD, NoticeState.WAITING, NoticeState.SENT,
            )
            if one in states
        )  # fmt: skip
        now = {
            "state": state.value,
            "sent_at": max((mail.sent_at for mail in mails if mail.sent_at), default=None),
            "error": next((mail.error for mail in mails if mail.error), ""),
        }
        revisions = Revisions(connection, 1)
        workspace = Workspace(connection)
        row = workspace.get(Notice.__tablename__, notice_id)
        if row is None:
            return
        changed = {name: value for name, value in now.items() if row.values[name] != value}
        if changed:
            row.change(changed, self._stamp(revisions))
            workspace.flush()


def _hand_over(mailer: Mailer, mail: Row[Any], sender: str) -> _Failure | None:
    """Hand one message over; what went wrong."""
    try:
        mailer.send_message(_message(mail, sender))
    except smtplib.SMTPRecipientsRefused as refused:
        code, text = next(iter(refused.recipients.values()))
        return _Failure(f"{code} {decoded(text)}", final=code >= 500)
    except smtplib.SMTPServerDisconnected as error:
        return _Failure(reason(error), lost=True)
    except smtplib.SMTPResponseException as error:
        return _Failure(reason(error), final=error.smtp_code >= 550)
    except smtplib.SMTPException as error:
        return _Failure(reason(error), final=True)
    except OSError as error:
        return _Failure(reason(error), lost=True)
    return None


def _message(mail: Row[Any], sender: str) -> EmailMessage:
    made = EmailMessage(policy.SMTP)
    made["Message-ID"] = mail.message_id
    made["Date"] = format_datetime(mail.made_at)
    made["From"] = sender
    made["To"] = mail.address
    made["Subject"] = mail.subject
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(mail.body)
    return made
