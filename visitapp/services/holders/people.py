"""The people who can hold settings."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from visitapp.errors import Code, NotFound, Refused
from visitapp.language import message
from visitapp.records import Synced, User
from visitapp.rules.access import WRITERS, AccessRequest
from visitapp.rules.holders.holding import can_hold
from visitapp.services.permission import permit
from visitapp.services.views.holders import Holder
from visitapp.services.views.people import Person


def holders(session: Session) -> list[Holder]:
    """Everybody who can be given settings, by the name on screens."""
    found = session.scalars(
        select(User).where(User.role.in_(WRITERS), User.active, User.deleted.is_(False))
    )
    return sorted(map(holder_view, found), key=lambda one: (one.title.casefold(), one.name))


def holder_view(user: User) -> Holder:
    """A user as lists of holders show them."""
    return Holder(id=user.id, name=user.name, title=user.title or user.name, team=user.team)


def person_called(session: Session, name: str) -> User:
    """A user by sign-in name, or by id, also one who can no longer sign in. Raises NotFound."""
    user = session.scalar(
        select(User).where(or_(User.name == name, User.id == name), User.deleted.is_(False))
    )
    if user is None:
        raise NotFound(message("There is no user {name}.", name=name))
    return user


def holder_called(session: Session, name: str) -> User:
    """Who can be given settings, by sign-in name or id. Raises NotFound, or Refused BAD_VALUE."""
    user = person_called(session, name)
    if not can_hold(user.role, active=user.active):
        raise Refused(
            Code.BAD_VALUE,
            message("{name} cannot be given settings.", name=user.title or user.name),
            message("Choose an officer or a team lead who can sign in."),
        )
    return user


def permit_new(me: Person, kind: type[Synced]) -> None:
    """Raise NotAllowed unless the user may make such a record."""
    permit(me, kind, AccessRequest(creating=True, fields=frozenset(), created_by=me.id))
