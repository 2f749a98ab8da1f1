"""Who may ask for a placement exception or an override, and who decides."""

from __future__ import annotations

from visitapp.language import Message, message
from visitapp.rules.access import MANAGER, REVIEWERS, WRITERS, AccessRequest, Actor

_DECIDED = frozenset({"authorised", "refused"})
_AGREED = frozenset({"agreed", "declined"})


def write_exception(actor: Actor, request: AccessRequest) -> Message | None:
    """Asked for by whoever may write but managers, decided by a manager who did not ask for it."""
    if request.creating:
        if actor.role in WRITERS:
            return None
        return message("An officer or a team lead asks for a placement exception. You decide.")
    if not request.status:
        return message("A placement exception changes by its steps alone.")
    if request.status in _DECIDED and actor.role != MANAGER:
        return message("Only a senior manager decides on a placement exception.")
    if request.status in _DECIDED and request.created_by == actor.id:
        return message("Nobody decides on an exception that they asked for. Ask another manager.")
    return None


def write_override(actor: Actor, request: AccessRequest) -> Message | None:
    """Asked for by whoever may write; agreed or declined by those who review, but not by who took
    part in the visit or asked."""
    if request.creating:
        return None
    if not request.status:
        return message("An override changes by its steps alone.")
    if request.status not in _AGREED:
        return None
    if actor.role not in REVIEWERS:
        return message("Only a team lead can agree to an override or decline it.")
    took_part = {request.created_by, request.visit_officer_id, *request.visit_makers}
    if actor.id in took_part:
        return message("Nobody decides on an override of their own visit. Ask another team lead.")
    return None
