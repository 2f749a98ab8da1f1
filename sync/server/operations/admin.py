"""What an administrator does at the server: users, devices, portfolios."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, insert, select, update

from sync.server.accounts.names import folded, require_name, user_called
from sync.server.audit.log import BEGINNING, AuditEvent
from sync.server.operations.local_changes import SERVER, AtServer
from sync.server.records.fields import completed
from sync.server.records.history import write_history
from sync.server.records.holding import HoldingLeft, hand_overs
from sync.server.records.revisions import Revisions
from sync.server.records.workspace import Workspace
from visitapp.errors import Code, NotFound, Refused
from visitapp.language import message
from visitapp.records import AuditHead, Counter, Credential, Device, Role, User, new_id


class DeviceSeen(Struct, frozen=True):
    """One device, for a list."""

    id: str
    user: str
    name: str
    last_seen: datetime
    revoked: bool


class Admin(AtServer):
    """The identity of a server, its users, portfolios and devices."""

    def initialise(self) -> str:
        """Give an empty server its identity and return it; one that has it keeps it."""
        with self._database.applying() as session:
            found = session.scalar(select(Counter.server_id))
            if found is not None:
                return str(found)
            counter = Counter(id=1, server_id=new_id(), revision=0)
            session.add_all([counter, AuditHead(id=1, number=0, hash=BEGINNING)])
            session.flush()
            self._record(session.connection(), AuditEvent.SERVER_MADE, server_id=counter.server_id)
            return counter.server_id

    def add_user(
        self,
        name: str,
        role: Role,
        team: str,
        title: str,
        password: str,
        *,
        temporary: bool = True,
    ) -> str:
        """Make a user and return the id.

        temporary: the user must choose a password of their own at the first sign-in. Raises Refused
        ALREADY_THERE, or BAD_VALUE for a name or a password that is not good.
        """
        require_name(name)
        today = self._clock().date()
        self._passwords.require_strong(self._database, today, password, (name, title))
        hashed = self._passwords.hashed(password)
        with self._database.applying() as session:
            connection = session.connection()
            revisions = Revisions(connection, 1)
            taken = select(Credential.user_id).where(Credential.sign_in_name == folded(name))
            if connection.execute(taken).first():
                raise Refused(
                    Code.ALREADY_THERE, message("There is already a user {name}.", name=name)
                )
            now = self._clock()
            values = completed(
                User,
                {
                    "name": name,
                    "role": role.value,
                    "team": team,
                    "title": title or name,
                    "created_at": now,
                    "created_by": SERVER,
                },
            )
            workspace = Workspace(connection)
            row = workspace.add(User, new_id(), values, self._stamp(revisions))
            workspace.flush()
            connection.execute(
                insert(Credential).values(
                    user_id=row.id,
                    sign_in_name=folded(name),
                    password_hash=hashed,
                    must_change=temporary,
                )
            )
            self._record(connection, AuditEvent.USER_ADDED, user=row.id, role=role.value)
            return row.id

    def assign(self, name: str, setting_ids: Sequence[str]) -> int:
        """Give settings to an officer and the officer's team; returns how many changed hands.

        Raises NotFound for a user or setting that is not there, and then changes nothing.
        """
        return self._give("setting", setting_ids, name, "officer_id", "team")

    def assign_contracts(self, name: str, contract_ids: Sequence[str]) -> int:
        """Give contracts to an officer, who holds every setting under them; returns how many
        changed hands.

        Raises NotFound for a user or contract that is not there, and then changes nothing.
        """
        return self._give("contract", contract_ids, name, "officer_id")

    def devices(self) -> list[DeviceSeen]:
        """Every device, the one seen last first."""
        with self._database.reading() as session:
            rows = session.execute(
                select(Device, User.name)
                .join(User, User.id == Device.user_id)
                .order_by(Device.last_seen.desc())
            ).all()
        return [
            DeviceSeen(d.id, name, d.name, d.last_seen, d.revoked_at is not None)
            for d, name in rows
        ]

    def revoke(self, device_id: str) -> None:
        """End a device's access at once. Raises NotFound."""
        with self._database.applying() as session:
            connection = session.connection()
            done = connection.execute(
                update(Device).where(Device.id == device_id).values(revoked_at=self._clock())
            )
            if not done.rowcount:
                raise NotFound(message("There is no device {id}.", id=device_id))
            self._record(connection, AuditEvent.REVOKED, device=device_id)

    def reinstate(self, device_id: str) -> None:
        """Take a revocation back. Raises NotFound when no such device was revoked."""
        was = (Device.id == device_id, Device.revoked_at.is_not(None))
        with self._database.applying() as session:
            connection = session.connection()
            done = connection.execute(update(Device).where(*was).values(revoked_at=None))
            if not done.rowcount:
                raise NotFound(message("There is no revoked device {id}.", id=device_id))
            self._record(connection, AuditEvent.REINSTATED, device=device_id)

    def _give(self, kind: str, ids: Sequence[str], name: str, *fields: str) -> int:
        """Fill these fields of records from an officer; how many records changed."""
        with self._database.applying() as session:
            connection = session.connection()
            revisions = Revisions(connection, len(ids))
            officer = active_officer(connection, name)
            wanted = {"officer_id": officer.id, "team": officer.team}
            workspace = Workspace(connection)
            workspace.load(kind, ids)
            moved, left = 0, list[HoldingLeft]()
            for id_ in ids:
                row = workspace.get(kind, id_)
                if row is None:
                    raise NotFound(_MISSING[kind](id_))
                changed = {f: wanted[f] for f in fields if row.values[f] != wanted[f]}
                if changed:
                    left += hand_overs(workspace, row, changed)
                    row.change(changed, self._stamp(revisions))
                    moved += 1
            write_history(workspace, revisions)
            workspace.flush()
            self._record(
                connection, AuditEvent.ASSIGNED, user=officer.id, **{f"{kind}s": list(ids)}
            )
            for hand_over in left:
                self._record(connection, AuditEvent.HANDED_OVER, **msgspec.to_builtins(hand_over))
            return moved


_MISSING = {
    "setting": lambda id_: message("There is no setting {id} on this server.", id=id_),
    "contract": lambda id_: message("There is no contract {id} on this server.", id=id_),
}


def active_officer(connection: Connection, name: str) -> User:
    """Who can be given settings: the id and the team. Raises NotFound, or Refused NOT_ALLOWED for
    somebody who cannot sign in."""
    found = user_called(connection, name)
    if not found.active:
        raise Refused(
            Code.NOT_ALLOWED,
            message("{name} is disabled, so no settings were given to them.", name=found.name),
            message("Enable the user first, or give the settings to somebody else."),
        )
    return User(id=found.id, team=found.team)
