"""Ask the access rules before anything is written, in the same words as the server."""

from __future__ import annotations

from visitapp.errors import NotAllowed
from visitapp.language import Message
from visitapp.records import Setting, Synced
from visitapp.rules.access import AccessRequest, Actor, Holding, refusal
from visitapp.services.views.people import Person


def actor_of(user: Person) -> Actor:
    """A user as the rules see them."""
    return Actor(user.id, user.role, user.team)


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
