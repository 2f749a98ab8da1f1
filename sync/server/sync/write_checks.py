"""What the server checks of one change before it takes it: access, parents, frozen visits.

Every check raises Refused with its code and leaves the workspace as it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any

from sync.server.records.fields import parents
from sync.server.records.workspace import Row, Workspace
from sync.server.sync.joint import JointWork
from sync.server.sync.late_work import LateWork
from visitapp.errors import Code, NotAllowed, NotFound, Refused
from visitapp.records import FROZEN, Synced, VisitStatus
from visitapp.records.ids import answer_id
from visitapp.rules.access import (
    Actor,
    Deed,
    Holding,
    in_scope,
    joint_refusal,
    refusal,
    sees_kind,
)

_IDENTITY = {"answer": frozenset({"visit_id", "question", "item"})}
_SETTING = frozenset({"setting_id"})
_WITH_THE_VISIT = frozenset({"answer", "evidence", "joining"})
_OF_A_VISIT = frozenset({"review", "joining"})
"""Kinds whose rule asks whose visit it is."""
_OWN_NAME = frozenset({"signed_off_by", "settled_by", "verified_by"})
_STEPS: dict[str, frozenset[str]] = {
    VisitStatus.DRAFT: frozenset({VisitStatus.SIGNED_OFF}),
    VisitStatus.RETURNED: frozenset({VisitStatus.SIGNED_OFF}),
    VisitStatus.SIGNED_OFF: frozenset({VisitStatus.APPROVED, VisitStatus.RETURNED}),
    VisitStatus.APPROVED: frozenset({VisitStatus.RETURNED}),
}


UNJUDGED = frozenset(
    {
        *("created_at", "question", "item", "value", "checked", "met", "note", "reason", "source"),
        *("title", "detail", "owner", "due_on", "kind", "record_id", "field", "old", "new"),
    }
)
"""Fields of new records that `creation_alike` never looks at: records that differ in nothing else
are judged once."""


class Guard:
    """The checks for one actor in one transaction."""

    def __init__(
        self, actor: Actor, workspace: Workspace, late: LateWork, joint: JointWork
    ) -> None:
        self._actor = actor
        self._workspace = workspace
        self._late = late
        self._joint = joint

    def creation(self, kind: type[Synced], id_: str, values: Mapping[str, Any]) -> None:
        """Whether the actor may make this record. Raises Refused."""
        self.creation_alike(kind, values)
        if str(kind.__tablename__) == "answer" and id_ != answer_id(
            values["visit_id"], values["question"], values["item"]
        ):
            raise Refused(Code.BAD_VALUE, "An answer's id must be derived from what it answers.")

    def creation_alike(self, kind: type[Synced], values: Mapping[str, Any]) -> None:
        """Whether the actor may make records with these values, whatever their ids are and what is
        in `UNJUDGED`. Raises Refused."""
        name = str(kind.__tablename__)
        holding = self._holding_after(name, None, values)
        if name != "setting":
            self._require_scope(values.get("setting_id"), name)
            self._require_joint(name, values.get("setting_id"), values.get("visit_id"))
        self._require_parents(kind, values)
        self._require_one_setting(values)
        if name == "visit" and values["status"] not in (VisitStatus.DRAFT, VisitStatus.SIGNED_OFF):
            raise Refused(Code.BAD_VALUE, "A new visit is a draft or signed off.")
        self._require_open_visit(name, values.get("visit_id"))
        if name == "rating":
            self._require_outcome(values)
        self._require_own_name(values)
        self._require_role(name, None, values, holding)

    def sight(self, row: Row) -> bool:
        """Whether the actor may be given this record; false when they may only add to it, as the
        one who held its setting until lately. Raises Refused when it is out of their reach."""
        if not sees_kind(self._actor, str(row.kind.__tablename__)):
            raise NotAllowed("Your role does not reach this record.")
        return self._require_scope(row.setting_id, str(row.kind.__tablename__))

    def change(self, row: Row, values: Mapping[str, Any], written: Set[str]) -> None:
        """Whether the actor may give the record these values, all of which are different from what
        it holds. `written` are the fields that will be; the rest clash and are set aside. Raises
        Refused."""
        name = str(row.kind.__tablename__)
        if row.kind.append_only:
            raise Refused(Code.NOT_ALLOWED, f"A {name} is written once and not changed.")
        fixed = (_IDENTITY.get(name, frozenset()) | _SETTING) & values.keys()
        if fixed:
            raise Refused(Code.BAD_VALUE, f"The {min(fixed)!r} of a {name} never changes.")
        self._require_joint(name, row.setting_id, row.values.get("visit_id"))
        self._require_parents(row.kind, values)
        if values.keys() & {"visit_id", "action_id"}:
            self._require_one_setting({**row.values, **values})
        if name == "visit":
            self._require_visit_step(row, values, written)
        self._require_open_visit(name, row.values.get("visit_id"))
        self._require_own_name(values)
        self._require_role(name, row, values, self._holding_after(name, row, values))

    def _require_scope(self, setting_id: str | None, kind: str) -> bool:
        if setting_id is None:
            return True
        setting = self._workspace.get("setting", setting_id)
        if setting is None:
            raise NotFound(f"The setting of this {kind} is not on the server.")
        if in_scope(self._actor, self._holding(setting.values)) or self._joint.visits(setting_id):
            return True
        if self._late.is_taken(kind, setting.values, setting_id):
            return False
        raise NotAllowed(
            "This setting is not in your portfolio.",
            "Ask your team lead who holds it.",
            code=Code.OUT_OF_SCOPE,
        )

    def _require_joint(self, kind: str, setting_id: str | None, visit_id: str | None) -> None:
        """Who sees a setting only through a visit they joined writes on that visit alone."""
        setting = self._workspace.get("setting", setting_id)
        if setting is None or in_scope(self._actor, self._holding(setting.values)):
            return
        joined = self._joint.visits(setting.id)
        why = joint_refusal(kind, visit_id, joined) if joined else ""
        if why:
            raise NotAllowed(why)

    def _require_parents(self, kind: type[Synced], values: Mapping[str, Any]) -> None:
        for field, parent in parents(kind).items():
            wanted = values.get(field)
            if wanted is not None and self._workspace.get(parent, wanted) is None:
                raise NotFound(f"The {parent} that this {kind.__tablename__} names is not here.")

    def _require_one_setting(self, values: Mapping[str, Any]) -> None:
        for name in ("visit", "action"):
            parent = self._workspace.get(name, values.get(f"{name}_id"))
            if parent is not None and parent.values["setting_id"] != values["setting_id"]:
                raise Refused(Code.BAD_VALUE, f"The {name} belongs to another setting.")

    def _require_open_visit(self, kind: str, visit_id: str | None) -> None:
        if kind not in _WITH_THE_VISIT:
            return
        visit = self._workspace.get("visit", visit_id)
        if visit is not None and visit.values["status"] in FROZEN:
            raise Refused(
                Code.VISIT_FROZEN,
                "The visit was signed off, so its answers no longer change.",
                "Ask your team lead to return it.",
            )

    def _require_outcome(self, rating: Mapping[str, Any]) -> None:
        """A rating that a visit gave is that of its outcome, which the server worked out too."""
        visit = self._workspace.get("visit", rating.get("visit_id"))
        if visit is None:
            return
        if visit.values["status"] not in FROZEN:
            raise Refused(
                Code.NOT_SIGNED_OFF,
                "The visit that gave this rating is not signed off on the server.",
                "Sign the visit off again.",
            )
        if (visit.values["outcome"] or {}).get("overall") != rating["rag"]:
            raise Refused(Code.OUTCOME_DIFFERS, "The outcome of the visit is another rating.")

    def _require_visit_step(self, row: Row, values: Mapping[str, Any], written: Set[str]) -> None:
        now = row.values["status"]
        if now in FROZEN and values.keys() - {"status"}:
            raise Refused(
                Code.VISIT_FROZEN,
                "The visit was signed off, so it no longer changes.",
                "Ask your team lead to return it.",
            )
        wanted = values["status"] if "status" in written else now
        if wanted != now and wanted not in _STEPS[now]:
            raise Refused(Code.BAD_VALUE, f"A visit does not go from {now} to {wanted}.")

    def _require_own_name(self, values: Mapping[str, Any]) -> None:
        for field in _OWN_NAME & values.keys():
            if values[field] not in (None, self._actor.id):
                raise NotAllowed("Only your own name can stand under what you decide.")

    def _require_role(
        self, kind: str, row: Row | None, values: Mapping[str, Any], holding: Holding | None
    ) -> None:
        record = row.values if row is not None else values
        judged = self._workspace.get("visit", record["visit_id"]) if kind in _OF_A_VISIT else row
        visit = judged.values if judged is not None else values
        deed = Deed(
            kind=kind,
            creating=row is None,
            fields=values.keys(),
            created_by=values["created_by"] if row is None else row.values["created_by"],
            holding=holding,
            visit_officer_id=visit.get("officer_id"),
            status=values.get("status", "") if kind == "visit" else "",
        )
        why = refusal(self._actor, deed)
        if why:
            raise NotAllowed(why)

    def _holding(self, setting: Mapping[str, Any]) -> Holding:
        contract = self._workspace.get("contract", setting.get("contract_id"))
        return Holding(
            officer_id=setting.get("officer_id"),
            team=setting.get("team") or "",
            contract_officer_id=contract.values["officer_id"] if contract else None,
        )

    def _holding_after(
        self, kind: str, row: Row | None, values: Mapping[str, Any]
    ) -> Holding | None:
        """Who would hold a setting after a change of it; None for every other kind."""
        if kind != "setting":
            return None
        return self._holding({**(row.values if row else {}), **values})
