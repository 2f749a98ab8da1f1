"""Changes sent past the engine, as a client of somebody else's might."""

from __future__ import annotations

from typing import Any

import msgspec

from sync.results import paired
from sync.wire import PROTOCOL, Batch, Change, Create, Edit, Result, Round, Update
from tests.support.council import Device
from visitapp.records import new_id

AT = "2026-11-22T09:00:00Z"


def push(device: Device, *changes: Change) -> list[Result]:
    """Send changes past the engine, as a client of somebody else's might."""
    round_ = Round(protocol=PROTOCOL, batch=Batch(id=new_id(), changes=list(changes)))
    reply = device.transport.sync(msgspec.json.encode(round_), device.state("access_token"))
    return [some[0] for _, some in paired(changes, reply.results)]


def create(device: Device, kind: str, id_: str | None = None, /, **values: Any) -> Create:
    marks = {"created_at": AT, "created_by": device.user_id, "deleted": False}
    return Create(kind=kind, id=id_ or new_id(), at=AT, values={**marks, **values})


def update(kind: str, id_: str, base: int = 10_000, /, **new: Any) -> Update:
    edits = {field: Edit(base=base, old=None, new=value) for field, value in new.items()}
    return Update(kind=kind, id=id_, at=AT, edits=edits)
