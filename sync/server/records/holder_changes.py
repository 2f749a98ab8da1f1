"""Covers that begin or end, and hand-overs whose day has come.

Time changes nothing by itself: the server's daily work and whoever sends a cover or a hand-over
bring these about, as changes with revisions, which devices then receive like any other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, and_, or_, select

from sync.merge import Stamp
from sync.server.audit.log import AuditEvent
from sync.server.records.delegations import HolderEvent, cover_events, missing_covers
from sync.server.records.fields import completed
from sync.server.records.holding import HoldingLeft, hand_overs
from sync.server.records.revisions import Revisions
from sync.server.records.workspace import Row, Workspace
from sync.tables import table_of
from sync.wire import Change
from visitapp.records import (
    Contract,
    ContractSetting,
    Cover,
    HandOver,
    HandOverState,
    PlannedVisit,
    Setting,
    Visit,
    VisitStatus,
    new_id,
)
from visitapp.records.codec import moment_to_wire
from visitapp.rules.holders.holding import can_hold, cover_lasts
from visitapp.standing.contracts import under_contract
from visitapp.standing.planned import go_along

_MAKE_CHANGES = frozenset({Cover.__tablename__, HandOver.__tablename__})

_IN_PROGRESS = (VisitStatus.DRAFT, VisitStatus.RETURNED)


class HolderChanges:
    """What is due at a moment, inside one transaction that holds the revision lock."""

    def __init__(self, connection: Connection, workspace: Workspace, revisions: Revisions) -> None:
        self._connection = connection
        self._workspace = workspace
        self._revisions = revisions
        self.events: list[HolderEvent] = []
        """What was done, and who stopped holding what."""

    def left(self, row: Row, changed: Mapping[str, Any]) -> None:
        """Note who stops holding a record when these fields of it change."""
        for one in hand_overs(self._workspace, row, changed):
            self._note_left(one)

    def extend_delegations(self, now: datetime) -> None:
        """Let delegates also cover the settings that joined a lead's team meanwhile."""
        self._now = now
        for cover, setting_id in missing_covers(self._connection, self._workspace, now.date()):
            made = {"setting_id": setting_id, "active": False, "created_at": now}
            values = completed(Cover, {**cover.values, **made})
            self._workspace.add(Cover, new_id(), values, self._stamp(cover))

    def make(self, now: datetime) -> None:
        """Start, end and carry out what is due. Nothing is due twice."""
        self._now, self._today = now, now.date()
        self._workspace.flush()
        for row in self._due(HandOver, _hand_overs_due(self._today)):
            self._carry_out(row)
        changed = [
            (row, self._start_or_end(row)) for row in self._due(Cover, _covers_due(self._today))
        ]
        self.events += cover_events(changed)

    def after(self, changes: Sequence[Change], now: datetime) -> None:
        """The same where a batch has covers or hand-overs, so that those of today begin at once."""
        if _MAKE_CHANGES & {change.kind for change in changes}:
            self.make(now)

    def _due(self, kind: type[HandOver | Cover], condition: Any) -> list[Row]:
        """The rows of a kind, in the order in which the server got them."""
        table = table_of(kind)
        found = select(table.c.id).where(condition).order_by(table.c.revision)
        return self._found(str(kind.__tablename__), found)

    def _start_or_end(self, cover: Row) -> bool:
        """Whether the cover is active now."""
        values = cover.values
        active = cover_lasts(
            values["starts_on"], values["ends_on"], self._today, deleted=values["deleted"]
        )
        cover.change({"active": active}, self._stamp(cover))
        if not active:
            self._note_left(
                HoldingLeft(
                    kind="setting", record_id=values["setting_id"], officers=[values["deputy_id"]]
                )
            )
        return active

    def _carry_out(self, hand_over: Row) -> None:
        given = self._given(hand_over)
        outcome = HandOverState.DONE if given is not None else HandOverState.NOT_DONE
        done = {"state": outcome.value, "done_on": self._today}
        plans = self._plans(hand_over, given[0]) if given is not None else []
        hand_over.change(
            {**done, "planned_visits": [plan.id for plan in plans]}, self._stamp(hand_over)
        )
        if given is None:
            return
        target, changed = given
        visits = self._drafts(hand_over, target) if hand_over.values["drafts"] else []
        to = hand_over.values["to_officer_id"]
        what = {f"{target.kind.__tablename__}s": [target.id], "hand_over": hand_over.id}
        self.events.append(HolderEvent(AuditEvent.ASSIGNED, {"user": to, **what}))
        for row, fields in ((target, changed), *((visit, {"officer_id": to}) for visit in visits)):
            self.left(row, fields)
            row.change(fields, self._stamp(hand_over))
        # A plan in nobody's name is for whoever holds the setting.
        maker = None if target.kind is Setting else to
        for plan in plans:
            if plan.values["officer_id"] is not None:
                plan.change({"officer_id": maker}, self._stamp(hand_over))

    def _given(self, hand_over: Row) -> tuple[Row, dict[str, Any]] | None:
        """The setting or contract to hand over with its new values; None when it cannot be."""
        values = hand_over.values
        kind = "setting" if values["setting_id"] else "contract"
        target = self._workspace.get(kind, values[f"{kind}_id"])
        officer = self._workspace.get("user_account", values["to_officer_id"])
        if target is None or target.values["deleted"] or not is_holder(officer):
            return None
        assert officer is not None, "who can hold is there"
        if target.values["officer_id"] not in (values["from_officer_id"], officer.id):
            return None
        wanted = {"officer_id": officer.id}
        if target.kind is Setting:
            wanted["team"] = officer.values["team"]
        return target, {n: new for n, new in wanted.items() if target.values[n] != new}

    def _drafts(self, hand_over: Row, target: Row) -> list[Row]:
        """The visits in progress that go along. Not those of the lead who decides: they might
        review them then."""
        officer = hand_over.values["from_officer_id"]
        if officer is None or officer == hand_over.values["created_by"]:
            return []
        table = table_of(Visit)
        settings = self._settings(target)
        found = select(table.c.id).where(
            table.c.setting_id.in_(settings),
            table.c.officer_id == officer,
            table.c.status.in_(_IN_PROGRESS),
            table.c.deleted.is_(False),
        )
        return self._found("visit", found.order_by(table.c.id))

    def _plans(self, hand_over: Row, target: Row) -> list[Row]:
        """The planned visits that go along."""
        officer, whole = hand_over.values["from_officer_id"], target.kind is Setting
        wanted = go_along(self._settings(target), officer, with_setting=whole)
        found = select(PlannedVisit.id).where(wanted).order_by(PlannedVisit.id)
        return self._found(PlannedVisit.__tablename__, found)

    def _settings(self, target: Row) -> list[str]:
        """The setting that is handed over, or those under the contract that is."""
        if target.kind is Setting:
            return [target.id]
        found = under_contract(ContractSetting.setting_id).where(Contract.id == target.id)
        return list(self._connection.execute(found).scalars())

    def _found(self, kind: str, ids: Select[Any]) -> list[Row]:
        found = self._connection.execute(ids).scalars().all()
        self._workspace.load(kind, found)
        return [row for id_ in found if (row := self._workspace.get(kind, id_)) is not None]

    def _note_left(self, one: HoldingLeft) -> None:
        self.events.append(HolderEvent(AuditEvent.HANDED_OVER, msgspec.to_builtins(one)))

    def _stamp(self, decision: Row) -> Stamp:
        """In the name of whoever decided it."""
        return [self._revisions.take(), decision.values["created_by"], moment_to_wire(self._now)]


def is_holder(user: Row | None) -> bool:
    """Whether settings can be given to a user, to hold or to cover."""
    return user is not None and can_hold(user.values["role"], active=user.values["active"])


def _hand_overs_due(today: date) -> Any:
    table = table_of(HandOver)
    return and_(
        table.c.state == HandOverState.PLANNED.value,
        table.c.deleted.is_(False),
        table.c.starts_on <= today,
    )


def _covers_due(today: date) -> Any:
    table = table_of(Cover)
    lasts = and_(table.c.deleted.is_(False), table.c.starts_on <= today, table.c.ends_on >= today)
    return or_(and_(table.c.active.is_(True), ~lasts), and_(table.c.active.is_(False), lasts))
