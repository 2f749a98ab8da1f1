"""How a plan came along: where it stood on each day that something changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.records import Action, ActionStatus, ImprovementPlan, Step, Visit
from visitapp.services.plans.views import ProgressPoint

_DONE = frozenset({ActionStatus.DONE, ActionStatus.VERIFIED})


def progress_of(session: Session, plan: ImprovementPlan, today: date) -> list[ProgressPoint]:
    """One point for each day on which the counts changed, from the start of the plan to today, or
    to its end."""
    last = min(today, plan.ended_on or today)
    # An action goes from state to state in the order of its steps, whatever days they name.
    latest = _raised(session, plan)
    changes: list[tuple[date, str, str]] = [
        (day, action_id, ActionStatus.OPEN) for action_id, day in latest.items()
    ]
    steps = session.execute(
        select(Step.created_at, Step.day, Step.record_id, Step.after)
        .join(Action, Action.id == Step.record_id)
        .where(
            Step.kind == Action.__tablename__,
            Action.plan_id == plan.id,
            Action.deleted.is_(False),
            Step.accepted.is_(True),
            Step.deleted.is_(False),
            Step.before != Step.after,
        )
        .order_by(Step.created_at, Step.id)
    )
    for at, day, record_id, after in steps:
        latest[record_id] = max(latest[record_id], day or at.astimezone().date())
        changes.append((latest[record_id], record_id, after))
    first = min(plan.starts_on, last)
    return _points(sorted(changes, key=lambda one: one[0]), first, last)


def _raised(session: Session, plan: ImprovementPlan) -> dict[str, date]:
    """The day on which each action of a plan was raised, by its id."""
    rows = session.execute(
        select(Action.id, Action.created_at, Visit.visited_on)
        .outerjoin(Visit, Visit.id == Action.visit_id)
        .where(Action.deleted.is_(False), Action.plan_id == plan.id)
        .order_by(Action.due_on, Action.id)
    )
    found = {}
    for action_id, at, visited_on in rows:
        recorded_on = at.astimezone().date()
        found[action_id] = min(recorded_on, visited_on or recorded_on)
    return found


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
