"""Whoever sends a record of any kind, and whatever becomes of it, the audit log says so."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from sync.server.audit.log import AuditEvent
from tests.kinds.sample import (
    BY_SETTING,
    MADE_BY_PEOPLE,
    Place,
    created,
    make,
    name_of,
    push,
    values_of,
)
from tests.support.sync.audited import require_audited
from visitapp.records import AuditEntry, Synced

REFUSED = [kind for kind in MADE_BY_PEOPLE if kind in BY_SETTING]


def last_batch(place: Place) -> tuple[str, list[list[object]]]:
    """Who sent the newest batch, and what became of each change."""
    newest = select(AuditEntry).where(AuditEntry.what == AuditEvent.PUSHED)
    with place.council.database.reading() as session:
        entry = session.scalars(newest.order_by(AuditEntry.number.desc()).limit(1)).one()
        return entry.user_id, json.loads(entry.detail)["changes"]


@pytest.mark.parametrize("kind", MADE_BY_PEOPLE, ids=name_of)
def test_a_record_has_its_entry(place: Place, kind: type[Synced]) -> None:
    maker = next(place.writers(kind, place.home), place.officer)
    message = created(kind, values_of(kind, maker, place.home))
    make(place, maker, kind, message)
    revision = place.council.get(kind, message.id).revision
    user, [(name, id_, at, ended)] = last_batch(place)
    assert (user, name, id_, ended) == (maker.user_id, name_of(kind), message.id, "accepted")
    assert isinstance(at, int)
    assert at <= revision, "what follows from it at the server comes after"
    require_audited(place.council.database)


@pytest.mark.parametrize("kind", REFUSED, ids=name_of)
def test_a_refusal_has_its_entry(place: Place, kind: type[Synced]) -> None:
    message = created(kind, values_of(kind, place.stranger, place.home))
    (result,) = push(place.stranger, message)
    user, [(name, id_, _, ended)] = last_batch(place)
    assert (user, name, id_, ended) == (
        *(place.stranger.user_id, name_of(kind), message.id),
        result.code,
    )
