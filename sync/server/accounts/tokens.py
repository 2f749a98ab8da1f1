"""Tokens: opaque random texts, of which the server keeps only the SHA-256.

A refresh token is spent once. Its reply may be lost, so the token spent last may be shown once
more, as long as nothing that it gave has been used; any other second use means that two machines
hold it, and ends the device's sign-in.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from visitapp.errors import Code, NotAllowed
from visitapp.language import message
from visitapp.records import Device, Token

ACCESS_SECONDS = 15 * 60
REFRESH_DAYS = 60

ACCESS, REFRESH, REPLAYED = "access", "refresh", "replayed"
ENDED = "ended"
"""Of no use any more, but to say which device it was given to."""


def digest(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def give(connection: Connection, device_id: str, now: datetime) -> tuple[str, str]:
    """A new access and refresh token for a device; those that ran out are forgotten."""
    connection.execute(delete(Token).where(Token.device_id == device_id, Token.expires_at < now))
    access, refresh = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    connection.execute(
        insert(Token),
        [
            _row(access, ACCESS, device_id, now + timedelta(seconds=ACCESS_SECONDS)),
            _row(refresh, REFRESH, device_id, now + timedelta(days=REFRESH_DAYS)),
        ],
    )
    return access, refresh


def spend(connection: Connection, refresh_token: str, now: datetime) -> tuple[str, bool]:
    """Spend a refresh token: the device it belongs to, and whether it was misused.

    When it was, every token of the device is gone and the caller must commit that and refuse.
    Raises NotAllowed SIGN_IN_AGAIN when the token is unknown or ran out.
    """
    # The row is locked before it is looked at: two spenders of one token come one after the other.
    mine = Token.digest == digest(refresh_token)
    connection.execute(update(Token).where(mine).values(expires_at=Token.expires_at))
    token = connection.execute(
        select(Token.device_id, Token.use, Token.used_at, Token.expires_at).where(mine)
    ).one_or_none()
    if token is None or token.use in (ACCESS, ENDED) or token.expires_at <= now:
        raise sign_in_again()
    if token.used_at is None:
        connection.execute(update(Token).where(mine).values(used_at=now))
        return token.device_id, False
    if token.use == REPLAYED or _used_since(connection, token.device_id, token.used_at):
        forget(connection, token.device_id)
        return token.device_id, True
    # The first reply was lost: what it gave has never been seen by anyone, and is taken back.
    connection.execute(
        delete(Token).where(
            Token.device_id == token.device_id,
            Token.used_at.is_(None),
            Token.digest != digest(refresh_token),
        )
    )
    connection.execute(update(Token).where(mine).values(use=REPLAYED))
    return token.device_id, False


def forget(connection: Connection, device_id: str) -> None:
    """Take back every token of a device."""
    connection.execute(delete(Token).where(Token.device_id == device_id))


def end(connection: Connection, user_id: str, but: str = "") -> None:
    """Take back every token of a user's devices, except of the device `but`. They stay known, so
    that a device which is revoked as well can be told, and hand in what it holds."""
    mine = select(Device.id).where(Device.user_id == user_id, Device.id != but)
    connection.execute(update(Token).where(Token.device_id.in_(mine)).values(use=ENDED))


def sign_in_again() -> NotAllowed:
    """What is said when a token does not hold."""
    return NotAllowed(
        message("Your sign-in has ended. Your work on this device is safe."),
        message("Sign in again to send it."),
        code=Code.SIGN_IN_AGAIN,
    )


def _used_since(connection: Connection, device_id: str, moment: datetime) -> bool:
    used = select(Token.digest).where(Token.device_id == device_id, Token.used_at > moment)
    return connection.execute(used.limit(1)).first() is not None


def _row(token: str, use: str, device_id: str, expires_at: datetime) -> dict[str, object]:
    return {
        "digest": digest(token),
        "use": use,
        "device_id": device_id,
        "expires_at": expires_at,
        "used_at": None,
    }
