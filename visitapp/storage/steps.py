"""Steps that are taken back before the server has them."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from visitapp.records import Outbox, Step, Synced
from visitapp.records.codec import field_from_wire


def state_before(record: Synced, step: Step) -> None:
    """Give a record the state from before a step."""
    for name, value in step.was.items():
        setattr(record, name, field_from_wire(type(record), name, value))


def forget_step(session: Session, record: Synced, step: Step) -> None:
    """Take back a step that was never sent, as if it had not been taken. A state that came from the
    server since stays."""
    if getattr(record, "status", None) == step.after:
        state_before(record, step)
    session.flush()
    connection = session.connection()
    connection.execute(delete(Outbox).where(Outbox.record_id == step.id))
    connection.execute(delete(Step).where(Step.id == step.id))
    session.expunge(step)
