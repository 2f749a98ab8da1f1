"""Connecting a device to a server, and handing what was recorded before to the real account."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete, insert, or_, select, update

from sync.client.link.transport_protocol import Transport
from sync.client.round.rows import python_row
from sync.tables import table_of
from sync.wire import NewPassword, Record, SignIn, Tokens
from visitapp.errors import Code, EnvironmentProblem
from visitapp.language import message
from visitapp.records import KINDS, History, Outbox, Setting, User, new_id
from visitapp.storage.database import Database
from visitapp.storage.state import LocalStates


def connect(
    database: Database,
    transport: Transport,
    url: str,
    name: str,
    password: str,
    device_name: str,
    new_password: str = "",
) -> User:
    """Sign this device in and return its user. new_password: takes the place of `password` first.

    What was recorded before becomes the account's. Raises NotAllowed SIGN_IN_FAILED and its kind
    (NEW_PASSWORD_NEEDED when `password` is good only for choosing another), LinkProblem, and
    EnvironmentProblem OTHER_SERVER when the device belongs to another server or another user;
    nothing is changed on the device then.
    """
    states = LocalStates()
    device_id, known_by = _identity(database)
    if new_password:
        change_password(database, transport, name, password, new_password)
        password = new_password
    tokens = transport.sign_in(
        SignIn(
            name=name,
            password=password,
            device_id=device_id,
            device_name=device_name[:120],
            known_by=known_by,
        )
    )
    with database.applying() as session:
        before = states.get(session, "server_id")
        _require_same(before, states.get(session, "user_id"), tokens)
        connection = session.connection()
        provisional = states.get(session, "user_id")
        if before is None and provisional not in (None, tokens.user.id):
            adopt(connection, provisional, tokens.user)
        _keep_user(connection, tokens.user)
        for state, value in {
            "server_url": url,
            "server_id": tokens.server_id,
            "user_id": tokens.user.id,
            "access_token": tokens.access_token,
            "refresh_token": tokens.refresh_token,
            "sync_problem": None,
        }.items():
            states.set(session, state, value)
        session.flush()
        return session.get_one(User, tokens.user.id)


def change_password(
    database: Database, transport: Transport, name: str, password: str, new_password: str
) -> None:
    """Give a person another password at the server. This device stays signed in.

    Raises NotAllowed SIGN_IN_FAILED or TOO_MANY_ATTEMPTS, Refused BAD_VALUE for a weak password,
    LinkProblem.
    """
    device_id, known_by = _identity(database)
    transport.change_password(
        NewPassword(
            name=name,
            password=password,
            new_password=new_password,
            device_id=device_id,
            known_by=known_by,
        )
    )


def _identity(database: Database) -> tuple[str, str]:
    """The device's id, made at its first use, and the refresh token it was given last."""
    states = LocalStates()
    with database.applying() as session:
        device_id = states.get(session, "device_id") or new_id()
        states.set(session, "device_id", device_id)
        return device_id, states.get(session, "refresh_token") or ""


def _require_same(server_id: str | None, user_id: str | None, tokens: Tokens) -> None:
    """Raise when the device is connected already and this is another server or user."""
    if server_id is None:
        return
    if server_id != tokens.server_id:
        raise EnvironmentProblem(
            Code.OTHER_SERVER,
            message(
                "This device belongs to another server, and two servers' records are never mixed."
            ),
            message("Use another data folder for this server."),
        )
    if user_id != tokens.user.id:
        raise EnvironmentProblem(
            Code.OTHER_SERVER,
            message("This device belongs to another user of the server."),
            message("Use another data folder for this user."),
        )


def adopt(connection: Connection, provisional: str, user: Record) -> None:
    """Write the account's id wherever the provisional user's stood, and its team on settings."""
    connection.execute(
        update(Setting)
        .where(Setting.officer_id == provisional, Setting.team == _team(connection, provisional))
        .values(team=user.values.get("team", ""))
    )
    for kind in KINDS.values():
        for column in table_of(kind).columns:
            if column.info.get("user"):
                connection.execute(
                    update(table_of(kind))
                    .where(column == provisional)
                    .values({column.name: user.id})
                )
    _adopt_in_trail(connection, provisional, user.id)
    connection.execute(delete(User).where(User.id == provisional))


def _adopt_in_trail(connection: Connection, provisional: str, user_id: str) -> None:
    """The same inside the values that the history and the outbox keep."""
    table = table_of(History)
    for row in connection.execute(
        select(table.c.id, table.c.old, table.c.new).where(
            table.c.field.in_(_user_fields()),
            or_(table.c.old.is_not(None), table.c.new.is_not(None)),
        )
    ).all():
        kept = {"old": row.old, "new": row.new}
        now = {n: user_id if value == provisional else value for n, value in kept.items()}
        if now != kept:
            connection.execute(update(table).where(table.c.id == row.id).values(now))
    for sequence, fields in connection.execute(
        select(Outbox.sequence, Outbox.fields).where(Outbox.created.is_(False))
    ).all():
        marks = {n: _adopted(mark, provisional, user_id) for n, mark in fields.items()}
        if marks != fields:
            connection.execute(
                update(Outbox).where(Outbox.sequence == sequence).values(fields=marks)
            )


def _adopted(mark: dict[str, Any], provisional: str, user_id: str) -> dict[str, Any]:
    return {**mark, "old": user_id} if mark["old"] == provisional else mark


def _user_fields() -> set[str]:
    return {
        column.name
        for kind in KINDS.values()
        for column in table_of(kind).columns
        if column.info.get("user")
    }


def _team(connection: Connection, user_id: str) -> str:
    return connection.execute(select(User.team).where(User.id == user_id)).scalar() or ""


def _keep_user(connection: Connection, user: Record) -> None:
    values = python_row(User, user.values) | {"revision": user.revision}
    there = update(table_of(User)).where(User.id == user.id).values(values)
    if not connection.execute(there).rowcount:
        connection.execute(
            insert(table_of(User)).values({**values, "id": user.id, "field_revisions": {}})
        )
