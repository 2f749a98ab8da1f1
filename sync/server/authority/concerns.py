"""What the server works out of concerns itself: who sees a restricted one, by the policy in force
when it became restricted; and that whoever is given one is given all of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import bindparam, select

from sync.merge import Stamp
from sync.server.records.restricted import ABOUT
from sync.server.records.revisions import Revisions
from sync.server.records.workspace import Row, Workspace
from sync.tables import table_of
from visitapp.errors import Code, Refused
from visitapp.records import Concern, Conflict, History, Step, Synced
from visitapp.rules.concerns.concern_life import close_fault, early_fault
from visitapp.rules.concerns.repeats import repeat_fault
from visitapp.rules.concerns.restriction import always_restricted, audience, lift_fault
from visitapp.rules.days import earliest_day
from visitapp.rules.lifecycle import Taken
from visitapp.rules.policy.casework import ConcernRules


def require_repeat(workspace: Workspace, kind: type[Synced], values: Mapping[str, Any]) -> None:
    """Raise Refused for a concern that cannot repeat the one that it names."""
    if kind is not Concern or values["repeat_of_id"] is None:
        return
    earlier = workspace.get(Concern.__tablename__, values["repeat_of_id"])
    fault = repeat_fault(values, earlier.values if earlier else None)
    if fault:
        raise Refused(Code.BAD_VALUE, fault)


_TRAILS: tuple[type[Synced], ...] = (Step, History, Conflict)


class ConcernWork:
    """The concerns of one batch, inside one transaction that holds the revision lock."""

    def __init__(self, workspace: Workspace, revisions: Revisions, rules: ConcernRules) -> None:
        self._workspace = workspace
        self._revisions = revisions
        self._rules = rules
        self._handed_over: dict[str, Row] = {}
        self._lifted: dict[str, Row] = {}

    def before_step(self, target: Row, step: Taken, derived: dict[str, Any]) -> dict[str, Any]:
        """Check a step of a concern; the values that it leads to, with the roles that the policy
        names. Raises Refused."""
        received_on = earliest_day(target.values["received_at"])
        why = close_fault(target.values["kind"], step.before, step.after)
        if step.day is not None:
            why = why or early_fault(received_on, step.day)
        if "lifted" in step.fields:
            kind, roles_now = target.values["kind"], target.values["restricted_to"]
            why = lift_fault(self._rules, kind, roles_now, step.reason)
        if why:
            raise Refused(Code.STEP_REFUSED, why)
        if "restricted_to" in step.fields:
            roles = audience(self._rules, target.values["kind"])
            derived = {**derived, "restricted_to": roles}
        if derived["handler_id"] != target.values["handler_id"]:
            self._handed_over[target.id] = target
        if "lifted" in step.fields:
            self._lifted[target.id] = target
        return derived

    def finish(self, stamp: Callable[[], Stamp]) -> None:
        """Restrict the new concerns that are restricted, and send whoever handles one from now on,
        or sees it again, all that is about it. `stamp`: of a change after those of the batch."""
        for row in self._workspace.rows(Concern.__tablename__):
            kind = row.values["kind"]
            if row.new and (
                row.values["starts_restricted"] or always_restricted(self._rules, kind)
            ):
                row.change({"restricted_to": audience(self._rules, kind)}, stamp())
        for row in self._handed_over.values():
            if row.values["restricted_to"] is not None:
                self._send_again(row)
        for row in self._lifted.values():
            self._send_again(row)

    def _send_again(self, concern: Row) -> None:
        subjects = [concern.id]
        for about in ABOUT:
            subjects += self._touch(about, "concern_id", [concern.id])
        for kind in _TRAILS:
            self._touch(kind, "record_id", subjects)

    def _touch(self, kind: type[Synced], field: str, subjects: list[str]) -> list[str]:
        """Give the records about some subjects new revisions; their ids."""
        table, name = table_of(kind), str(kind.__tablename__)
        about = table.c[field].in_(bindparam("subjects", expanding=True))
        found = self._workspace.query(select(table.c.id).where(about), {"subjects": subjects})
        ids = [str(id_) for id_ in found]
        self._workspace.load(name, ids)
        for id_ in ids:
            if row := self._workspace.get(name, id_):
                row.revision = self._revisions.take()
                row.dirty.add("deleted")
        return ids
