"""Change capture: every change of a synced record leaves what waits to be sent, and its history.

One mechanism, on the session that `Database.transaction` gives. At each flush, in the same
transaction, it writes
- the `Outbox` row of each changed record (`storage.outbox` says how changes fold into one);
- one `History` row for each changed field of a record that was there before the transaction. It is
  not sent: the server writes its own for what it takes.

What would get past it is a bug and raises RuntimeError: deleting a record (a deletion is
`record.deleted = True`), editing an append-only one, inserting, updating or deleting in bulk.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Engine, event, insert, inspect, select
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction
from sqlalchemy.orm.attributes import get_history, instance_state
from sqlalchemy.orm.base import PASSIVE_NO_INITIALIZE

from visitapp.records import History, Synced, new_id
from visitapp.records.codec import columns, field_to_wire
from visitapp.records.declared import scope_of, sent_fields, trail_of
from visitapp.storage.outbox import Created, Edited, queue


class CapturingSession(Session):
    """The session of one transaction in which a person changes records."""

    def __init__(self, engine: Engine, *, actor: str, clock: Callable[[], datetime]) -> None:
        super().__init__(engine, expire_on_commit=False)
        self.actor = actor
        self.clock = clock
        self.made: set[str] = set()
        """The ids of records made in this transaction: their history starts after it."""
        self.edited: list[tuple[Synced, Edited]] = []


class ReadingSession(Session):
    """A session that refuses to write."""


def _before_flush(session: CapturingSession, flush: UOWTransaction, some: object) -> None:
    """Stamp what is new and note what is edited, while the old values are still at hand."""
    for record in session.deleted:
        if isinstance(record, Synced):
            raise RuntimeError(f"{record.__tablename__} {record.id}: set `deleted`, do not delete")
    for record in session.new:
        if isinstance(record, Synced):
            _stamp(session, record)
    changes = [(r, _changes(session, r)) for r in session.dirty if isinstance(r, Synced)]
    session.edited = [
        (record, Edited(record.__tablename__, record.id, scope_of(record), record.revision, made))
        for record, made in changes
        if made
    ]


def _after_flush(session: CapturingSession, flush: UOWTransaction) -> None:
    """Write the history and what waits to be sent."""
    created = [record for record in session.new if isinstance(record, Synced)]
    session.made.update(record.id for record in created)
    if not created and not session.edited:
        return
    now = session.clock()
    history = _history(session, now)
    if history:
        session.connection().execute(insert(History), history)
    news = [Created(r.__tablename__, r.id, scope_of(r)) for r in created]
    queue(session.connection(), news, [edited for _, edited in session.edited], now)


def _stamp(session: CapturingSession, record: Synced) -> None:
    if record.id is None:
        record.id = new_id()
    if record.created_at is None:
        record.created_at = session.clock()
    if record.created_by is None:
        record.created_by = session.actor
    life = record.__kind__.lifecycle
    if life:
        given = {name: getattr(record, name) for name in sent_fields(type(record))}
        for name, value in life.derived.begin(given).items():
            setattr(record, name, value)


def _changes(session: CapturingSession, record: Synced) -> dict[str, tuple[Any, Any]]:
    """The changed fields of a record that was there, with their old and new wire values."""
    kind: type[Synced] = type(record)
    changes: dict[str, tuple[Any, Any]] = {}
    touched = instance_state(record).committed_state
    sent = sent_fields(kind)
    for name in [name for name in columns(kind) if name in touched and name in sent]:
        history = get_history(record, name, PASSIVE_NO_INITIALIZE)
        if history.added:
            old = history.deleted[0] if history.deleted else _stored(session, record, name)
            if old != history.added[0]:
                changes[name] = tuple(
                    field_to_wire(kind, name, value) for value in (old, history.added[0])
                )
    if changes and kind.__kind__.append_only:
        raise RuntimeError(f"{record.__tablename__} {record.id} is append-only and was changed")
    return changes


def _stored(session: CapturingSession, record: Synced, name: str) -> Any:
    """The value that the database still has of a field that was set without being loaded."""
    table = inspect(type(record)).local_table
    statement = select(table.c[name]).where(table.c.id == record.id)
    return session.connection().execute(statement).scalar_one()


def _history(session: CapturingSession, now: datetime) -> list[dict[str, Any]]:
    return [
        {
            "id": new_id(),
            "created_at": now,
            "created_by": session.actor,
            **trail_of(type(record), partial(getattr, record)),
            "kind": edited.kind,
            "record_id": edited.record_id,
            "field": field,
            "old": old,
            "new": new,
        }
        for record, edited in session.edited
        if edited.record_id not in session.made
        for field, (old, new) in edited.changes.items()
    ]


def _on_statement(state: ORMExecuteState) -> None:
    """Refuse statements that change records behind the session's back."""
    target = state.bind_mapper
    if target is None or not issubclass(target.class_, Synced):
        return
    if state.is_insert or state.is_update or state.is_delete:
        raise RuntimeError(f"change {target.class_.__tablename__} through its records, not in bulk")


def _refuse_writing(session: ReadingSession, flush: UOWTransaction, some: object) -> None:
    raise RuntimeError("a reading session was asked to write")


event.listen(CapturingSession, "before_flush", _before_flush)
event.listen(CapturingSession, "after_flush", _after_flush)
event.listen(CapturingSession, "do_orm_execute", _on_statement)
event.listen(ReadingSession, "before_flush", _refuse_writing)
