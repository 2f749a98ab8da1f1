"""Signing in, renewing, and who stands behind a request."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct
from sqlalchemy import Connection, insert, select, update

from sync.server.accounts import attempts, tokens
from sync.server.accounts.expiry import tidy
from sync.server.accounts.holders import (
    Known,
    device_revoked,
    device_user,
    known_holder,
    require_welcome,
)
from sync.server.accounts.names import user_called
from sync.server.accounts.passwords import Passwords
from sync.server.audit.log import Audit, AuditEvent
from sync.server.records.revisions import current
from sync.server.records.workspace import Workspace
from sync.server.telemetry.request_context import Trace
from sync.wire import NewPassword, Record, SignIn, Tokens
from visitapp.errors import Code, NotAllowed, NotFound, Refused
from visitapp.language import message
from visitapp.records import Credential, Device, Token
from visitapp.storage.database import Database


class _Credential(Struct, frozen=True):
    """A user's names, the hash of their password, whether they must choose another, and whether
    they may sign in at all."""

    id: str
    name: str
    title: str
    password_hash: str
    must_change: bool
    active: bool


class Accounts:
    """Users, devices and tokens of one server."""

    def __init__(
        self, database: Database, clock: Callable[[], datetime], passwords: Passwords
    ) -> None:
        self._database = database
        self._clock = clock
        self._passwords = passwords
        self._audit = Audit(clock)

    def sign_in(self, request: SignIn, trace: Trace | None = None) -> Tokens:
        """Tokens for a name and password.

        Raises NotAllowed: SIGN_IN_FAILED, DEVICE_REVOKED when the device was revoked,
        TOO_MANY_ATTEMPTS, NEW_PASSWORD_NEEDED when somebody else chose the password.
        """
        trace = trace or Trace()
        found = self._proved(request, trace)
        if found.must_change:
            raise NotAllowed(
                message("Somebody else chose this password, so it only lets you choose your own."),
                message("Choose a password of your own."),
                code=Code.NEW_PASSWORD_NEEDED,
            )
        with self._database.applying() as session:
            connection = session.connection()
            self._enter(connection, request, found.id)
            given = self._tokens(connection, request.device_id, found.id)
            self._audit.record(connection, AuditEvent.SIGN_IN, trace, {})
            return given

    def change_password(self, request: NewPassword, trace: Trace | None = None) -> None:
        """Give a user the password that they chose. Their other devices must sign in again.

        Raises NotAllowed: SIGN_IN_FAILED, TOO_MANY_ATTEMPTS; Refused BAD_VALUE for a weak one.
        """
        trace = trace or Trace()
        found = self._proved(request, trace)
        today, names = self._clock().date(), (found.name, found.title)
        self._passwords.require_strong(self._database, today, request.new_password, names)
        if request.new_password == request.password:
            raise Refused(
                Code.BAD_VALUE,
                message("The new password is the same as the old one. Nothing was changed."),
            )
        hashed = self._passwords.hashed(request.new_password)
        with self._database.applying() as session:
            connection = session.connection()
            connection.execute(
                update(Credential)
                .where(Credential.user_id == found.id)
                .values(password_hash=hashed, must_change=False)
            )
            tokens.end(connection, found.id, but=request.device_id)
            self._audit.record(connection, AuditEvent.PASSWORD_CHANGED, trace, {})

    def _proved(self, request: SignIn | NewPassword, trace: Trace) -> _Credential:
        """Whose name and password these are. Raises NotAllowed: SIGN_IN_FAILED, TOO_MANY_ATTEMPTS,
        or NOT_ALLOWED for the right password of a disabled user; each is counted and written
        down."""
        trace.device_id = request.device_id
        attempt, found = self._admitted(request, trace)
        kept = None if found is None else found.password_hash
        matches = self._passwords.matches(kept, request.password)
        if found is None or not matches or not found.active:
            with self._database.applying() as session:
                self._audit.record(session.connection(), AuditEvent.SIGN_IN_FAILED, trace, {})
            raise _disabled() if found is not None and matches else _wrong()
        with self._database.applying() as session:
            attempts.succeeded(session.connection(), attempt)
        return found

    def _admitted(
        self, request: SignIn | NewPassword, trace: Trace
    ) -> tuple[attempts.Trying, _Credential | None]:
        """Count the attempt, and give whose name it is. Raises NotAllowed TOO_MANY_ATTEMPTS."""
        with self._database.applying() as session:
            connection = session.connection()
            who = (request.name, request.device_id, request.known_by)
            attempt = attempts.trying(connection, *who, trace.address)
            above = attempts.count(connection, attempt, self._clock())
            found = _credential(connection, request.name)
            trace.user_id = found.id if found is not None else ""
            if above == 1:
                self._audit.record(connection, AuditEvent.SIGN_IN_LIMITED, trace, {})
        if above > 0:
            raise attempts.too_many()
        return attempt, found

    def renew(self, refresh_token: str, trace: Trace | None = None) -> Tokens:
        """The next pair of tokens. Raises NotAllowed SIGN_IN_AGAIN or DEVICE_REVOKED."""
        trace = trace or Trace()
        with self._database.applying() as session:
            connection = session.connection()
            require_welcome(connection, refresh_token)
            device_id, misused = tokens.spend(connection, refresh_token, self._clock())
            trace.device_id = device_id
            if not misused:
                trace.user_id = device_user(connection, device_id)
                return self._tokens(connection, device_id, trace.user_id)
            self._audit.record(connection, AuditEvent.SIGN_IN_ENDED, trace, {})
        raise tokens.sign_in_again()

    def known(self, connection: Connection, access_token: str, trace: Trace | None = None) -> Known:
        """As `known_holder`, now."""
        return known_holder(connection, access_token, self._clock(), trace)

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
            raise NotAllowed(message("This device belongs to another user."), code=Code.NOT_ALLOWED)
        if device.revoked_at is not None:
            raise device_revoked()
        tokens.forget(connection, request.device_id)
        connection.execute(
            update(Device).where(Device.id == request.device_id).values(last_seen=now)
        )

    def _tokens(self, connection: Connection, device_id: str, user_id: str) -> Tokens:
        now = self._clock()
        tidy(connection, device_id, now)
        access, refresh = tokens.give(connection, device_id, now)
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


def _credential(connection: Connection, name: str) -> _Credential | None:
    """What the user with this name signs in by."""
    try:
        user = user_called(connection, name)
    except NotFound:
        return None
    kept = connection.execute(
        select(Credential.password_hash, Credential.must_change).where(
            Credential.user_id == user.id
        )
    ).one()
    return _Credential(user.id, user.name, user.title, *kept, active=user.active)


def _wrong() -> NotAllowed:
    return NotAllowed(message("The name or the password is wrong."), code=Code.SIGN_IN_FAILED)


def _disabled() -> NotAllowed:
    return NotAllowed(
        message("Your account is disabled. Your work on this device is safe."),
        message("Ask your administrator to enable it."),
        code=Code.NOT_ALLOWED,
    )
