"""What improvement plans contribute to a setting's timeline, the portfolio and its search."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Subquery, func, select
from sqlalchemy.orm import Session

from visitapp.language import translate
from visitapp.records import AccuracyPoint, ImprovementPlan, PlanStatus, Setting, Step
from visitapp.rules.plans.states import AccuracyStatus
from visitapp.services.contributions import Contribution, PortfolioPart, PortfolioQuestion
from visitapp.services.plans.finds import PLANS
from visitapp.services.views.settings import PortfolioRow, TimelineEntry
from visitapp.standing.by_setting import Found
from visitapp.vocabulary import choice_word


def _timeline(session: Session, setting: Setting) -> Iterator[TimelineEntry]:
    """Each version that was agreed, and each end."""
    steps = session.execute(
        select(Step, ImprovementPlan.goal)
        .join(ImprovementPlan, ImprovementPlan.id == Step.record_id)
        .where(
            Step.kind == ImprovementPlan.__tablename__,
            Step.setting_id == setting.id,
            Step.accepted.is_(True),
            Step.deleted.is_(False),
            ImprovementPlan.deleted.is_(False),
        )
    )
    for step, goal in steps:
        yield TimelineEntry(at=step.created_at, what=_said(step), detail=step.reason or goal)
    yield from _comments(session, setting)


def _comments(session: Session, setting: Setting) -> Iterator[TimelineEntry]:
    """Each answer to a comment on a report."""
    about = (AccuracyPoint.setting_id == setting.id, AccuracyPoint.deleted.is_(False))
    steps = session.execute(
        select(Step, AccuracyPoint.text)
        .join(AccuracyPoint, AccuracyPoint.id == Step.record_id)
        .where(Step.kind == AccuracyPoint.__tablename__, Step.accepted, *about)
    )
    for step, text in steps:
        state = choice_word(AccuracyStatus, step.after).lower()
        what = translate("Comment on the report {state}: {text}", state=state, text=text)
        yield TimelineEntry(at=step.created_at, what=what, detail=step.reason)


def _said(step: Step) -> str:
    if step.after == PlanStatus.AGREED and "agreed" not in step.fields:
        return translate("Improvement plan reopened.")
    return {
        PlanStatus.AGREED: translate("Improvement plan agreed."),
        PlanStatus.MET: translate("Improvement plan met."),
        PlanStatus.NOT_MET: translate("Improvement plan not met."),
        PlanStatus.WITHDRAWN: translate("Improvement plan withdrawn."),
    }[PlanStatus(step.after)]


def _plans(question: PortfolioQuestion) -> list[Subquery]:
    """The goal of the agreed plan of each setting; with two, one of them."""
    return [
        select(ImprovementPlan.setting_id, func.max(ImprovementPlan.goal).label("plan_goal"))
        .where(ImprovementPlan.deleted.is_(False), ImprovementPlan.status == PlanStatus.AGREED)
        .group_by(ImprovementPlan.setting_id)
        .subquery()
    ]


def _fields(found: Found) -> dict[str, Any]:
    return {"plan_goal": found["plan_goal"]} if found["plan_goal"] else {}


def _found_by(row: PortfolioRow) -> list[str]:
    return [str(row.more.get("plan_goal", ""))]


CONTRIBUTION = Contribution(
    timeline=_timeline,
    portfolio=PortfolioPart(
        queries=_plans,
        fields=_fields,
        filters={"in_plan": lambda row, today: bool(row.more.get("plan_goal"))},
    ),
    found_by=_found_by,
    finds=[PLANS],
)
