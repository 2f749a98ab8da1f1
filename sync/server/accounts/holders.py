"""Who holds a token: the user and device behind a request."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import Connection, bindparam, select, true

from sync.server.accounts import tokens
from sync.server.sync.push import Sender
from sync.server.telemetry.request_context import Trace
from visitapp.errors import Code, NotAllowed
from visitapp.language import message
from visitapp.records import Counter, Device, Token, User
from visitapp.rules.access import Actor

_SEEN_EVERY = timedelta(minutes=5)


class Known(Struct, frozen=True):
    """Who a request comes from, and where the server stands: its id, and the highest revision that
    every reader may rely on. `stale`: when the device was seen last is worth writing down."""

    sender: Sender
    stale: bool
    server_id: str
    revision: int


class Leaver(Struct, frozen=True):
    """A revoked device, and whose it was."""

    device_id: str
    user_id: str


def known_holder(
    connection: Connection, access_token: str, now: datetime, trace: Trace | None = None
) -> Known:
    """Who holds this access token; `trace` is told. Raises NotAllowed SIGN_IN_AGAIN or
    DEVICE_REVOKED."""
    found = connection.execute(
        _HOLDER, {"digest": tokens.digest(access_token), "use": tokens.ACCESS}
    ).one_or_none()
    if found is not None and trace is not None:
        trace.user_id, trace.device_id = found.user_id, found.device_id
    if found is None or not found.active or found.deleted:
        raise tokens.sign_in_again()
    if found.revoked_at is not None:
        raise device_revoked()
    if found.expires_at <= now:
        raise tokens.sign_in_again()
    actor = Actor(found.user_id, found.role, found.team)
    stale = found.used_at is None or now - found.last_seen > _SEEN_EVERY
    return Known(Sender(actor, found.device_id), stale, found.server_id, found.revision)


def revoked_holder(connection: Connection, token: str, trace: Trace | None = None) -> Leaver:
    """The revoked device that any of its last tokens stands for, ended or run out as it may be:
    it is good for handing in and for nothing else. `trace` is told.

    Raises NotAllowed: SIGN_IN_AGAIN when nobody knows it, NOT_ALLOWED when the device was not
    revoked.
    """
    found = connection.execute(_OWNER, {"digest": tokens.digest(token)}).one_or_none()
    if found is None:
        raise tokens.sign_in_again()
    if trace is not None:
        trace.user_id, trace.device_id = found.user_id, found.id
    if found.revoked_at is None:
        raise NotAllowed(message("This device was not revoked."), message("Sync it as usual."))
    return Leaver(found.id, found.user_id)


def device_user(connection: Connection, device_id: str) -> str:
    """The active user of a device that was not revoked. Raises NotAllowed."""
    found = connection.execute(
        select(Device.user_id, Device.revoked_at, User.active)
        .join(User, User.id == Device.user_id)
        .where(Device.id == device_id)
    ).one()
    if found.revoked_at is not None:
        raise device_revoked()
    if not found.active:
        raise tokens.sign_in_again()
    return str(found.user_id)


def require_welcome(connection: Connection, token: str) -> None:
    """Raise DEVICE_REVOKED for any token of a revoked device, run out or ended as well, and say so
    to a device of a disabled user."""
    found = connection.execute(_OWNER, {"digest": tokens.digest(token)}).one_or_none()
    if found is not None and found.revoked_at is not None:
        raise device_revoked()
    if found is not None and not found.active:
        raise NotAllowed(
            message("Your account is disabled. Your work on this device is safe."),
            message("Ask your administrator to enable it."),
            code=Code.SIGN_IN_AGAIN,
        )


def device_revoked() -> NotAllowed:
    return NotAllowed(
        message("This device was revoked. Its unsent work is still on it."),
        message("Ask your administrator."),
        code=Code.DEVICE_REVOKED,
    )


_HOLDER = (
    select(
        Token.device_id,
        Token.expires_at,
        Token.used_at,
        Device.revoked_at,
        Device.last_seen,
        Device.user_id,
        User.role,
        User.team,
        User.active,
        User.deleted,
        Counter.server_id,
        Counter.revision,
    )
    .join(Device, Device.id == Token.device_id)
    .join(User, User.id == Device.user_id)
    .join(Counter, true())
    .where(Token.digest == bindparam("digest"), Token.use == bindparam("use"))
)


_OWNER = (
    select(Device.id, Device.user_id, Device.revoked_at, User.active)
    .join(Token, Token.device_id == Device.id)
    .join(User, User.id == Device.user_id)
    .where(Token.digest == bindparam("digest"))
)
