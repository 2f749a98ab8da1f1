"""Lists of actions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from visitapp.records import Action, Setting, Visit
from visitapp.rules.action_life import overdue_days
from visitapp.services.views.actions import ActionView
from visitapp.services.views.facets import Place


def action_views(
    session: Session,
    today: date,
    *conditions: ColumnElement[bool],
    at: Mapping[str, Place] = MappingProxyType({}),
) -> list[ActionView]:
    """The actions that meet the conditions, the earliest due first. `at`: the place of each
    setting, for lists."""
    nowhere, found = Place(), session.execute(_ACTIONS.where(*conditions))
    return [_view(row, today, at.get(row[1], nowhere)) for row in found]


_COLUMNS = (
    *(Action.id, Action.setting_id, Action.visit_id, Action.question, Action.title),
    *(Action.detail, Action.owner, Action.priority, Action.due_on, Action.status),
    *(Action.done_on, Action.verified_how, Action.verified_note, Action.moved_count),
    *(Action.reopened_count, Action.first_due_on, Action.plan_id, Action.owner_side),
    *(Action.theme, Action.success_measure, Action.target, Action.created_at),
)
# Columns and no records: a device holds tens of thousands, and a record takes twice as long. Made
# once, as making the statement takes longer than reading the actions of one plan.
_ACTIONS = (
    select(*_COLUMNS, Setting.name, Visit.visited_on)
    .join(Setting, Setting.id == Action.setting_id)
    .outerjoin(Visit, Visit.id == Action.visit_id)
    .where(Action.deleted.is_(False))
    .order_by(Action.due_on, Action.id)
)


def _view(row: Any, today: date, place: Place) -> ActionView:
    """`visited_on`: the day of its visit, on which it was raised even if it was recorded later."""
    (
        id_,
        setting_id,
        visit_id,
        question,
        title,
        detail,
        owner,
        priority,
        due_on,
        status,
        done_on,
        verified_how,
        verified_note,
        moved_count,
        reopened_count,
        first_due_on,
        plan_id,
        owner_side,
        theme,
        success_measure,
        target,
        created_at,
        setting,
        visited_on,
    ) = row
    recorded_on = created_at.astimezone().date()
    return ActionView(
        id=id_,
        setting_id=setting_id,
        setting=setting,
        visit_id=visit_id,
        question=question,
        title=title,
        detail=detail or "",
        owner=owner,
        priority=priority,
        due_on=due_on,
        status=status,
        raised_on=min(recorded_on, visited_on or recorded_on),
        done_on=done_on,
        verified_how=verified_how or "",
        verified_note=verified_note or "",
        moved_count=moved_count,
        reopened_count=reopened_count,
        first_due_on=first_due_on,
        plan_id=plan_id,
        owner_side=owner_side,
        theme=theme,
        success_measure=success_measure,
        target=target,
        overdue_days=overdue_days(status, due_on, today),
        place=place,
    )
