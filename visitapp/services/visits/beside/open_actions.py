"""The open actions of a setting, as an officer looks at them during a visit."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.records import Action, ActionStatus, Evidence, Visit
from visitapp.rules.action_life import OPEN_STATUSES
from visitapp.services.actions.queries import action_views
from visitapp.services.actions.raising import at_visit
from visitapp.services.views.visits import OpenAction


def open_actions(session: Session, visit: Visit, today: date) -> list[OpenAction]:
    """What earlier visits left to do: first what was said to be done, then by due date."""
    waiting = Action.status.in_([*OPEN_STATUSES, ActionStatus.DONE])
    found = action_views(
        session,
        today,
        Action.setting_id == visit.setting_id,
        waiting,
        Action.id.not_in(select(Action.id).where(at_visit(visit.id))),
    )
    evidence = _evidence(session, [action.id for action in found])
    opened = [OpenAction(action=one, evidence=evidence[one.id]) for one in found]
    return sorted(opened, key=lambda one: one.action.status != ActionStatus.DONE)


def _evidence(session: Session, action_ids: list[str]) -> defaultdict[str, list[str]]:
    """The ids of what supports each action, the oldest first."""
    rows = session.execute(
        select(Evidence.action_id, Evidence.id)
        .where(Evidence.action_id.in_(action_ids), Evidence.deleted.is_(False))
        .order_by(Evidence.id)
    )
    found: defaultdict[str, list[str]] = defaultdict(list)
    for action_id, id_ in rows:
        found[action_id or ""].append(id_)
    return found
