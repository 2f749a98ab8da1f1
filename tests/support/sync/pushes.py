"""Changes sent past the engine, as a client of somebody else's might."""

from __future__ import annotations

from functools import partial
from typing import Any

import msgspec

from sync.results import paired
from sync.wire import PROTOCOL, Batch, Change, Create, Edit, Result, Round, RoundReply, Update
from tests.support.sync.council import Device
from visitapp.records import Synced, new_id
from visitapp.records.declared import trail_of
from visitapp.records.ids import contract_setting_id

AT = "2026-11-22T09:00:00Z"
NEWEST = -1
"""The base of an edit that is to be on top of the record as the server has it."""


def push(device: Device, *changes: Change) -> list[Result]:
    """Send changes past the engine, as a client of somebody else's might."""
    batch = Batch(id=new_id(), changes=[_on_newest(device, change) for change in changes])
    reply = _ask(device, Round(protocol=PROTOCOL, batch=batch))
    return [some[0] for _, some in paired(changes, reply.results)]


def create(device: Device, kind: str, id_: str | None = None, /, **values: Any) -> Create:
    marks = {"created_at": AT, "created_by": device.user_id, "deleted": False}
    return Create(kind=kind, id=id_ or new_id(), at=AT, values={**marks, **values})


def under(device: Device, contract_id: str, setting_id: str) -> Create:
    """A setting put under a contract."""
    link = contract_setting_id(contract_id, setting_id, None)
    ids = {"contract_id": contract_id, "setting_id": setting_id}
    return create(device, "contract_setting", link, **ids)


def step_of(device: Device, record: Synced, after: str, **values: Any) -> Create:
    """A step of a record, from the state that it has here unless `before` says another."""
    kind = type(record)
    scope = trail_of(kind, partial(getattr, record))
    given = {
        **{field: id_ for field, id_ in scope.items() if id_ is not None},
        "kind": kind.__tablename__,
        "record_id": record.id,
        "before": record.status,  # type: ignore[attr-defined]  # a kind with steps has one
        "after": after,
        "day": "2026-11-22",
        "reason": "Because",
    }
    return create(device, "step", **{**given, **values})


def update(kind: str, id_: str, base: int = NEWEST, /, **new: Any) -> Update:
    """Edits on top of a revision; without one, of the record as the device's user may see it."""
    edits = {field: Edit(base=base, old=None, new=value) for field, value in new.items()}
    return Update(kind=kind, id=id_, at=AT, edits=edits)


def _on_newest(device: Device, change: Change) -> Change:
    """The change with the bases and old values that a device has which has just synced."""
    if not isinstance(change, Update) or all(e.base != NEWEST for e in change.edits.values()):
        return change
    there: dict[str, Any] = {}
    seen, more = 0, True
    while more:
        reply = _ask(device, Round(protocol=PROTOCOL, cursor=seen))
        there = next((r.values for r in reply.page.records if r.id == change.id), there)
        seen, more = reply.page.cursor, reply.page.more
    edits = {
        field: Edit(base=seen, old=there.get(field), new=edit.new)
        for field, edit in change.edits.items()
    }
    return Update(kind=change.kind, id=change.id, at=change.at, edits=edits)


def _ask(device: Device, round_: Round) -> RoundReply:
    return device.transport.sync(msgspec.json.encode(round_), device.state("access_token"))
