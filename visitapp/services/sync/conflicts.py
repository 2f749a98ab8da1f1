"""Conflicts: one field that two people changed apart, shown to both and settled by a person."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import (
    KINDS,
    Action,
    Answer,
    Conflict,
    ConflictStatus,
    Escalation,
    PlacementPosition,
    PlannedVisit,
    Step,
    Synced,
    Visit,
)
from visitapp.records.codec import field_from_wire
from visitapp.services.context import Desk
from visitapp.services.escalation.retaking import take_ladder_step_again
from visitapp.services.lookup import find, find_open_visit
from visitapp.services.permission import actor_of
from visitapp.services.sync.conflict_text import conflict_view, whose
from visitapp.services.sync.met_positions import met_positions
from visitapp.services.views.sync import ConflictView
from visitapp.standing.steps import new_step

SIDES = {"mine": "", "theirs": "", "server": "server", "other": "other"}
BY_DECISION = (
    message("Two decisions on placements met. A new decision settles them."),
    message("It waits on the page Decisions, and in `visitapp decisions list`."),
)
_OPPOSITE = {"server": "other", "other": "server"}


class Conflicts:
    """What a person can do with conflicts."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def list(self, open_only: bool = True) -> list[ConflictView]:
        """Conflicts, the newest first, and then the decisions on placements that met."""
        query = select(Conflict).where(Conflict.deleted.is_(False)).order_by(Conflict.id.desc())
        if open_only:
            query = query.where(Conflict.status == ConflictStatus.OPEN)
        with self._desk.reading() as session:
            found = [self._view(session, conflict) for conflict in session.scalars(query)]
            return found + met_positions(session, self._desk.states.get(session, "user_id"))

    def settle(self, conflict_id: str, keep: str) -> ConflictView:
        """Decide which value stands: `mine`, `theirs`, or by name `server` or `other`.

        Raises NotFound, Refused(ALREADY_SETTLED), Refused(BAD_VALUE) when neither value is the
        user's own and the side is not named or for decisions that met, Refused(VISIT_FROZEN).
        """
        with self._desk.transaction() as session:
            if session.get(PlacementPosition, conflict_id) is not None:
                raise Refused(Code.BAD_VALUE, *BY_DECISION)
            conflict = find(session, Conflict, conflict_id)
            if conflict.status == ConflictStatus.SETTLED:
                raise Refused(Code.ALREADY_SETTLED, message("This conflict is already settled."))
            side = self._side(session, conflict, keep)
            if side == "other" and conflict.step_id:
                self._take_again(session, conflict, conflict.step_id)
            elif side == "other":
                _restore(session, conflict)
            actor = actor_of(self._desk.user(session))
            fields = {"kept": side}
            settled = ConflictStatus.SETTLED
            session.add(new_step(conflict, settled, actor, self._desk.clock(), fields=fields))
            session.flush()
            return self._view(session, conflict)

    def _take_again(self, session: Session, conflict: Conflict, step_id: str) -> None:
        """Take the step that was set aside, from the state that the record has now."""
        record, step = _record(session, conflict), session.get_one(Step, step_id)
        if isinstance(record, Escalation):
            take_ladder_step_again(session, self._desk, record, step)
            return
        if not isinstance(record, Action | PlannedVisit):
            raise TypeError(f"a {conflict.kind} has no steps that are set aside")
        kind = type(record)
        fields = {n: field_from_wire(kind, n, value) for n, value in step.fields.items()}
        step = new_step(
            record,
            step.after if conflict.field == "status" else record.status,
            actor_of(self._desk.user(session)),
            self._desk.clock(),
            day=step.day,
            reason=step.reason or "Chosen when a conflict was settled.",
            evidence_id=step.evidence_id,
            fields=fields,
        )
        session.add(step)

    def _side(self, session: Session, conflict: Conflict, keep: str) -> str:
        if keep not in SIDES:
            raise Refused(
                Code.BAD_VALUE, message("“{keep}” is not mine, theirs, server or other.", keep=keep)
            )
        if SIDES[keep]:
            return SIDES[keep]
        mine = self._mine(session, conflict)
        if not mine:
            raise Refused(
                Code.BAD_VALUE,
                message("You did not write either value."),
                message("Say which to keep by name: server or other."),
            )
        return mine if keep == "mine" else _OPPOSITE[mine]

    def _mine(self, session: Session, conflict: Conflict) -> str:
        states = self._desk.states
        return whose(conflict, states.get(session, "user_id"), states.get(session, "device_id"))

    def _view(self, session: Session, conflict: Conflict) -> ConflictView:
        return conflict_view(session, self._desk.form_of, conflict, self._mine(session, conflict))


def _restore(session: Session, conflict: Conflict) -> None:
    """Put the value that was set aside into the record; it travels as a change like any other."""
    kind: type[Synced] = KINDS[conflict.kind]
    record = _record(session, conflict)
    if isinstance(record, Answer):
        find_open_visit(session, record.visit_id)
    elif isinstance(record, Visit):
        find_open_visit(session, record.id)
    value = field_from_wire(kind, conflict.field, conflict.other_value)
    setattr(record, conflict.field, value)


def _record(session: Session, conflict: Conflict) -> Synced:
    kind: type[Synced] = KINDS[conflict.kind]
    record: Synced | None = session.get(kind, conflict.record_id)
    if record is None:
        raise Refused(
            Code.NOT_FOUND,
            message("The record of this conflict is no longer on this device."),
            message("Keep the server's value."),
        )
    return record
