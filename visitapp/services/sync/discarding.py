"""Give up a change that the server refused: its version is taken back, and ours stays in history.

An edited record gets back what the server had when it was edited, and is fetched again at the next
sync, in case the server has something newer by now. A record that the server never took is marked
deleted here, with all it holds.

Every role may discard: whoever only reads now may have recorded something before their role
changed.
"""

from __future__ import annotations

from functools import partial

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from sync.client.evidence.ledger import give_up
from sync.client.round.emptying import empty
from visitapp.errors import Code, NotFound
from visitapp.language import message
from visitapp.records import (
    BYTES_NAMED_BY,
    KEPT_HERE,
    KINDS,
    HeldSetting,
    History,
    Outbox,
    Step,
    Synced,
    Visit,
    VisitStatus,
    new_id,
)
from visitapp.records.codec import field_from_wire
from visitapp.records.declared import trail_of
from visitapp.services.context import Desk
from visitapp.services.sync.refused_changes import refused_rows
from visitapp.services.visits.intervention import unsent_verifications
from visitapp.storage.outbox import AGAIN
from visitapp.storage.steps import state_before


def discard(desk: Desk, kind: str, record_id: str) -> None:
    """Discard a refused change, and the verifications that were refused with a sign-off. Raises
    NotFound when none of this record is refused."""
    with desk.reading() as session:
        created = _refused(session, kind, record_id).created
        signed = session.get(Step, record_id)
        verified = [step.id for step in unsent_verifications(session, signed)] if signed else []
    for step_id in verified:
        _give_up_new(desk, kind, step_id)
    if created:
        _give_up_new(desk, kind, record_id)
    else:
        _give_up_edits(desk, kind, record_id)


def discard_all(desk: Desk) -> int:
    """Discard every refused change; how many. The newest goes first: a step before the record that
    it was taken with."""
    with desk.reading() as session:
        refused = dict.fromkeys((row.kind, row.record_id) for row in refused_rows(session))
    for kind, record_id in reversed(refused):
        discard(desk, kind, record_id)
    return len(refused)


def _give_up_edits(desk: Desk, kind: str, record_id: str) -> None:
    with desk.database.transaction(desk.user_id()) as session:
        row = _refused(session, kind, record_id)
        record = session.get_one(KINDS[kind], record_id)
        for field, mark in row.fields.items():
            if field != AGAIN and row.refused_code != Code.RECORD_REMOVED:
                setattr(record, field, field_from_wire(KINDS[kind], field, mark["old"]))
        record.revision = 0
        session.flush()
        own = select(History).where(History.record_id == record_id, History.revision == 0)
        for entry in session.scalars(own):
            entry.revision = KEPT_HERE
        if row.refused_code == Code.RECORD_REMOVED:
            session.flush()
            empty(session.connection(), kind, [record_id])
        _forget(session, row)


def _give_up_new(desk: Desk, kind: str, record_id: str) -> None:
    """The history of it stays on this device: the server does not know the record."""
    user_id = desk.user_id()
    with desk.database.applying() as session:
        waiting = select(Outbox).where(Outbox.kind == kind, Outbox.record_id == record_id)
        row = session.scalars(waiting.order_by(Outbox.sequence)).one()
        record: Synced = session.get_one(KINDS[kind], record_id)
        record.deleted = True
        session.flush()
        if isinstance(record, Step):
            _take_step_back(session, record)
        elif isinstance(record, BYTES_NAMED_BY) and record.sha256:
            give_up(session.connection(), record.sha256)
        session.add(
            History(
                id=new_id(),
                revision=KEPT_HERE,
                created_at=desk.clock(),
                created_by=user_id,
                **trail_of(type(record), partial(getattr, record)),
                kind=kind,
                record_id=record_id,
                field="deleted",
                old=False,
                new=True,
            )
        )
        _forget(session, row)


def _take_step_back(session: Session, step: Step) -> None:
    """Give its record the state from before, until the next sync brings the server's."""
    kind: type[Synced] = KINDS[step.kind]
    record = session.get_one(kind, step.record_id)
    if _led_to(step, record):
        state_before(record, step)
    record.revision = 0


def _led_to(step: Step, record: Synced) -> bool:
    """Whether the record is as this step left it. When two laptops sign off one visit, the
    server's state comes from the other one."""
    if isinstance(record, Visit) and step.after == VisitStatus.SIGNED_OFF:
        return record.signed_off_at == step.created_at
    return bool(getattr(record, "status", None) == step.after)


def _refused(session: Session, kind: str, record_id: str) -> Outbox:
    row = session.scalars(
        select(Outbox).where(
            Outbox.kind == kind,
            Outbox.record_id == record_id,
            Outbox.refused_code.is_not(None),
        )
    ).first()
    if row is None:
        raise NotFound(
            message("There is no refused change to this record. It may already be settled.")
        )
    return row


def _forget(session: Session, row: Outbox) -> None:
    """Nothing of it waits any more, and its setting is fetched whole at the next sync."""
    session.execute(delete(Outbox).where(Outbox.sequence == row.sequence))
    session.execute(delete(HeldSetting).where(HeldSetting.setting_id == row.setting_id))
