"""Lists of actions."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from visitapp.records import Action, Setting, Visit
from visitapp.rules.action_life import overdue_days
from visitapp.services.views.actions import ActionView


def action_views(
    session: Session, today: date, *conditions: ColumnElement[bool]
) -> list[ActionView]:
    """The actions that meet the conditions, the earliest due first."""
    query = (
        select(Action, Setting.name, Visit.visited_on)
        .join(Setting, Setting.id == Action.setting_id)
        .outerjoin(Visit, Visit.id == Action.visit_id)
        .where(Action.deleted.is_(False), *conditions)
        .order_by(Action.due_on, Action.id)
    )
    return [_view(*row, today) for row in session.execute(query)]


def _view(action: Action, setting: str, visited_on: date | None, today: date) -> ActionView:
    """`visited_on`: the day of its visit, on which it was raised even if it was recorded later."""
    recorded_on = action.created_at.astimezone().date()
    return ActionView(
        id=action.id,
        setting_id=action.setting_id,
        setting=setting,
        visit_id=action.visit_id,
        question=action.question,
        title=action.title,
        detail=action.detail or "",
        owner=action.owner,
        priority=action.priority,
        due_on=action.due_on,
        status=action.status,
        raised_on=min(recorded_on, visited_on or recorded_on),
        done_on=action.done_on,
        verified_how=action.verified_how or "",
        verified_note=action.verified_note or "",
        moved_count=action.moved_count,
        reopened_count=action.reopened_count,
        first_due_on=action.first_due_on,
        plan_id=action.plan_id,
        owner_side=action.owner_side,
        theme=action.theme,
        success_measure=action.success_measure,
        target=action.target,
        overdue_days=overdue_days(action.status, action.due_on, today),
    )
