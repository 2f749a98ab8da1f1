"""Taking a step with a concern."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from visitapp.errors import Code, Refused
from visitapp.records import Concern
from visitapp.rules.access import AccessRequest
from visitapp.rules.concerns.concern_life import close_fault, early_fault
from visitapp.rules.concerns.restriction import lift_fault
from visitapp.services.context import Desk
from visitapp.services.days import day_that_came
from visitapp.services.permission import actor_of, permit
from visitapp.standing.steps import new_step


def take_step(
    desk: Desk,
    session: Session,
    concern: Concern,
    after: str,
    reason: str = "",
    day: date | None = None,
    fields: Mapping[str, Any] | None = None,
) -> None:
    """Take a step in the session's transaction. Raises NotAllowed, Refused."""
    user, given = desk.user(session), fields or {}
    on = day_that_came(desk, day)
    fault = early_fault(concern.received_at.astimezone().date(), on)
    if fault:
        raise Refused(Code.BAD_VALUE, fault, field="day")
    why = close_fault(concern.kind, concern.status, after)
    if "lifted" in given:
        rules = desk.policy(session).concerns
        why = lift_fault(rules, concern.kind, concern.restricted_to, reason)
    if why:
        raise Refused(Code.STEP_REFUSED, why)
    request = AccessRequest(
        creating=False,
        fields=frozenset({"status", *given}),
        created_by=concern.created_by,
        status=after,
    )
    permit(user, Concern, request)
    step = new_step(
        *(concern, after, actor_of(user), desk.clock()),
        day=on,
        reason=reason,
        fields=given,
    )
    session.add(step)
    session.flush()
