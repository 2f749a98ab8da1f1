"""Raising an action: it joins the open plan of its setting, or the action that the same finding led
to before."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from visitapp.dates import short_day
from visitapp.language import translate
from visitapp.records import (
    Action,
    ActionStatus,
    ActionUpdate,
    ImprovementPlan,
    OwnerSide,
    UpdateKind,
    Visit,
)
from visitapp.rules.plans.states import OPEN_PLAN_STATUSES
from visitapp.services.context import Desk
from visitapp.services.permission import actor_of
from visitapp.standing.steps import new_step

_SAID_DONE = frozenset({ActionStatus.DONE, ActionStatus.VERIFIED})


def open_plan(session: Session, setting_id: str) -> ImprovementPlan | None:
    """The plan of a setting that somebody works on, the newest if there are several."""
    return session.scalar(
        select(ImprovementPlan)
        .where(
            ImprovementPlan.setting_id == setting_id,
            ImprovementPlan.deleted.is_(False),
            ImprovementPlan.status.in_(OPEN_PLAN_STATUSES),
        )
        .order_by(ImprovementPlan.id.desc())
        .limit(1)
    )


def raise_action(session: Session, desk: Desk, visit: Visit | None, new: Action) -> Action:
    """Keep a new action, or raise again the one that an earlier visit raised for its question.

    What was typed is then kept as an update; an action that was said to be done is reopened.
    """
    before = _raised_before(session, visit, new) if visit is not None else None
    if visit is not None and before is not None:
        _raise_again(session, desk, visit, before, new)
        return before
    plan = open_plan(session, new.setting_id)
    new.plan_id = plan.id if plan else None
    session.add(new)
    session.flush()
    return new


def at_visit(visit_id: str) -> ColumnElement[bool]:
    """Whether an action was raised at a visit, for the first time or again."""
    again = select(ActionUpdate.action_id).where(
        ActionUpdate.visit_id == visit_id,
        ActionUpdate.kind == UpdateKind.RAISED_AGAIN,
        ActionUpdate.deleted.is_(False),
    )
    return or_(Action.visit_id == visit_id, Action.id.in_(again))


def _raised_before(session: Session, visit: Visit, new: Action) -> Action | None:
    """The action that answers the same finding of an earlier visit, unless this visit has raised
    one for it already: a second one is meant."""
    if not new.question:
        return None
    same = (
        Action.setting_id == new.setting_id,
        Action.question == new.question,
        Action.deleted.is_(False),
        Action.status != ActionStatus.WITHDRAWN,
    )
    if session.scalar(select(Action.id).where(*same, at_visit(visit.id)).limit(1)):
        return None
    return session.scalar(select(Action).where(*same).order_by(Action.id.desc()).limit(1))


def _raise_again(session: Session, desk: Desk, visit: Visit, action: Action, new: Action) -> None:
    typed = [new.title] if new.title != action.title else []
    session.add(
        ActionUpdate(
            setting_id=action.setting_id,
            action_id=action.id,
            visit_id=visit.id,
            kind=UpdateKind.RAISED_AGAIN,
            side=OwnerSide.COUNCIL,
            said_on=visit.visited_on,
            text="\n".join([*typed, *filter(None, [new.detail])]),
        )
    )
    verified = action.verified_at.astimezone().date() if action.verified_at else None
    said_since = verified is not None and verified > visit.visited_on
    if action.status in _SAID_DONE and not said_since:
        reason = translate("Found again at the visit of {day}.", day=short_day(visit.visited_on))
        actor, due = actor_of(desk.user(session)), new.first_due_on
        fields = {"due_on": due} if due != action.due_on else {}
        step = new_step(
            *(action, ActionStatus.REOPENED, actor, desk.clock()),
            day=desk.today(),
            reason=reason,
            fields=fields,
        )
        session.add(step)
    session.flush()
