"""All that a person holds, and handing it to another in one step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Select, select

from sync.server.accounts.names import user_called
from sync.server.audit.log import AuditEvent
from sync.server.authority.own_steps import take_own_step
from sync.server.operations.admin import active_officer
from sync.server.operations.local_changes import SERVER, AtServer
from sync.server.records.fields import completed
from sync.server.records.history import write_history
from sync.server.records.holder_changes import HolderChanges
from sync.server.records.revisions import Revisions
from sync.server.records.workspace import Row, Workspace
from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import (
    FROZEN,
    KINDS,
    Contract,
    Cover,
    HandOver,
    HandOverState,
    Intervention,
    PlannedVisit,
    Setting,
    Synced,
    User,
    Visit,
    new_id,
)
from visitapp.rules.interventions.states import OPEN_INTERVENTIONS
from visitapp.standing.planned import is_open_plan


class Held(Struct, frozen=True):
    """One thing that a person holds: its kind, id and name."""

    kind: str
    id: str
    name: str


class Leavers(AtServer):
    """What people hold at the whole server, in whatever team."""

    def held(self, name: str) -> list[Held]:
        """Settings, contracts, visits in progress or planned, interventions, cover by them and
        hand-overs to them. Raises NotFound."""
        with self._database.reading() as session:
            connection = session.connection()
            return _held(connection, user_called(connection, name).id, self._clock().date())

    def hand_over(self, name: str, to: str) -> list[Held]:
        """Hand all of it to an officer, and settings to the officer's team; what that was.

        Raises NotFound, or Refused for an officer who cannot sign in, and then changes nothing.
        """
        with self._database.applying() as session:
            connection = session.connection()
            revisions, workspace = Revisions(connection, 0), Workspace(connection)
            leaver, heir = user_called(connection, name).id, active_officer(connection, to)
            if leaver == heir.id:
                raise Refused(Code.BAD_VALUE, message("Choose somebody else."))
            held = _held(connection, leaver, self._clock().date())
            changes = HolderChanges(connection, workspace, revisions)
            for one in held:
                row = workspace.get(one.kind, one.id)
                assert row is not None, "it was just found"
                self._move(workspace, revisions, changes, row, heir)
            changes.make(self._clock())
            write_history(workspace, revisions)
            workspace.flush()
            ids = {kind: [one.id for one in held if one.kind == kind] for kind in KINDS}
            moved = {f"{kind}s": found for kind, found in ids.items() if found}
            self._record(connection, AuditEvent.ASSIGNED, user=heir.id, **moved)
            for done in changes.events:
                self._record(connection, done.event, **done.detail)
            return held

    def _move(
        self,
        workspace: Workspace,
        revisions: Revisions,
        changes: HolderChanges,
        row: Row,
        heir: User,
    ) -> None:
        if row.kind in (Cover, HandOver):
            field = "deputy_id" if row.kind is Cover else "to_officer_id"
            row.change({"deleted": True}, self._stamp(revisions))
            derived = {"active": False} if row.kind is Cover else {}
            values = {**row.values, field: heir.id, "deleted": False, **derived}
            if not _for_themselves(workspace, row, heir.id):
                made = {"created_by": SERVER, "created_at": self._clock()}
                new = completed(row.kind, {**values, **made})
                workspace.add(row.kind, new_id(), new, self._stamp(revisions))
            return
        if row.kind is Intervention:
            given, state = {"officer_id": heir.id}, row.values["status"]
            changes.left(row, given)
            reason = str(message("Handed over with all that its officer held."))
            at = self._clock()
            take_own_step(workspace, revisions, row, state, at=at, reason=reason, fields=given)
            return
        wanted: dict[str, Any] = {"officer_id": heir.id}
        if row.kind is Setting:
            wanted["team"] = heir.team
        changed = {name: new for name, new in wanted.items() if row.values[name] != new}
        changes.left(row, changed)
        row.change(changed, self._stamp(revisions))


def _for_themselves(workspace: Workspace, row: Row, heir: str) -> bool:
    """Whether the heir would cover their own setting, or be handed what they hold."""
    if row.kind is HandOver:
        return bool(row.values["from_officer_id"] == heir)
    setting = workspace.get("setting", row.values["setting_id"])
    return setting is not None and setting.values["officer_id"] == heir


def _held(connection: Connection, user_id: str, today: date) -> list[Held]:
    return [
        Held(str(kind.__tablename__), id_, name)
        for kind, statement in _statements(user_id, today)
        for id_, name in connection.execute(statement)
    ]


def _statements(user_id: str, today: date) -> Iterator[tuple[type[Synced], Select[str, str]]]:
    """The ids and names of what somebody holds, by kind."""
    yield Setting, _named(Setting, Setting.name).where(Setting.officer_id == user_id)
    yield Contract, _named(Contract, Contract.number).where(Contract.officer_id == user_id)
    visits = _named(Visit, Setting.name).join(Setting, Setting.id == Visit.setting_id)
    yield Visit, visits.where(Visit.officer_id == user_id, Visit.status.not_in(FROZEN))
    plans = _named(PlannedVisit, Setting.name).join(Setting, Setting.id == PlannedVisit.setting_id)
    yield PlannedVisit, plans.where(PlannedVisit.officer_id == user_id, is_open_plan())
    cases = _named(Intervention, Setting.name).join(Setting, Setting.id == Intervention.setting_id)
    mine = (Intervention.officer_id == user_id, Intervention.status.in_(OPEN_INTERVENTIONS))
    yield Intervention, cases.where(*mine)
    covers = _named(Cover, Setting.name).join(Setting, Setting.id == Cover.setting_id)
    own = (Cover.deputy_id == user_id, Cover.for_lead_id.is_(None))
    yield Cover, covers.where(*own, Cover.ends_on >= today)
    planned = HandOver.state == HandOverState.PLANNED.value
    coming = _named(HandOver, HandOver.note).where(HandOver.to_officer_id == user_id, planned)
    yield HandOver, coming


def _named(kind: type[Any], name: Any) -> Select[str, str]:
    return select(kind.id, name).where(kind.deleted.is_(False)).order_by(name, kind.id)
