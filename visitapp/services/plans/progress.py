"""How a plan came along: where it stood on each day that something changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from visitapp.records import Action, ActionStatus, ImprovementPlan, Step, Visit
from visitapp.services.lookup import find
from visitapp.services.plans.views import ProgressPoint

_DONE = frozenset({ActionStatus.DONE, ActionStatus.VERIFIED})


def progress_of(session: Session, plan_id: str, today: date) -> list[ProgressPoint]:
    """One point for each day on which the counts changed, from the start of the plan to today, or
    to its end. Raises NotFound."""
    rows = session.connection().execute(_STEPS, {"plan": plan_id}).all()
    if not rows:
        find(session, ImprovementPlan, plan_id)  # which says that there is none
    starts_on, ended_on = rows[0][:2]
    last = min(today, ended_on or today)
    # An action goes from state to state in the order of its steps, whatever days they name.
    latest: dict[str, date] = {}
    changes: list[tuple[date, str, str]] = []
    for _, _, action_id, raised_at, visited_on, at, day, after in rows:
        if action_id is not None and action_id not in latest:
            recorded_on = raised_at.astimezone().date()
            latest[action_id] = min(recorded_on, visited_on or recorded_on)
            changes.append((latest[action_id], action_id, ActionStatus.OPEN))
        if after is not None:
            latest[action_id] = max(latest[action_id], day or at.astimezone().date())
            changes.append((latest[action_id], action_id, after))
    first = min(starts_on, last)
    return _points(sorted(changes, key=lambda one: one[0]), first, last)


_LIVE = (Action.plan_id == ImprovementPlan.id, Action.deleted.is_(False))
_COUNTED = (
    *(Step.record_id == Action.id, Step.kind == Action.__tablename__, Step.accepted.is_(True)),
    *(Step.deleted.is_(False), Step.before != Step.after),
)
_STEPS = (
    select(
        *(ImprovementPlan.starts_on, ImprovementPlan.ended_on, Action.id, Action.created_at),
        *(Visit.visited_on, Step.created_at, Step.day, Step.after),
    )
    .outerjoin(Action, and_(*_LIVE))
    .outerjoin(Visit, Visit.id == Action.visit_id)
    .outerjoin(Step, and_(*_COUNTED))
    .where(ImprovementPlan.id == bindparam("plan"), ImprovementPlan.deleted.is_(False))
    .order_by(Step.created_at, Step.id)
)
"""The plan, its actions and their steps, in the order in which they were taken. Made once, as that
takes longer than to read them."""


def _points(
    changes: Iterable[tuple[date, str, str]], first: date, last: date
) -> list[ProgressPoint]:
    """changes: the day, the action and its new state, in their order."""
    states: dict[str, str] = {}
    points = {first: _point(first, states)}
    for day, action_id, after in changes:
        states[action_id] = after
        on = min(max(day, first), last)
        points[on] = _point(on, states)
    points[last] = _point(last, states)
    return [points[on] for on in sorted(points)]


def _point(on: date, states: dict[str, str]) -> ProgressPoint:
    live = [state for state in states.values() if state != ActionStatus.WITHDRAWN]
    return ProgressPoint(
        on=on,
        asked=len(live),
        done=sum(state in _DONE for state in live),
        verified=sum(state == ActionStatus.VERIFIED for state in live),
    )
