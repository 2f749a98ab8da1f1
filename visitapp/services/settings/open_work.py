"""What is open at a setting, and what becomes of it when the setting closes or is merged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Literal

from msgspec import Struct
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from visitapp.dates import short_day
from visitapp.errors import Code, Refused
from visitapp.language import Message, message, translate, verbatim
from visitapp.records import (
    FROZEN,
    Action,
    ActionStatus,
    Answer,
    Concern,
    ImprovementPlan,
    Intervention,
    InterventionStatus,
    PlannedStatus,
    PlannedVisit,
    PlanStatus,
    Setting,
    Step,
    Visit,
    VisitStatus,
)
from visitapp.rules.access import Actor
from visitapp.rules.action_life import OPEN_STATUSES
from visitapp.rules.concerns.states import ConcernStatus
from visitapp.rules.interventions.states import UNFINISHED_INTERVENTIONS, InterventionResult
from visitapp.rules.market_choices import SettingStatus
from visitapp.rules.plans.states import OPEN_PLAN_STATUSES
from visitapp.rules.visiting.planned_visit_life import OPEN_PLANS
from visitapp.services.lookup import find
from visitapp.services.views.settings import OpenWork
from visitapp.services.visits.discard import discard
from visitapp.standing.planned import carried_out_by
from visitapp.standing.steps import new_step
from visitapp.vocabulary import visit_word

FIRST_TITLES = 3
"""So many titles of open work stand in a sentence; the rest is counted."""

Open = Literal["withdraw", "move", "leave"]
"""What becomes of open work: withdrawn, moved to another setting, or left to a team lead."""


class Fate(Struct, frozen=True):
    """What becomes of open work, and where it is moved to."""

    choice: Open
    to_id: str | None = None


class By(Struct, frozen=True):
    """Who closes a setting, when and why."""

    actor: Actor
    at: datetime
    today: date
    reason: str


def settle(session: Session, setting: Setting, fate: Fate, by: By) -> None:
    """Do with what is open as was chosen. A visit that was returned stays to be corrected, and one
    that is moved from stays too: its answers are about this setting. So do concerns, which somebody
    brought and is owed an answer to. Raises Refused."""
    if fate.choice == "leave":
        return
    to = _receiver(session, setting, fate.to_id) if fate.choice == "move" else None
    why = translate("{setting} closed: {reason}", setting=setting.name, reason=by.reason.strip())
    if to is not None:
        why = translate("Moved to {setting}: {reason}", setting=to.name, reason=by.reason.strip())
    for visit in open_visits(session, setting.id) if to is None else ():
        if visit.status == VisitStatus.DRAFT:
            discard(visit, why)
    for action in open_actions(session, setting.id):
        if to is not None:
            session.add(_same_action(action, to.id))
        withdrawn = ActionStatus.WITHDRAWN
        session.add(new_step(action, withdrawn, by.actor, by.at, day=by.today, reason=why))
    for intervention in unfinished_interventions(session, setting.id):
        session.add(_ended(intervention, by, why))
    for improvement in open_improvement_plans(session, setting.id):
        ended = PlanStatus.WITHDRAWN
        session.add(new_step(improvement, ended, by.actor, by.at, day=by.today, reason=why))
    # A plan that does not move needs no step: it goes with its setting, and comes back with it.
    for plan in open_plans(session, setting.id) if to is not None else ():
        session.add(_same_plan(plan, fate.to_id or ""))
        session.add(new_step(plan, PlannedStatus.CANCELLED, by.actor, by.at, reason=why))
    session.flush()


def _ended(intervention: Intervention, by: By, why: str) -> Step:
    """The step that ends an intervention with its setting: a referral is withdrawn, one that is
    open closed. It does not move: another setting is referred for its own reasons."""
    if intervention.status == InterventionStatus.REFERRED:
        after, fields = InterventionStatus.WITHDRAWN, {}
    else:
        after = InterventionStatus.CLOSED
        fields = {"result": InterventionResult.SETTING_CLOSED.value, "summary": why}
    return new_step(intervention, after, by.actor, by.at, day=by.today, reason=why, fields=fields)


def _receiver(session: Session, setting: Setting, to_id: str | None) -> Setting:
    to = find(session, Setting, to_id) if to_id else None
    if to is None or to.id == setting.id or to.status != SettingStatus.OPEN:
        raise Refused(
            Code.BAD_VALUE, message("Say to which open setting its work moves."), field="to_id"
        )
    return to


def _same_action(action: Action, setting_id: str) -> Action:
    names = (
        *("title", "detail", "owner", "priority", "first_due_on", "due_on"),
        *("owner_side", "theme", "success_measure", "target"),
    )
    return Action(setting_id=setting_id, **{name: getattr(action, name) for name in names})


def _same_plan(plan: PlannedVisit, setting_id: str) -> PlannedVisit:
    """The plan at another setting, for the day that stood last; for whoever holds that one."""
    names = ("purpose", "form_id", "window_from", "window_to")
    fields = {name: getattr(plan, name) for name in names}
    return PlannedVisit(setting_id=setting_id, first_planned_on=plan.planned_on, **fields)


def open_visits(session: Session, setting_id: str) -> Sequence[Visit]:
    """The visits and risk assessments of a setting that are not signed off."""
    found = select(Visit).where(
        Visit.setting_id == setting_id, Visit.deleted.is_(False), Visit.status.not_in(FROZEN)
    )
    return session.scalars(found.order_by(Visit.visited_on, Visit.id)).all()


def open_actions(session: Session, setting_id: str) -> Sequence[Action]:
    """The actions of a setting that are still to be done or verified."""
    unverified = (*OPEN_STATUSES, ActionStatus.DONE)
    found = select(Action).where(
        Action.setting_id == setting_id, Action.deleted.is_(False), Action.status.in_(unverified)
    )
    return session.scalars(found.order_by(Action.due_on, Action.id)).all()


def open_plans(session: Session, setting_id: str) -> Sequence[PlannedVisit]:
    """The planned visits of a setting that nobody has made or cancelled."""
    found = select(PlannedVisit).where(
        PlannedVisit.setting_id == setting_id,
        PlannedVisit.deleted.is_(False),
        PlannedVisit.status.in_(OPEN_PLANS),
        carried_out_by().is_(None),
    )
    return session.scalars(found.order_by(PlannedVisit.planned_on, PlannedVisit.id)).all()


def open_improvement_plans(session: Session, setting_id: str) -> Sequence[ImprovementPlan]:
    """The improvement plans of a setting that have not ended."""
    found = select(ImprovementPlan).where(
        ImprovementPlan.setting_id == setting_id,
        ImprovementPlan.deleted.is_(False),
        ImprovementPlan.status.in_(OPEN_PLAN_STATUSES),
    )
    return session.scalars(found.order_by(ImprovementPlan.id)).all()


def unfinished_interventions(session: Session, setting_id: str) -> Sequence[Intervention]:
    """The referral or intervention of a setting that has not ended."""
    found = select(Intervention).where(
        Intervention.setting_id == setting_id,
        Intervention.deleted.is_(False),
        Intervention.status.in_(UNFINISHED_INTERVENTIONS),
    )
    return session.scalars(found.order_by(Intervention.id)).all()


def open_concerns(session: Session, setting_id: str) -> Sequence[Concern]:
    """The concerns about a setting that are not closed."""
    found = select(Concern).where(
        Concern.setting_id == setting_id,
        Concern.deleted.is_(False),
        Concern.status != ConcernStatus.CLOSED.value,
    )
    return session.scalars(found.order_by(Concern.received_at, Concern.id)).all()


def open_work_of(session: Session, setting_id: str) -> Iterator[OpenWork]:
    """Everything that is open at a setting."""
    for visit in open_visits(session, setting_id):
        answers = session.scalar(
            select(func.count())
            .select_from(Answer)
            .where(Answer.visit_id == visit.id, Answer.deleted.is_(False))
        )
        yield OpenWork(
            id=visit.id,
            kind=Visit.__tablename__,
            title=visit_title(visit),
            answers=answers or 0,
            can_withdraw=visit.status == VisitStatus.DRAFT,
        )
    for action in open_actions(session, setting_id):
        yield OpenWork(id=action.id, kind=Action.__tablename__, title=action.title)
    for plan in open_plans(session, setting_id):
        title = translate(
            "{visit} planned for {day}",
            visit=visit_word(plan.purpose),
            day=short_day(plan.planned_on),
        )
        yield OpenWork(id=plan.id, kind=PlannedVisit.__tablename__, title=title)
    for improvement in open_improvement_plans(session, setting_id):
        kind, title = ImprovementPlan.__tablename__, improvement.goal
        yield OpenWork(id=improvement.id, kind=kind, title=title)
    for intervention in unfinished_interventions(session, setting_id):
        kind = Intervention.__tablename__
        title = translate("Intervention referred on {day}", day=short_day(intervention.referred_on))
        yield OpenWork(id=intervention.id, kind=kind, title=title)
    for concern in open_concerns(session, setting_id):
        kind, title = Concern.__tablename__, concern.title
        yield OpenWork(id=concern.id, kind=kind, title=title, can_withdraw=False)


def visit_title(visit: Visit) -> str:
    """What a visit is called in a list: its purpose and day."""
    return translate(
        "{visit} of {day}", visit=visit_word(visit.purpose), day=short_day(visit.visited_on)
    )


def open_work_summary(work: Sequence[OpenWork]) -> Message:
    """`34 things, the first of them: Mend the lift; Review the plans; Return the files`."""
    first = "; ".join(one.title for one in work[:FIRST_TITLES])
    if len(work) <= FIRST_TITLES:
        return verbatim(first)
    return message("{n} things, the first of them: {first}", n=len(work), first=first)
