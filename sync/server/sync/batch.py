"""Applying one batch: each change is judged by itself and gets its own result."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import Any, cast

import msgspec
from sqlalchemy import Connection

from forms.catalogue.catalogue import Library
from sync.merge import Clash, Stamp, Writer, merge, put_aside
from sync.results import packed
from sync.server.authority.before_steps import BeforeSteps
from sync.server.authority.concerns import ConcernWork
from sync.server.authority.exceptions import end_exceptions
from sync.server.authority.interventions import InterventionChecks
from sync.server.authority.overrides import OverrideWork
from sync.server.authority.plans import PlanChecks
from sync.server.notices.making import Told, to_tell
from sync.server.records.contract_numbers import ContractNumbers
from sync.server.records.fields import MADE, checked, completed, first_fields
from sync.server.records.history import comes_back, write_history
from sync.server.records.holder_changes import HolderChanges
from sync.server.records.restorations import lost_by_restores
from sync.server.records.revisions import Revisions
from sync.server.records.scope import ScopeReader
from sync.server.records.values import require_id
from sync.server.records.workspace import Row, Workspace
from sync.server.reviews.sampling import SamplingWork
from sync.server.sync.bulk_create import BulkCreate
from sync.server.sync.conflicts import keep_clash
from sync.server.sync.decisions import DecisionChecks
from sync.server.sync.edits import effective, merged_result, normal, require_base, signed_off_by
from sync.server.sync.four_eyes import VisitFacts
from sync.server.sync.joint import JointWork
from sync.server.sync.late_work import LateWork
from sync.server.sync.ratings import RatingWork
from sync.server.sync.refusals import fixed_field
from sync.server.sync.rerate import SignOffCheck, require_kept
from sync.server.sync.singly import refused_result, server_moment, wanted_rows
from sync.server.sync.steps import StepWork, step_clash
from sync.server.sync.told_records import LARGEST_TOLD, ToldRecords
from sync.server.sync.write_checks import WriteChecks
from sync.wire import Change, Create, Creates, Edit, Result, Single
from visitapp.errors import Code, NotFound, Refused
from visitapp.language import message
from visitapp.records import KINDS, History, SignificantEvent, Step, Synced, Visit
from visitapp.records.codec import moment_from_wire, moment_to_wire
from visitapp.records.declared import derived_fields
from visitapp.rules.access import Actor
from visitapp.rules.lifecycle import Stale, Taken
from visitapp.rules.policy.model import Policy
from visitapp.storage.form_shelf import FormShelf
from visitapp.vocabulary import kind_message


class BatchWork:
    """One batch of one device, inside one transaction that holds the revision lock."""

    def __init__(
        self,
        connection: Connection,
        actor: Actor,
        device_id: str,
        library: Library,
        revisions: Revisions,
        clock: Callable[[], datetime],
        policy: Policy,
    ) -> None:
        self._actor = actor
        self._policy, self._device_id = policy, device_id
        self._revisions = revisions
        self._clock = clock
        self._connection, self._workspace = connection, Workspace(connection)
        self._late = LateWork(connection, actor, clock)
        self._visits = VisitFacts(connection, self._workspace)
        scopes = ScopeReader(connection, actor)
        self._guard = WriteChecks(
            *(actor, self._workspace, self._late),
            JointWork(connection, self._workspace, actor),
            *(self._visits, scopes, ContractNumbers(connection, scopes)),
            clock,
            policy.ratings.latest_day(clock().date()),
        )
        self._sign_offs = SignOffCheck(
            connection, self._workspace, library.beside(FormShelf.within(connection))
        )
        self._ratings = RatingWork(connection, self._workspace, self._sign_offs.form_of, policy)
        self._sampling = SamplingWork(connection, self._workspace, self._sign_offs.form_of, policy)
        self.changed = Told()
        self._decisions = DecisionChecks(connection, self._workspace, actor, policy, clock)
        self._alike = BulkCreate(connection, actor.id, self._workspace, self._guard, revisions)
        self._overrides = OverrideWork(connection, self._workspace, revisions, clock)
        self._concerns = ConcernWork(self._workspace, revisions, policy.concerns)
        self._before_steps = BeforeSteps(
            *(connection, self._workspace, actor.role, self._sign_offs),
            *(self._ratings, self._overrides, self._sampling),
            PlanChecks(connection, self._workspace, self._sign_offs),
            InterventionChecks(connection, self._workspace),
            *(self._concerns, policy, clock),
        )
        self._steps = StepWork(
            *(msgspec.structs.replace(actor, limits=policy.steps), self._workspace, self._guard),
            *(revisions, self._before_a_step),
        )
        self.holders = HolderChanges(connection, self._workspace, revisions)
        self._told = ToldRecords(LARGEST_TOLD)
        self._lost = lost_by_restores(connection, revisions.first)
        self._writer = Writer(
            user_id=actor.id, own_since=revisions.first, lost=self._lost.restored_at.keys()
        )

    def apply(self, changes: Sequence[Change]) -> list[Result]:
        """The results of the changes, in order; what was taken is written at the end."""
        results: list[Result] = []
        for in_groups, some in groupby(changes, key=lambda change: isinstance(change, Creates)):
            if in_groups:
                results += [r for group in some for r in self._group(cast(Creates, group))]
            else:
                results += self._each(cast(list[Single], list(some)))
        self._revisions.end_own()
        now = self._clock()
        self._steps.finish()  # a hand-over sees the states that the steps led to
        self.holders.after(changes, now)
        self._told.finish(self._revisions)
        stamp = partial(self._stamp, moment_to_wire(now))
        self._concerns.finish(stamp)
        self._ratings.write(self._actor.id, now, stamp)
        for override in self._overrides.settle():
            self._ratings.override_changed({**override.values, "id": override.id})
        self._ratings.write(self._actor.id, now, stamp)
        end_exceptions(self._connection, self._workspace, self._revisions, now)
        self._sampling.draw(self._revisions, now)
        self.changed = to_tell(self._workspace, self._revisions.first)
        write_history(self._workspace, self._revisions)
        self._workspace.flush()
        return packed(results)

    def _group(self, group: Creates) -> list[Result]:
        """New records of one kind: all at once where nothing is out of the ordinary."""
        taken = self._alike.take(group)
        if taken is not None:
            self._sign_offs.forget()
            return [taken]
        try:
            return self._each(list(group.each()))
        except (ValueError, msgspec.MsgspecError):
            refused = Refused(
                Code.BAD_VALUE, message("Each column of a group must be a list as long as its ids.")
            )
            return [refused_result(refused)] * len(group.ids)

    def _each(self, changes: Sequence[Single]) -> list[Result]:
        self._prefetch(changes)
        return [self._result(change) for change in changes]

    def _prefetch(self, changes: Sequence[Single]) -> None:
        self._workspace.load_with_parents(wanted_rows(changes))
        self._sign_offs.prepare(
            id_ for change in changes if (id_ := signed_off_by(change)) is not None
        )

    def _result(self, change: Single) -> Result:
        try:
            kind = KINDS.get(change.kind)
            if kind is None:
                raise Refused(
                    Code.BAD_VALUE,
                    message(
                        "This server does not know the kind of record “{kind}”.", kind=change.kind
                    ),
                )
            require_id(change.id)
            at = server_moment(change.at)
            row = self._workspace.get(change.kind, change.id)
            if not isinstance(change, Create):
                return self._update(row, change.edits, at, change.kind)
            if row is None:
                return self._create(kind, change, at)
            return self._meet(row, change, at)
        except Refused as refused:
            return refused_result(refused)

    def _create(self, kind: type[Synced], change: Create, at: str) -> Result:
        given = checked(kind, change.values)
        values = completed(kind, given)
        if kind is Step:
            return self._step(change.id, values, at)
        if kind is History:
            again = comes_back(self._workspace, change.id, values)
        else:
            again = self._lost.had(change.base, values["created_at"])
        self._guard.creation(kind, change.id, values, again=again)
        self._decisions.require(kind, change.id, values)
        stamp = self._stamp(at)
        untouched = [name for name in values.keys() - derived_fields(kind) if name not in given]
        row = self._workspace.add(kind, change.id, values, stamp, untouched=untouched)
        if change.kind == "answer":
            self._sign_offs.saw(row)
        if kind is SignificantEvent:
            self._ratings.event_made({**values, "id": change.id}, self._actor)
        return Result(status="accepted", revision=row.revision)

    def _before_a_step(self, target: Row, step: Taken, derived: dict[str, Any]) -> dict[str, Any]:
        self.holders.left(target, derived)
        if target.kind is Visit:
            now = moment_to_wire(self._clock())
            require_kept(self._workspace, target, lambda: self._stamp(now))
        return self._before_steps(target, step, derived)

    def _step(self, id_: str, values: dict[str, Any], at: str) -> Result:
        sent = values["fields"]
        row, target = self._steps.take(id_, values, self._stamp(at))
        if target is None and row.values["fields"] == sent:
            return Result(status="accepted", revision=row.revision)
        life = target.kind.__kind__.lifecycle if target else None
        # The device is given a step that has the server's own outcome, or came too late.
        if target is None or (life and life.stale is Stale.FIRST):
            return Result(status="merged", revision=row.revision, record=self._told.record(row))
        self._keep(target, step_clash(target, values), at, step_id=id_)
        return Result(status="conflict", revision=row.revision, record=self._told.record(row))

    def _meet(self, row: Row, change: Create, at: str) -> Result:
        """A record was made twice: the second one is an edit by somebody who saw nothing yet, or
        who saw it before the server was put back. Who made the record first, and when, stays."""
        require_base(change.base, self._revisions.first)
        self._guard.numbers.require_seen(row)
        held = row.wire()
        edits = {
            field: Edit(base=change.base, old=held.get(field), new=value)
            for field, value in change.values.items()
        }
        if row.kind.__kind__.append_only:
            self._guard.sight(row)
            new = checked(row.kind, {field: edit.new for field, edit in edits.items()})
            differs = any(row.values[field] != value for field, value in new.items())
            if differs and not row.kind.__kind__.adopted:
                raise Refused(
                    Code.ALREADY_THERE,
                    message(
                        "A different version of this {kind} is already on the server.",
                        kind=kind_message(row.kind),
                    ),
                )
        edits = {field: edit for field, edit in edits.items() if field not in MADE}
        return self._merge(row, edits, at, twice=True)

    def _update(self, row: Row | None, edits: Mapping[str, Edit], at: str, kind: str) -> Result:
        if row is None:
            raise NotFound(
                message("This {kind} is not on the server.", kind=kind_message(KINDS[kind]))
            )
        for edit in edits.values():
            require_base(edit.base, self._revisions.first)
        made = edits.keys() & MADE
        if made:
            raise fixed_field(row.kind, min(made))
        return self._merge(row, edits, at)

    def _merge(
        self, row: Row, edits: Mapping[str, Edit], at: str, *, twice: bool = False
    ) -> Result:
        adopt = twice and row.kind.__kind__.adopted
        shown = adopt or self._guard.sight(row)
        python = checked(row.kind, {field: edit.new for field, edit in edits.items()})
        first = python.keys() if adopt else first_fields(row.kind)
        writer = msgspec.structs.replace(self._writer, saw=not twice)
        merged = merge(row.wire(), row.stamps, normal(row.kind, edits, python), writer, first)
        if not shown and not self._late.is_own(row):
            merged = put_aside(merged, row.wire(), row.stamps, edits)
        touched = merged.accepted.keys() | {clash.field for clash in merged.clashes}
        if touched:
            for checks in (self._guard, self._decisions):
                checks.change(row, effective(merged, python))
        accepted = {field: python[field] for field in merged.accepted}
        if accepted:
            self.holders.left(row, accepted)
            row.change(accepted, self._stamp(at))
        if row.kind.__tablename__ == "answer":
            self._sign_offs.saw(row)
        for clash in merged.clashes:
            self._keep(row, clash, at)
        return merged_result(row, merged, self._told if shown else None)

    def _keep(self, row: Row, clash: Clash, at: str, step_id: str | None = None) -> None:
        keep_clash(
            self._workspace,
            row,
            clash,
            other=(self._actor.id, moment_from_wire(at), self._device_id),
            stamp=[self._revisions.take(), self._actor.id, moment_to_wire(self._clock())],
            step_id=step_id,
        )

    def _stamp(self, at: str) -> Stamp:
        return [self._revisions.take(), self._actor.id, at]
