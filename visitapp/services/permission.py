"""Ask the access rules before anything is written, in the same words as the server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from visitapp.errors import NotAllowed
from visitapp.language import Message
from visitapp.records import Setting, Synced
from visitapp.rules.access import AccessRequest, Actor, Holding, refusal
from visitapp.services.context import Desk
from visitapp.services.views.people import Person


def actor_of(user: Person) -> Actor:
    """A user as the rules see them."""
    return Actor(user.id, user.role, user.team, user.limits)


def objection(user: Person, kind: type[Synced], request: AccessRequest) -> Message | None:
    """Why the user may not do this, in a sentence; None when they may."""
    return refusal(actor_of(user), request, kind.__kind__.write, kind.__kind__.writers)


def permit(user: Person, kind: type[Synced], request: AccessRequest) -> None:
    """Raise NotAllowed when the user may not do this."""
    why = objection(user, kind, request)
    if why:
        raise NotAllowed(why)


def holding(setting: Setting) -> Holding:
    """Who holds a setting, as the rules see it."""
    return Holding(officer_id=setting.officer_id, team=setting.team)


def permit_making(desk: Desk, session: Session, kind: type[Synced]) -> None:
    """Raise NotAllowed when the user may not make such a record, which belongs to no setting."""
    user = desk.user(session)
    permit(user, kind, AccessRequest(creating=True, fields=frozenset(), created_by=user.id))


def may_make(desk: Desk, session: Session, kind: type[Synced]) -> bool:
    """Whether the user may make such a record, which belongs to no setting."""
    user = desk.user(session)
    request = AccessRequest(creating=True, fields=frozenset(), created_by=user.id)
    return objection(user, kind, request) is None


def may_change(desk: Desk, session: Session, record: Synced) -> bool:
    """Whether the user may change this record, which is no setting."""
    request = AccessRequest(creating=False, fields=frozenset(), created_by=record.created_by)
    return objection(desk.user(session), type(record), request) is None


def change(desk: Desk, session: Session, record: Synced, fields: Mapping[str, Any]) -> None:
    """Give a record that is no setting these values. Raises NotAllowed."""
    names = frozenset(name for name, value in fields.items() if getattr(record, name) != value)
    request = AccessRequest(creating=False, fields=names, created_by=record.created_by)
    permit(desk.user(session), type(record), request)
    for name in names:
        setattr(record, name, fields[name])
    session.flush()
