"""The audit log knows of each record that a person made, and of what the server made of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Set
from typing import Any

from sqlalchemy import select

from sync.server.audit.log import AuditEvent
from sync.server.audit.query import verify
from visitapp.records import (
    SYNCED,
    AuditEntry,
    Cover,
    HandOver,
    HandOverState,
    Notice,
    PlacementException,
    Step,
    Synced,
    User,
)
from visitapp.rules.access import AccessRequest, Actor, refusal
from visitapp.rules.authority.states import ExceptionStatus
from visitapp.rules.choices import Role
from visitapp.storage.database import Database


def people_make(kind: type[Synced]) -> bool:
    """Whether people make such records; the server alone makes the others."""
    request = AccessRequest(creating=True, fields=frozenset(), created_by="me")
    write, writers = kind.__kind__.write, kind.__kind__.writers
    return any(refusal(Actor("me", role, "East"), request, write, writers) is None for role in Role)


def require_audited(database: Database) -> None:
    """Whatever people made came with a batch that the log names, whatever kind it is; what follows
    at the server has entries of its own; and the chain is whole."""
    with database.reading() as session:
        assert verify(session.connection()).bad is None
        entries = [
            (entry.what, json.loads(entry.detail)) for entry in session.scalars(select(AuditEntry))
        ]
        people = set(session.scalars(select(User.id)))
        pushed = {
            id_
            for what, detail in entries
            if what == AuditEvent.PUSHED
            for _, ids, *_ in detail["changes"]
            for id_ in _each(ids)
        }
        delegated = {
            (detail["lead"], detail["user"], setting)
            for what, detail in entries
            if what == AuditEvent.DELEGATE_STARTED
            for setting in detail["settings"]
        }
        for kind in filter(people_make, SYNCED):
            made = session.scalars(select(kind).where(kind.created_by.in_(people)))
            unsent = (row for row in made if row.id not in pushed)
            lost = [row.id for row in unsent if not _follows(row, delegated)]
            assert lost == [], kind.__tablename__
        notices = [detail["notices"] for what, detail in entries if what == AuditEvent.NOTICE_MADE]
        assert sum(notices) == len(session.scalars(select(Notice)).all())
        done = select(HandOver.id).where(HandOver.state == HandOverState.DONE.value)
        carried_out = _named(entries, AuditEvent.ASSIGNED, "hand_over")
        assert set(session.scalars(done)) <= carried_out
        expired = select(Step.record_id).where(
            Step.kind == PlacementException.__tablename__, Step.after == ExceptionStatus.EXPIRED
        )
        assert set(session.scalars(expired)) <= _named(
            entries, AuditEvent.EXCEPTIONS_EXPIRED, "exceptions"
        )


def _follows(row: Synced, delegated: Set[tuple[str, str, str]]) -> bool:
    """Whether the server wrote it, as what follows from a record that was sent: a Red that stands
    closes a setting in the name of whoever signed it off, and a delegate also covers a setting that
    joined the team later, from the day on which `delegated` names lead, delegate and setting."""
    if isinstance(row, Cover) and row.for_lead_id is not None:
        begins_later = row.starts_on > row.created_at.date()
        return begins_later or (row.for_lead_id, row.deputy_id, row.setting_id) in delegated
    return bool(getattr(row, "interim", False) and getattr(row, "cause_id", None))


def _named(entries: list[tuple[str, dict[str, Any]]], event: AuditEvent, field: str) -> set[str]:
    return {
        id_ for what, detail in entries if what == event for id_ in _each(detail.get(field) or [])
    }


def _each(ids: Any) -> Iterator[str]:
    yield from [ids] if isinstance(ids, str) else ids
