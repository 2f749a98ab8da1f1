"""Plans as they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from msgspec.structs import replace
from sqlalchemy import ColumnElement, bindparam, case, func, select
from sqlalchemy.orm import Session, load_only

from visitapp.errors import NotFound, Refused
from visitapp.language import message
from visitapp.records import (
    FROZEN,
    Action,
    ActionStatus,
    ActionUpdate,
    ImprovementPlan,
    PlanStatus,
    Setting,
    Step,
    UpdateKind,
    Visit,
)
from visitapp.rules.action_life import OPEN_STATUSES
from visitapp.rules.plans.agreed import AgreedPlan, agreed_plan
from visitapp.rules.plans.plan_life import PLAN
from visitapp.rules.plans.states import OPEN_PLAN_STATUSES
from visitapp.rules.policy.authority import is_left_to
from visitapp.services.actions.queries import action_views
from visitapp.services.context import Desk
from visitapp.services.lookup import titles
from visitapp.services.plans.changes import changed_since
from visitapp.services.plans.views import PlanCounts, PlanLine, PlanVersion, PlanView
from visitapp.services.views.actions import ActionView
from visitapp.services.visits.answers.answers import plain_answers, read_sheet
from visitapp.standing.plans.findings import Finding, findings_without_action


def plan_lines(session: Session, today: date, *conditions: ColumnElement[bool]) -> list[PlanLine]:
    """The plans that meet the conditions, open ones first, then the newest first."""
    live = (
        select(
            Action.plan_id,
            func.count().label("actions"),
            func.sum(case((Action.status == ActionStatus.VERIFIED, 1), else_=0)).label("verified"),
            func.sum(
                case((Action.status.in_(OPEN_STATUSES) & (Action.due_on < today), 1), else_=0)
            ).label("overdue"),
        )
        .where(
            Action.deleted.is_(False),
            Action.status != ActionStatus.WITHDRAWN,
            # Those of the plans that are asked for, so that one plan does not read all actions.
            Action.plan_id.in_(select(ImprovementPlan.id).where(*conditions))
            if conditions
            else Action.plan_id.is_not(None),
        )
        .group_by(Action.plan_id)
        .subquery()
    )
    closed = case((ImprovementPlan.status.in_(OPEN_PLAN_STATUSES), 0), else_=1)
    rows = session.execute(
        select(ImprovementPlan, Setting.name, live.c.actions, live.c.verified, live.c.overdue)
        .join(Setting, Setting.id == ImprovementPlan.setting_id)
        .outerjoin(live, live.c.plan_id == ImprovementPlan.id)
        .where(ImprovementPlan.deleted.is_(False), *conditions)
        .order_by(closed, ImprovementPlan.id.desc())
    )
    return [
        PlanLine(
            id=plan.id,
            setting_id=plan.setting_id,
            setting=setting,
            goal=plan.goal,
            starts_on=plan.starts_on,
            ends_on=plan.ends_on,
            status=plan.status,
            version=plan.version,
            actions=actions or 0,
            verified=verified or 0,
            overdue=overdue or 0,
        )
        for plan, setting, actions, verified, overdue in rows
    ]


def plan_view(session: Session, desk: Desk, plan: ImprovementPlan) -> PlanView:
    """Everything about a plan."""
    actions = plan_actions(session, desk.today(), plan)
    user = desk.user(session)
    version = agreed_plan(plan.agreed) if plan.agreed else None
    return PlanView(
        id=plan.id,
        setting_id=plan.setting_id,
        setting=session.get_one(Setting, plan.setting_id).name,
        goal=plan.goal,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        provider_people=plan.provider_people,
        status=plan.status,
        version=plan.version,
        agreed_on=plan.agreed_on,
        agreed_with=plan.agreed_with or "",
        agreed_by=titles(session, [plan.agreed_by]).get(plan.agreed_by or "", ""),
        ended_on=plan.ended_on,
        ended_reason=_ended_reason(session, plan),
        days_left=(plan.ends_on - desk.today()).days,
        counts=counts_of(actions),
        actions=actions,
        findings=open_findings(session, desk, plan.setting_id)
        if plan.status in OPEN_PLAN_STATUSES
        else [],
        changed=changed_since(version, plan, actions) if version else [],
        next_states=[
            after
            for after in PLAN.next_states(plan.status, user.role)
            if after == plan.status or is_left_to(user.limits, _KIND, after, user.role)
        ],
    )


def plan_actions(session: Session, today: date, plan: ImprovementPlan) -> list[ActionView]:
    """The actions of a plan, numbered and in that order. Those that were agreed keep their numbers;
    the others follow, the first raised first."""
    views = action_views(session, today, Action.plan_id == plan.id)
    numbers = agreed_plan(plan.agreed).numbers() if plan.agreed else {}
    following = max(numbers.values(), default=0)
    for place, one in enumerate(sorted({v.id for v in views} - numbers.keys()), 1):
        numbers[one] = following + place
    found = with_updates(session, views, Action.plan_id == plan.id)
    return sorted((replace(v, number=numbers[v.id]) for v in found), key=lambda v: v.number)


def with_updates(
    session: Session, views: Iterable[ActionView], *conditions: ColumnElement[bool]
) -> list[ActionView]:
    """The actions with what their updates tell: the progress, and how often each was raised."""
    rows = session.execute(_UPDATES.where(*conditions))
    progress: dict[str, int] = {}
    again: dict[str, int] = {}
    for action_id, kind, number in rows:
        if number is not None:
            progress[action_id] = number
        if kind == UpdateKind.RAISED_AGAIN:
            again[action_id] = again.get(action_id, 0) + 1
    return [
        replace(
            view,
            progress=progress.get(view.id, 0 if view.target else None),
            raised=1 + again.get(view.id, 0),
        )
        for view in views
    ]


def counts_of(actions: Sequence[ActionView]) -> PlanCounts:
    """Where the actions stand."""
    live = [one for one in actions if one.status != ActionStatus.WITHDRAWN]
    verified = sum(one.status == ActionStatus.VERIFIED for one in live)
    done = sum(one.status == ActionStatus.DONE for one in live)
    overdue = sum(one.overdue_days > 0 for one in live)
    return PlanCounts(
        actions=len(live),
        verified=verified,
        done=done,
        in_time=len(live) - verified - done - overdue,
        overdue=overdue,
        moves=sum(one.moved_count for one in actions),
        reopened=sum(one.reopened_count for one in actions),
        without_measure=sum(not one.success_measure.strip() for one in live),
    )


def open_findings(session: Session, desk: Desk, setting_id: str) -> list[Finding]:
    """The findings of a setting that ask for an action and have none, on this device."""
    there = {"setting": setting_id}
    visits = session.scalars(_VISITS, there).all()
    if not visits:
        return []
    by_id = {visit.id: visit for visit in visits}
    acted = session.execute(_ACTED, there).mappings()

    def form_of(values: Any) -> Any:
        try:
            return desk.form_of(by_id[values["id"]])
        except (NotFound, Refused):
            return None

    return findings_without_action(
        [
            {
                **{name: getattr(visit, name) for name in _OF_VISITS},
                "visited_on": visit.visited_on,
            }
            for visit in visits
        ],
        lambda visit_id: plain_answers(read_sheet(session, visit_id)),
        form_of,
        [dict(one) for one in acted],
    )


_KIND = ImprovementPlan.__tablename__
_OF_VISITS = ("id", "status", "purpose", "form_id", "facts")
_READ_OF_VISITS = (
    *(Visit.status, Visit.purpose, Visit.form_id, Visit.form_version, Visit.form_text),
    *(Visit.facts, Visit.visited_on),
)
# Made once: making a statement takes longer than reading what one plan needs.
_VISITS = (
    select(Visit)
    .options(load_only(*_READ_OF_VISITS))  # an outcome takes longer to read than all the rest
    .where(Visit.setting_id == bindparam("setting"), Visit.deleted.is_(False))
    .where(Visit.status.in_(FROZEN))
)
_ACTED = select(Action.question, Action.status, Action.verified_at).where(
    Action.setting_id == bindparam("setting"), Action.deleted.is_(False), Action.question != ""
)
_UPDATES = (
    select(ActionUpdate.action_id, ActionUpdate.kind, ActionUpdate.progress)
    .join(Action, Action.id == ActionUpdate.action_id)
    .where(ActionUpdate.deleted.is_(False))
    .order_by(ActionUpdate.said_on, ActionUpdate.created_at, ActionUpdate.id)
)


def versions_of(session: Session, plan: ImprovementPlan) -> list[PlanVersion]:
    """Every version that was agreed, the first one first."""
    steps = session.scalars(
        select(Step)
        .where(
            Step.kind == ImprovementPlan.__tablename__,
            Step.record_id == plan.id,
            Step.after == PlanStatus.AGREED,
            Step.accepted.is_(True),
            Step.deleted.is_(False),
        )
        .order_by(Step.created_at, Step.id)
    ).all()
    agreements = [step for step in steps if "agreed" in step.fields]
    names = titles(session, [step.created_by for step in agreements])
    return [
        PlanVersion(
            version=place,
            agreed_on=step.day,
            agreed_with=step.fields.get("agreed_with", ""),
            agreed_by=names.get(step.created_by, ""),
            plan=agreed_plan(step.fields["agreed"]),
        )
        for place, step in enumerate(agreements, 1)
    ]


def version_of(session: Session, plan: ImprovementPlan, number: int) -> AgreedPlan:
    """One version. Raises NotFound."""
    for one in versions_of(session, plan):
        if one.version == number:
            return one.plan
    raise NotFound(message("This plan has no version {n}.", n=number))


def _ended_reason(session: Session, plan: ImprovementPlan) -> str:
    """The reason of the step that ended a plan."""
    if plan.ended_on is None:
        return ""
    reason = session.scalar(
        select(Step.reason)
        .where(Step.record_id == plan.id, Step.after == plan.status, Step.accepted.is_(True))
        .order_by(Step.created_at.desc(), Step.id.desc())
        .limit(1)
    )
    return reason or ""
