"""Taking steps: the server checks each one, derives the record's state, and sets aside a step whose
start is no longer the record's state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from sync.merge import Clash, Stamp, stamp_of
from sync.server.records.revisions import Revisions
from sync.server.records.workspace import Row, Workspace
from sync.server.sync.write_checks import WriteChecks
from visitapp.errors import Code, NotFound, Refused
from visitapp.language import message
from visitapp.records import FROZEN, KINDS, Step, Synced, Visit
from visitapp.records.changes.steps import derived_after, starts_from, taken
from visitapp.records.codec import field_to_wire
from visitapp.records.declared import derived_fields, trail_of
from visitapp.rules.access import Actor
from visitapp.rules.lifecycle import Lifecycle, Problem, Stale, StepFault, Taken
from visitapp.vocabulary import kind_message, require_unlimited, step_refused


class StepWork:
    """The steps of one batch, inside one transaction that holds the revision lock.

    before_it_moves: given a record, a step of it and the values that the step will give it; returns
    those that the server worked out itself. Raises Refused when they cannot be.
    """

    def __init__(
        self,
        actor: Actor,
        workspace: Workspace,
        guard: WriteChecks,
        revisions: Revisions,
        before_it_moves: Callable[[Row, Taken, dict[str, Any]], dict[str, Any]],
    ) -> None:
        self._before_it_moves = before_it_moves
        self._actor = actor
        self._workspace = workspace
        self._guard = guard
        self._revisions = revisions
        self._moved: dict[str, tuple[Row, Stamp]] = {}

    def take(self, id_: str, values: dict[str, Any], stamp: Stamp) -> tuple[Row, Row | None]:
        """Make the step, and move its record. Returns the step, and its record when the step was
        set aside because the record has another state by now. Raises Refused."""
        target, life = self._target(values)
        self._guard.creation(Step, id_, {**values, "visit_id": target.visit_id})
        self._guard.stepping(target)
        step = _read(target, values)
        fault = life.fault(step, self._actor.role)
        if fault:
            raise step_refused(target.kind, step, fault)
        require_unlimited(target.kind, step, self._actor)
        self._guard.step(target, step)
        self._require_sign_off(target, step)
        derived = derived_after(target.kind, target.values, step)
        carried = {name: value for name, value in step.fields.items() if name in target.values}
        led_to = {**derived, **carried}
        there = life.stale is Stale.REFUSED and led_to.items() <= target.values.items()
        current = starts_from(target.kind, target.values, values) or _happened(life, target, step)
        # Taken before it was restricted: those who see it settle it.
        if self._guard.hides(target):
            current = there = False
        if current and not there:
            moved = self._before_it_moves(target, step, derived)
            target.values.update(moved)
            target.dirty.update(moved)  # for what later steps of the batch ask the database
            values["fields"] = _as_moved(target.kind, values["fields"], derived, moved)
        elif life.stale is Stale.REFUSED and not there:
            now = replace(step, before=target.values["status"])
            raise step_refused(target.kind, now, StepFault(Problem.STALE))
        values["accepted"] = current or there
        row = self._workspace.add(Step, id_, values, stamp)
        self._moved[target.id] = (target, stamp)
        return row, None if values["accepted"] else target

    def _require_sign_off(self, target: Row, step: Taken) -> None:
        """Raise Refused unless the sign-off that a step came with, if any, was taken and stands."""
        sign_off = step.fields.get("sign_off")
        if sign_off is None:
            return
        signed = self._workspace.get(Step.__tablename__, sign_off)
        if signed is None:
            raise NotFound(
                message("The sign-off of the visit that verified this is not on the server.")
            )
        visit = self._workspace.get(signed.values["kind"], signed.values["record_id"])
        if visit is None or visit.kind is not Visit or visit.setting_id != target.setting_id:
            raise Refused(
                Code.BAD_VALUE, message("An action is verified by a visit to its own setting.")
            )
        stands = visit.values["signed_off_at"] == signed.values["created_at"]
        if not stands or visit.values["status"] not in FROZEN:
            raise Refused(
                Code.STEP_REFUSED,
                message("The visit that verified this is no longer signed off."),
            )

    def finish(self) -> None:
        """Give every record that steps were taken of a revision after those of the batch, so that
        the device that sent them is given the record as the server derived it."""
        for target, stamp in self._moved.values():
            derived = {name: target.values[name] for name in derived_fields(target.kind)}
            target.change(derived, [self._revisions.take(), *stamp[1:]])

    def _target(self, values: Mapping[str, Any]) -> tuple[Row, Lifecycle]:
        kind = KINDS.get(values["kind"])
        life = kind.__kind__.lifecycle if kind else None
        if kind is None or life is None:
            raise Refused(
                Code.BAD_VALUE,
                message("Records of the kind “{kind}” have no steps.", kind=values["kind"]),
            )
        target = self._workspace.get(values["kind"], values["record_id"])
        if target is None:
            raise NotFound(
                message("The {kind} of this step is not on the server.", kind=kind_message(kind))
            )
        scope = trail_of(kind, target.belongs_to)
        if any(values[field] != id_ for field, id_ in scope.items()):
            raise Refused(
                Code.BAD_VALUE,
                message(
                    "This step and its {kind} belong to different places.", kind=kind_message(kind)
                ),
            )
        return target, life


def _happened(life: Lifecycle, target: Row, step: Taken) -> bool:
    """Whether a step reports what took place, which a record of this state can still take."""
    rules = (life.rule(before, step.after) for before in (step.before, target.values["status"]))
    return all(rule is not None and rule.happened for rule in rules)


def _as_moved(
    kind: type[Synced], fields: dict[str, Any], derived: dict[str, Any], moved: dict[str, Any]
) -> dict[str, Any]:
    """The values that went with a step, with those that the server worked out otherwise."""
    own = {name for name in fields if name in moved and moved[name] != derived[name]}
    return {**fields, **{name: field_to_wire(kind, name, moved[name]) for name in own}}


def step_clash(target: Row, step: Mapping[str, Any]) -> Clash:
    """Over which field a step that is set aside clashes: the state, or a value of the same state
    that somebody else changed."""
    wire = target.wire()
    other = {"status": step["after"], **step["fields"]}
    before = {**step["was"], "status": step["before"]}
    changed = (n for n in ("status", *step["fields"]) if wire.get(n) != before.get(n))
    field = next(changed, "status")
    return Clash(
        field=field,
        base_value=before.get(field),
        server_value=wire.get(field),
        server=stamp_of(target.stamps, field, target.values[field]),
        other_value=other[field],
    )


def _read(target: Row, values: Mapping[str, Any]) -> Taken:
    try:
        return taken(target.kind, values)
    except (ValueError, TypeError, AttributeError):
        raise Refused(
            Code.BAD_VALUE, message("A step has a value that its field cannot hold.")
        ) from None
