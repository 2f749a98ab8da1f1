"""Signing in, renewing, and who stands behind a request."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import Connection, Row, bindparam, false, insert, select, true, update

from sync.server import tokens
from sync.server.attempts import Attempts
from sync.server.passwords import Passwords
from sync.server.revisions import current
from sync.server.store import Sender
from sync.server.workspace import Workspace
from sync.wire import Record, SignIn, Tokens
from visitapp.errors import Code, NotAllowed
from visitapp.records import Credential, Device, Token, User
from visitapp.rules.access import Actor
from visitapp.storage.database import Database

_SEEN_EVERY = timedelta(minutes=5)


class Known(Struct, frozen=True):
    """Who a request comes from. `stale`: when the device was seen last is worth writing down."""

    sender: Sender
    stale: bool


class Accounts:
    """Users, devices and tokens of one server."""

    def __init__(
        self, database: Database, clock: Callable[[], datetime], passwords: Passwords
    ) -> None:
        self._database = database
        self._clock = clock
        self._passwords = passwords
        self._attempts = Attempts(clock)

    def sign_in(self, request: SignIn) -> Tokens:
        """Tokens for a name and password. Raises NotAllowed: SIGN_IN_FAILED, DEVICE_REVOKED when
        the device was revoked, TOO_MANY_ATTEMPTS."""
        self._attempts.require_room(request.name)
        with self._database.reading() as session:
            found = _credential(session.connection(), request.name)
        matches = self._passwords.matches(found and found.password_hash, request.password)
        if found is None or not matches:
            self._attempts.failed(request.name)
            raise NotAllowed("The name or the password is not right.", code=Code.SIGN_IN_FAILED)
        self._attempts.succeeded(request.name)
        with self._database.applying() as session:
            self._enter(session.connection(), request, found.id)
            return self._tokens(session.connection(), request.device_id, found.id)

    def renew(self, refresh_token: str) -> Tokens:
        """The next pair of tokens. Raises NotAllowed SIGN_IN_AGAIN or DEVICE_REVOKED."""
        now = self._clock()
        with self._database.applying() as session:
            connection = session.connection()
            device_id, misused = tokens.spend(connection, refresh_token, now)
            if not misused:
                user_id = _device_user(connection, device_id)
                return self._tokens(connection, device_id, user_id)
        raise tokens.sign_in_again()

    def known(self, connection: Connection, access_token: str) -> Known:
        """Who holds this access token. Raises NotAllowed SIGN_IN_AGAIN or DEVICE_REVOKED."""
        now = self._clock()
        found = connection.execute(
            _HOLDER, {"digest": tokens.digest(access_token), "use": tokens.ACCESS}
        ).one_or_none()
        if found is None or not found.active or found.deleted:
            raise tokens.sign_in_again()
        if found.revoked_at is not None:
            raise _revoked()
        if found.expires_at <= now:
            raise tokens.sign_in_again()
        actor = Actor(found.user_id, found.role, found.team)
        stale = found.used_at is None or now - found.last_seen > _SEEN_EVERY
        return Known(Sender(actor, found.device_id), stale)

    def seen(self, access_token: str, device_id: str) -> None:
        """Write down that a device was here, and that its present token is in use."""
        now = self._clock()
        with self._database.applying() as session:
            connection = session.connection()
            connection.execute(update(Device).where(Device.id == device_id).values(last_seen=now))
            mine = Token.digest == tokens.digest(access_token)
            connection.execute(update(Token).where(mine).values(used_at=now))

    def _enter(self, connection: Connection, request: SignIn, user_id: str) -> None:
        """Note the device; one laptop belongs to one user."""
        now = self._clock()
        device = connection.execute(
            select(Device.user_id, Device.revoked_at).where(Device.id == request.device_id)
        ).one_or_none()
        if device is None:
            connection.execute(
                insert(Device).values(
                    id=request.device_id,
                    user_id=user_id,
                    name=request.device_name,
                    first_seen=now,
                    last_seen=now,
                )
            )
            return
        if device.user_id != user_id:
            raise NotAllowed("This device belongs to another user.", code=Code.NOT_ALLOWED)
        if device.revoked_at is not None:
            raise _revoked()
        tokens.forget(connection, request.device_id)
        connection.execute(
            update(Device).where(Device.id == request.device_id).values(last_seen=now)
        )

    def _tokens(self, connection: Connection, device_id: str, user_id: str) -> Tokens:
        access, refresh = tokens.give(connection, device_id, self._clock())
        user = Workspace(connection).get("user_account", user_id)
        assert user is not None, "a device refers to its user"
        server_id, _ = current(connection)
        return Tokens(
            access_token=access,
            refresh_token=refresh,
            expires_in=tokens.ACCESS_SECONDS,
            server_id=server_id,
            user=Record("user_account", user.id, user.revision, user.wire()),
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
    )
    .join(Device, Device.id == Token.device_id)
    .join(User, User.id == Device.user_id)
    .where(Token.digest == bindparam("digest"), Token.use == bindparam("use"))
)


def _credential(connection: Connection, name: str) -> Row[str, str] | None:
    """The id and password hash of the active user with this name."""
    return connection.execute(
        select(User.id, Credential.password_hash)
        .join(Credential, Credential.user_id == User.id)
        .where(User.name == name, User.active == true(), User.deleted == false())
    ).first()


def _device_user(connection: Connection, device_id: str) -> str:
    """The active user of a device that was not revoked. Raises NotAllowed."""
    found = connection.execute(
        select(Device.user_id, Device.revoked_at, User.active)
        .join(User, User.id == Device.user_id)
        .where(Device.id == device_id)
    ).one()
    if found.revoked_at is not None:
        raise _revoked()
    if not found.active:
        raise tokens.sign_in_again()
    return str(found.user_id)


def _revoked() -> NotAllowed:
    return NotAllowed(
        "This device was revoked. What waits on it is still there.",
        "Ask your administrator.",
        code=Code.DEVICE_REVOKED,
    )
