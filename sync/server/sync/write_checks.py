"""What the server checks of one change before it takes it: access, parents, frozen visits.

Every check raises Refused with its code and leaves the workspace as it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any

from sync.server.records.fields import parents
from sync.server.records.holding import holding_of
from sync.server.records.workspace import Row, Workspace
from sync.server.sync.four_eyes import VisitFacts
from sync.server.sync.joint import JointWork
from sync.server.sync.late_work import LateWork
from visitapp.errors import Code, NotAllowed, NotFound, Refused
from visitapp.records import FROZEN, Contract, Review, Synced, Visit, VisitStatus
from visitapp.records.declared import derived_fields, fields_with
from visitapp.rules.access import LEAD, REVIEWED, AccessRequest, Actor, Holding, in_scope, refusal
from visitapp.rules.kinds import joint_refusal


class Guard:
    """The checks for one actor in one transaction."""

    def __init__(
        self,
        actor: Actor,
        workspace: Workspace,
        late: LateWork,
        joint: JointWork,
        visits: VisitFacts,
    ) -> None:
        self._actor = actor
        self._workspace = workspace
        self._late = late
        self._joint = joint
        self._visits = visits

    def creation(self, kind: type[Synced], id_: str, values: Mapping[str, Any]) -> None:
        """Whether the actor may make this record. Raises Refused."""
        self.creation_alike(kind, values)
        derived = kind.__kind__.derived_id
        if derived and id_ != derived.make(*(values[field] for field in derived.fields)):
            raise Refused(
                Code.BAD_VALUE,
                f"The id of this {kind.__tablename__} is not derived from its fields.",
            )

    def creation_alike(self, kind: type[Synced], values: Mapping[str, Any]) -> None:
        """Whether the actor may make records with these values, whatever their ids are and their
        other fields than `judged_fields`. Raises Refused."""
        name = str(kind.__tablename__)
        holding = self._holding_after(name, None, values)
        if name != "setting":
            if not self._require_scope(values.get("setting_id"), kind):
                self._require_late(values)
            self._require_joint(kind, values.get("setting_id"), values.get("visit_id"))
        self._require_parents(kind, values)
        self._require_one_setting(kind, values)
        life = kind.__kind__.lifecycle
        if life and not life.derived and values["status"] not in life.starts:
            starts = " or ".join(_plain(state) for state in life.states if state in life.starts)
            raise Refused(Code.BAD_VALUE, f"A new {name} is {starts}.")
        self._require_open_visits(kind, values)
        if kind is Review:
            self._require_awaited(values)
        self._require_own_name(kind, values)
        self._require_role(kind, None, values, holding)

    def sight(self, row: Row) -> bool:
        """Whether the actor may be given this record; false when they may only add to it, as the
        one who held its setting until lately. Raises Refused when it is out of their reach."""
        if not row.kind.__kind__.seen_by(self._actor.role):
            raise NotAllowed("Your role does not reach this record.")
        return self._require_scope(row.setting_id, row.kind)

    def change(self, row: Row, values: Mapping[str, Any], written: Set[str]) -> None:
        """Whether the actor may give the record these values, all of which are different from what
        it holds. `written` are the fields that will be; the rest clash and are set aside. Raises
        Refused."""
        kind, name = row.kind, str(row.kind.__tablename__)
        visits = (row.values.get("visit_id"), values.get("visit_id", row.values.get("visit_id")))
        for visit_id in visits:
            self._require_joint(kind, row.setting_id, visit_id)
        if kind.__kind__.append_only:
            raise Refused(Code.NOT_ALLOWED, f"A {name} is written once and not changed.")
        fixed = kind.__kind__.fixed & values.keys()
        if fixed:
            raise Refused(Code.BAD_VALUE, f"The {min(fixed)!r} of a {name} never changes.")
        self._require_parents(kind, values)
        self._require_one_setting(kind, {**row.values, **values})
        self._require_step(row, values, written)
        if kind is Contract:
            self._require_own_contract(row)
        if kind is Visit and values.get("status") in REVIEWED:
            self._visits.require_review(row, values["status"])
        self._require_open_visits(kind, row.values, values)
        self._require_own_name(kind, values)
        self._require_role(kind, row, values, self._holding_after(name, row, values))

    def _require_scope(self, setting_id: str | None, kind: type[Synced]) -> bool:
        if setting_id is None:
            return True
        setting = self._workspace.get("setting", setting_id)
        if setting is None:
            raise NotFound(f"The setting of this {kind.__tablename__} is not on the server.")
        if in_scope(self._actor, self._holding(setting.values)) or self._joint.visits(setting_id):
            return True
        if kind.__kind__.late and self._late.is_taken(setting.values, setting_id):
            return False
        raise _not_yours()

    def _require_late(self, values: Mapping[str, Any]) -> None:
        """What comes late is taken on a visit that the sender made, or on none."""
        visit = self._workspace.get("visit", values.get("visit_id"))
        if visit is None or self._actor.id in (
            visit.values["created_by"],
            visit.values["officer_id"],
        ):
            return
        raise _lost()

    def own(self, row: Row) -> bool:
        """Whether the actor made the record and nobody else changed it."""
        others = {stamp[1] for stamp in row.stamps.values()} - {"", self._actor.id}
        return row.values["created_by"] == self._actor.id and not others

    def late_change(self, row: Row, values: Mapping[str, Any]) -> None:
        """Whether one who held the setting until lately may say how they would have changed what
        others made or changed. Raises NotAllowed for what is decided, not recorded."""
        if "status" in values:
            raise _lost()

    def late_step(self, target: Row) -> None:
        """Whether the actor may take a step with a record. Raises NotAllowed when they held its
        setting until lately and somebody else made or changed it."""
        if not self._require_scope(target.setting_id, target.kind) and not self.own(target):
            raise _lost()

    def _require_joint(
        self, kind: type[Synced], setting_id: str | None, visit_id: str | None
    ) -> None:
        """Who sees a setting only through a visit they joined writes on that visit alone."""
        setting = self._workspace.get("setting", setting_id)
        if setting is None or in_scope(self._actor, self._holding(setting.values)):
            return
        joined = self._joint.visits(setting.id)
        why = joint_refusal(kind.__kind__.joint, visit_id, joined) if joined else ""
        if why:
            raise NotAllowed(why)

    def _require_parents(self, kind: type[Synced], values: Mapping[str, Any]) -> None:
        for field, parent in parents(kind).items():
            wanted = values.get(field)
            if wanted is not None and self._workspace.get(parent, wanted) is None:
                raise NotFound(f"The {parent} that this {kind.__tablename__} names is not here.")

    def _require_one_setting(self, kind: type[Synced], values: Mapping[str, Any]) -> None:
        for field in fields_with(kind, "same_setting"):
            name = parents(kind)[field]
            parent = self._workspace.get(name, values.get(field))
            if parent is not None and parent.setting_id != values["setting_id"]:
                raise Refused(Code.BAD_VALUE, f"The {name} belongs to another setting.")

    def _require_open_visits(self, kind: type[Synced], *versions: Mapping[str, Any]) -> None:
        """Whether the visits that freeze such a record are open, in each version of its values."""
        for field in fields_with(kind, "freezes"):
            for values in versions:
                visit = self._workspace.get("visit", values.get(field))
                if visit is not None and visit.values["status"] in FROZEN:
                    raise Refused(
                        Code.VISIT_FROZEN,
                        "The visit was signed off, so its answers no longer change.",
                        "Ask your team lead to return it.",
                    )

    def _require_step(self, row: Row, values: Mapping[str, Any], written: Set[str]) -> None:
        life = row.kind.__kind__.lifecycle
        if life is None or life.derived:
            return
        name, now = row.kind.__tablename__, row.values["status"]
        if name == "visit" and now in FROZEN and values.keys() - {"status"}:
            raise Refused(
                Code.VISIT_FROZEN,
                "The visit was signed off, so it no longer changes.",
                "Ask your team lead to return it.",
            )
        wanted = values["status"] if "status" in written else now
        if not life.allows(now, wanted):
            raise Refused(
                Code.BAD_VALUE, f"A {name} does not go from {_plain(now)} to {_plain(wanted)}."
            )

    def _require_awaited(self, review: Mapping[str, Any]) -> None:
        """Whether the visit is signed off, or stands where this review puts it."""
        visit = self._workspace.get("visit", review["visit_id"])
        if visit is None or visit.values["status"] not in (
            VisitStatus.SIGNED_OFF,
            review["decision"],
        ):
            raise Refused(
                Code.NOT_SIGNED_OFF,
                "The visit of this review does not wait for one.",
                "Sync, and look at the visit again.",
            )

    def _require_own_contract(self, contract: Row) -> None:
        if self._actor.role == LEAD and self._visits.other_teams(contract.id, self._actor.team):
            raise NotAllowed(
                "This contract also covers settings of another team.",
                "Ask an administrator to change it.",
            )

    def _require_own_name(self, kind: type[Synced], values: Mapping[str, Any]) -> None:
        for field in fields_with(kind, "own_name") & values.keys():
            if values[field] not in (None, self._actor.id):
                raise NotAllowed("Only your own name can stand under what you decide.")

    def _require_role(
        self,
        kind: type[Synced],
        row: Row | None,
        values: Mapping[str, Any],
        holding: Holding | None,
    ) -> None:
        record = row.values if row is not None else values
        request = AccessRequest(
            creating=row is None,
            fields=values.keys(),
            created_by=record["created_by"],
            holding=holding,
            visit_officer_id=self._visit_officer(kind, record),
            visit_makers=self._makers(kind, row, values),
            status="" if "status" in derived_fields(kind) else values.get("status", ""),
        )
        why = refusal(self._actor, request, kind.__kind__.write)
        if why:
            raise NotAllowed(why)

    def _makers(
        self, kind: type[Synced], row: Row | None, values: Mapping[str, Any]
    ) -> frozenset[str]:
        """Who took part in the visit that is reviewed or given to another officer."""
        if kind is Review:
            visit = self._workspace.get("visit", values["visit_id"])
            return self._visits.makers(visit) if visit else frozenset()
        if kind is not Visit or row is None:
            return frozenset()
        if values.get("status") in REVIEWED:
            return self._visits.makers(row)
        return self._visits.answered_by(row.id) if "officer_id" in values else frozenset()

    def _visit_officer(self, kind: type[Synced], record: Mapping[str, Any]) -> str | None:
        """The officer of the visit that a record is or belongs to."""
        if kind is Visit:
            officer: str | None = record["officer_id"]
            return officer
        visit = self._workspace.get("visit", record.get("visit_id"))
        return visit.values["officer_id"] if visit is not None else None

    def _holding(self, setting: Mapping[str, Any]) -> Holding:
        return holding_of(self._workspace, setting)

    def _holding_after(
        self, kind: str, row: Row | None, values: Mapping[str, Any]
    ) -> Holding | None:
        """Who would hold a setting after a change of it; None for every other kind."""
        if kind != "setting":
            return None
        return self._holding({**(row.values if row else {}), **values})


def _not_yours() -> NotAllowed:
    return NotAllowed(
        "This setting is not in your portfolio.",
        "Ask your team lead who holds it.",
        code=Code.OUT_OF_SCOPE,
    )


def _lost() -> NotAllowed:
    return NotAllowed(
        "This setting was handed over, and somebody else made or changed this record.",
        "It is safe on this computer. Ask your team lead who holds the setting now.",
        code=Code.OUT_OF_SCOPE,
    )


def _plain(state: str) -> str:
    return state.replace("_", " ")
