"""What the server checks of one change before it takes it: access, parents, frozen visits.

Every check raises Refused with its code and leaves the workspace as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, cast

from sync.scope import hidden_kinds
from sync.server.records.contract_numbers import ContractNumbers
from sync.server.records.field_checks import require_fields
from sync.server.records.holder_checks import HolderChecks
from sync.server.records.holding import holding_of, holds
from sync.server.records.parent_checks import (
    require_not_ended,
    require_one_setting,
    require_open_visits,
    require_parents,
)
from sync.server.records.people_lists import list_hidden_from
from sync.server.records.register_checks import RegisterChecks
from sync.server.records.restricted import hidden_from
from sync.server.records.scope import ScopeReader
from sync.server.records.workspace import Row, Workspace
from sync.server.retention.removed import require_there
from sync.server.sync.four_eyes import VisitFacts
from sync.server.sync.joint import JointWork
from sync.server.sync.late_work import LateWork
from sync.server.sync.refusals import (
    fixed_field,
    frozen_visit,
    missing_parent,
    not_held,
    setting_not_held,
)
from visitapp.errors import Code, NotAllowed, Refused
from visitapp.language import message
from visitapp.records import FROZEN, Conflict, Contract, Setting, Synced, Visit
from visitapp.records.declared import ROOTS, is_trail, scope_fields
from visitapp.rules.access import AccessRequest, Actor, Holding, refusal
from visitapp.rules.kinds import Scope, joint_refusal
from visitapp.rules.lifecycle import Taken
from visitapp.vocabulary import kind_message


class WriteChecks:
    """The checks for one actor in one transaction."""

    def __init__(
        self,
        actor: Actor,
        workspace: Workspace,
        late: LateWork,
        joint: JointWork,
        visits: VisitFacts,
        scopes: ScopeReader,
        numbers: ContractNumbers,
        clock: Callable[[], datetime],
        latest_day: date,
    ) -> None:
        self._actor = actor
        self._workspace = workspace
        self._late = late
        self._joint = joint
        self._visits = visits
        self._scopes = scopes
        self.numbers = numbers
        self._latest_day = latest_day
        self._register = RegisterChecks(workspace)
        self._holders = HolderChecks(actor, workspace, clock, visits.require_own_contract)

    def creation(
        self, kind: type[Synced], id_: str, values: Mapping[str, Any], *, again: bool = False
    ) -> None:
        """Whether the actor may make this record. `again`: a restore lost it. Raises Refused."""
        self.creation_alike(kind, values, again=again)
        derived = kind.__kind__.derived_id
        if derived and id_ != derived.make(*(values[field] for field in derived.fields)):
            raise Refused(
                Code.BAD_VALUE,
                message(
                    "The id of this {kind} is not derived from its fields.", kind=kind_message(kind)
                ),
            )
        if kind is Contract:
            self.numbers.require_free({id_: values["number"]})

    def creation_alike(
        self, kind: type[Synced], values: Mapping[str, Any], *, again: bool = False
    ) -> None:
        """Whether the actor may make records that are alike in `judged_fields`. Raises Refused."""
        holding = self._holding_after(str(kind.__tablename__), None, values)
        if kind is not Setting:
            if not self._require_scopes(kind, values.get):
                visit = self._workspace.get("visit", values.get("visit_id"))
                self._late.require_creation(visit)
            self._require_joint(kind, values.get("setting_id"), values.get("visit_id"))
        require_parents(self._workspace, kind, values)
        require_one_setting(self._workspace, kind, values)
        require_open_visits(self._workspace, kind, values)
        if not again:  # else it may have been here while its parent was open
            require_not_ended(self._workspace, kind, values, values)
        require_fields(kind, values, self._actor.id, self._latest_day)
        self._require_role(kind, None, values, holding, again=again)
        self._holders.creation(kind, values)
        self._register.creation(kind, values)

    def sight(self, row: Row) -> bool:
        """Whether the actor may be given this record; false when they may only add to it, as the
        one who held its setting until lately. Raises Refused when it is out of their reach, or its
        retention period is over."""
        require_there(row)
        about = row.values["kind"] if is_trail(row.kind) else str(row.kind.__tablename__)
        if about in hidden_kinds(self._actor.role):
            raise NotAllowed(message("Your role cannot see this record."))
        return self._require_scopes(row.kind, row.belongs_to) and not self.hides(row)

    def hides(self, row: Row) -> bool:
        """Whether it is, or is about, a restricted concern or a person to be moved that the actor
        does not see."""
        of = self._actor, self._workspace, row
        return hidden_from(*of) or list_hidden_from(*of)

    def change(self, row: Row, values: Mapping[str, Any]) -> None:
        """Whether the actor may give the record these new values. Raises Refused."""
        kind, name = row.kind, str(row.kind.__tablename__)
        visits = (row.values.get("visit_id"), values.get("visit_id", row.values.get("visit_id")))
        for visit_id in visits:
            self._require_joint(kind, row.setting_id, visit_id)
        if kind.__kind__.append_only:
            raise Refused(
                Code.NOT_ALLOWED,
                message(
                    "This {kind} cannot be changed once it is written.", kind=kind_message(kind)
                ),
            )
        fixed = kind.__kind__.fixed & values.keys()
        if fixed:
            raise fixed_field(kind, min(fixed))
        require_parents(self._workspace, kind, values)
        require_one_setting(self._workspace, kind, {**row.values, **values})
        self._require_open(row)
        self._holders.change(row, values)
        self._register.change(row, values)
        if kind is Contract:
            self._visits.require_own_contract(row, self._actor)
        if values.get("deleted"):
            self._visits.require_no_records(row)
        require_open_visits(self._workspace, kind, row.values, values)
        require_not_ended(self._workspace, kind, {**row.values, **values}, values)
        require_fields(kind, values, self._actor.id, self._latest_day)
        self._require_role(kind, row, values, self._holding_after(name, row, values))
        if kind is Contract:
            self.numbers.changed(row, values)

    def _require_scopes(self, kind: type[Synced], of: Callable[[str], str | None]) -> bool:
        """Whether what a record belongs to is the actor's; `of` reads its scope columns. False when
        its setting was theirs until lately. Raises Refused."""
        if Scope.COUNCIL in kind.__kind__.scope:
            return True
        found = {scope: id_ for scope, field in scope_fields(kind).items() if (id_ := of(field))}
        root = ROOTS.get(str(kind.__tablename__))
        if not found and root is not None:
            return True
        if len(found) != 1:
            raise Refused(
                Code.BAD_VALUE,
                message(
                    "This {kind} must belong to exactly one setting, provider or contract.",
                    kind=kind_message(kind),
                ),
            )
        ((scope, id_),) = found.items()
        if scope is Scope.SETTING:
            return self._require_scope(id_, kind)
        if scope is Scope.PERSON:
            if id_ != self._actor.id:
                raise NotAllowed(
                    message("This record belongs to another person."), code=Code.OUT_OF_SCOPE
                )
            return True
        root_name = str(scope.name).lower()
        row = self._workspace.get(root_name, id_)
        if row is None or not (row.new or self._scopes.sees(scope, id_)):
            raise not_held(root_name)
        return True

    def _require_scope(self, setting_id: str, kind: type[Synced]) -> bool:
        setting = self._workspace.get("setting", setting_id)
        if setting is None:
            raise missing_parent(kind, "setting")
        if holds(self._workspace, self._actor, setting) or self._joint.visits(setting_id):
            return True
        if kind.__kind__.late and self._late.is_taken(setting_id):
            return False
        raise setting_not_held()

    def stepping(self, target: Row) -> None:
        """Whether the actor may take steps with a record at all. Raises Refused."""
        require_there(target)
        if not self._require_scopes(target.kind, target.belongs_to):
            self._late.require_own(target)
        if target.kind is Conflict and self.hides(target):
            raise NotAllowed(message("Your role cannot see this record."))
        self._require_joint(target.kind, target.setting_id, target.visit_id)

    def step(self, target: Row, step: Taken) -> None:
        """Whether the actor may take this step of the record's lifecycle. Raises Refused."""
        if target.kind is Contract:
            self._visits.require_own_contract(target, self._actor)
        holding = self._holding_after(str(target.kind.__tablename__), target, {})
        into = step.fields.get("merged_into_id")
        if into is not None:
            self._register.merge(target, into, lambda id_: self._require_scope(id_, target.kind))
        self._require_role(target.kind, target, {**step.fields, "status": step.after}, holding)

    def _require_joint(
        self, kind: type[Synced], setting_id: str | None, visit_id: str | None
    ) -> None:
        """Who sees a setting only through a visit they joined writes on that visit alone."""
        setting = self._workspace.get("setting", setting_id)
        if setting is None or holds(self._workspace, self._actor, setting):
            return
        joined = self._joint.visits(setting.id)
        why = joint_refusal(kind.__kind__.joint, visit_id, joined) if joined else None
        if why:
            raise NotAllowed(why)

    def _require_open(self, row: Row) -> None:
        """Whether a record is no visit that was signed off."""
        if row.kind is Visit and row.values["status"] in FROZEN:
            raise frozen_visit()

    def _require_role(
        self,
        kind: type[Synced],
        row: Row | None,
        values: Mapping[str, Any],
        holding: Holding | None,
        *,
        again: bool = False,
    ) -> None:
        record = row.values if row is not None else values
        awaited, agreed = self._visits.second_reviewers(kind, row, values)
        request = AccessRequest(
            creating=row is None,
            fields=values.keys(),
            created_by=record["created_by"],
            holding=holding,
            visit_officer_id=self._visit_officer(kind, record),
            visit_status=self._visit_status(record),
            visit_makers=self._visits.makers(kind, row, values),
            status="" if row is None else values.get("status", ""),
            again=again,
            second_reviewer_id=record.get("reviewer_id"),
            awaited=awaited,
            agreed=agreed,
        )
        why = refusal(self._actor, request, kind.__kind__.write, kind.__kind__.writers)
        if why:
            raise NotAllowed(why)

    def _visit_officer(self, kind: type[Synced], record: Mapping[str, Any]) -> str | None:
        """The officer of the visit that a record is or belongs to."""
        if kind is Visit:
            return cast(str | None, record["officer_id"])
        visit = self._workspace.get("visit", record.get("visit_id"))
        return visit.values["officer_id"] if visit is not None else None

    def _visit_status(self, record: Mapping[str, Any]) -> str:
        """The state of the visit that a record belongs to; empty when it belongs to none."""
        visit = self._workspace.get("visit", record.get("visit_id"))
        return str(visit.values["status"]) if visit is not None else ""

    def _holding_after(
        self, kind: str, row: Row | None, values: Mapping[str, Any]
    ) -> Holding | None:
        """Who would hold a setting after a change of it; None for every other kind."""
        if kind != "setting":
            return None
        return holding_of({**(row.values if row else {}), **values})
