"""What actions contribute to a setting's timeline, the risk models and the portfolio."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Subquery, case, func, select
from sqlalchemy.orm import Session

from visitapp.language import translate
from visitapp.records import Action, Setting
from visitapp.rules.action_life import OPEN_STATUSES
from visitapp.services.actions.finds import ACTIONS
from visitapp.services.actions.today import actions_to_verify
from visitapp.services.contributions import Contribution, PortfolioPart, PortfolioQuestion
from visitapp.services.views.settings import TimelineEntry
from visitapp.standing.by_setting import Found


def _verified(session: Session, setting: Setting) -> Iterator[TimelineEntry]:
    actions = session.scalars(
        select(Action).where(
            Action.setting_id == setting.id,
            Action.deleted.is_(False),
            Action.verified_at.is_not(None),
        )
    )
    for action in actions:
        if action.verified_at is not None:
            yield TimelineEntry(
                at=action.verified_at, what=translate("Action verified."), detail=action.title
            )


def _counts(question: PortfolioQuestion) -> list[Subquery]:
    overdue = func.sum(case((Action.due_on < question.today, 1), else_=0))
    return [
        select(
            Action.setting_id,
            func.count().label("open_actions"),
            overdue.label("overdue_actions"),
        )
        .where(Action.deleted.is_(False), Action.status.in_(OPEN_STATUSES))
        .group_by(Action.setting_id)
        .subquery()
    ]


def _fields(found: Found) -> dict[str, Any]:
    return {
        "open_actions": found["open_actions"] or 0,
        "overdue_actions": found["overdue_actions"] or 0,
    }


CONTRIBUTION = Contribution(
    timeline=_verified,
    portfolio=PortfolioPart(
        queries=_counts,
        fields=_fields,
        filters={"overdue_actions": lambda row, today: row.overdue_actions > 0},
        orders={"actions": lambda row: (row.overdue_actions, row.open_actions)},
    ),
    today=[actions_to_verify],
    finds=[ACTIONS],
)
