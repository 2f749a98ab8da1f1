"""Steps that wait on the device, on top of the state that came from the server."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select, update

from sync.client.round.rows import among, listed
from sync.tables import table_of
from visitapp.records import KINDS, Outbox, Step
from visitapp.records.changes.steps import derived_after, starts_from, taken
from visitapp.records.declared import derived_fields


def apply_waiting_steps(connection: Connection, kind: str, ids: Iterable[str]) -> None:
    """Take the steps that wait to be sent again on records that the server just gave.

    A step that does not start from the record's state any more changes nothing here: the server
    sets it aside.
    """
    record = KINDS[kind]
    if not derived_fields(record):
        return
    steps, outbox = table_of(Step), table_of(Outbox)
    waiting = connection.execute(
        select(steps)
        .join(outbox, outbox.c.record_id == steps.c.id)
        .where(outbox.c.kind == Step.__tablename__, steps.c.kind == kind)
        .where(among(steps.c.record_id))
        .order_by(outbox.c.sequence),
        listed(ids),
    ).all()
    table = table_of(record)
    for row in waiting:
        here = table.c.id == row.record_id
        values = connection.execute(select(table).where(here)).one()._asdict()
        step = row._asdict()
        if starts_from(record, values, step):
            derived = derived_after(record, values, taken(record, step))
            connection.execute(update(table).where(here).values(derived))
