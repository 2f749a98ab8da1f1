"""What becomes of users at the server: leavers, new passwords, other roles."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Select, select, update

from sync.server.accounts import tokens
from sync.server.accounts.names import user_called
from sync.server.audit.log import AuditEvent
from sync.server.operations.local_changes import AtServer
from sync.server.records.revisions import Revisions
from sync.server.records.workspace import Workspace
from visitapp.records import Contract, ContractSetting, Credential, Role, Setting, User
from visitapp.standing.contracts import is_current


class Account(Struct, frozen=True):
    """One user, for a list."""

    id: str
    name: str
    title: str
    role: str
    team: str
    active: bool


class HeldSetting(Struct, frozen=True):
    """One setting of an officer, for a list. `contract_id`, `contract`: the id and number of the
    contract by which they hold it, empty when the setting names them."""

    id: str
    name: str
    team: str
    contract_id: str = ""
    contract: str = ""


class People(AtServer):
    """Changes of users."""

    def users(self) -> list[Account]:
        """Every user, by name."""
        columns = (User.id, User.name, User.title, User.role, User.team, User.active)
        with self._database.reading() as session:
            found = session.execute(select(*columns).order_by(User.name)).all()
        return [Account(*row) for row in found]

    def disable(self, name: str) -> int:
        """End a user's access at once; how many settings they still hold. Raises NotFound."""
        with self._database.applying() as session:
            connection = session.connection()
            user_id = self._change(connection, name, active=False)
            tokens.end(connection, user_id)
            return len(connection.execute(_held(user_id)).all())

    def portfolio(self, name: str) -> list[HeldSetting]:
        """The settings that a user holds: those that name them, then those under a contract whose
        officer they are. Raises NotFound."""
        with self._database.reading() as session:
            connection = session.connection()
            user_id = user_called(connection, name).id
            by_name = connection.execute(_held(user_id)).all()
            by_contract = connection.execute(_held_by_contract(user_id)).all()
        return [HeldSetting(*row) for row in (*by_name, *by_contract)]

    def enable(self, name: str) -> None:
        """Let a user sign in again. Raises NotFound."""
        with self._database.applying() as session:
            self._change(session.connection(), name, active=True)

    def set_role(self, name: str, role: Role, team: str | None = None) -> None:
        """Give a user another role and, unless None, another team. Raises NotFound."""
        fields: dict[str, Any] = {"role": role.value}
        if team is not None:
            fields["team"] = team
        with self._database.applying() as session:
            self._change(session.connection(), name, **fields)

    def set_password(self, name: str, password: str) -> None:
        """Sign a user out and give them a password that is good for choosing their own.

        Raises NotFound, or Refused BAD_VALUE for a weak password.
        """
        with self._database.reading() as session:
            user = user_called(session.connection(), name)
        today, names = self._clock().date(), (user.name, user.title)
        self._passwords.require_strong(self._database, today, password, names)
        hashed = self._passwords.hashed(password)
        with self._database.applying() as session:
            connection = session.connection()
            user_id = user.id
            connection.execute(
                update(Credential)
                .where(Credential.user_id == user_id)
                .values(password_hash=hashed, must_change=True)
            )
            tokens.end(connection, user_id)
            self._record(connection, AuditEvent.USER_CHANGED, user=user_id, fields=["password"])

    def _change(self, connection: Connection, name: str, **fields: Any) -> str:
        revisions = Revisions(connection, 1)
        user_id: str = user_called(connection, name).id
        workspace = Workspace(connection)
        row = workspace.get("user_account", user_id)
        assert row is not None, "the name was just found"
        row.change(fields, self._stamp(revisions))
        workspace.flush()
        self._record(connection, AuditEvent.USER_CHANGED, user=user_id, fields=sorted(fields))
        return user_id


def _held(user_id: str) -> Select[str, str, str]:
    held = Setting.officer_id == user_id
    columns = select(Setting.id, Setting.name, Setting.team)
    return columns.where(held, Setting.deleted.is_(False)).order_by(Setting.name, Setting.id)


def _held_by_contract(user_id: str) -> Select[str, str, str, str, str]:
    own = Setting.officer_id.is_not_distinct_from(user_id)
    columns = select(Setting.id, Setting.name, Setting.team, Contract.id, Contract.number)
    held = (Contract.officer_id == user_id, ~own, Setting.deleted.is_(False), is_current())
    under = (
        columns.join(ContractSetting, ContractSetting.setting_id == Setting.id)
        .join(Contract, Contract.id == ContractSetting.contract_id)
        .where(*held)
    )
    return under.order_by(Setting.name, Setting.id, Contract.number)
