"""Interventions as they are shown."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from visitapp.errors import Refused
from visitapp.records import (
    ExitCriterion,
    Intervention,
    InterventionStatus,
    PlannedVisit,
    Purpose,
    Rag,
    Setting,
    Step,
    Visit,
)
from visitapp.rules.interventions.intervention_life import INTERVENTION, held_until
from visitapp.rules.interventions.states import UNFINISHED_INTERVENTIONS
from visitapp.rules.policy.authority import is_left_to
from visitapp.services.context import Desk
from visitapp.services.interventions.figures import figures_on
from visitapp.services.interventions.questions import question_words
from visitapp.services.interventions.views import (
    CriterionView,
    InterventionLine,
    InterventionView,
    MadeVisit,
)
from visitapp.services.lookup import titles
from visitapp.services.planning.queries import planned_views
from visitapp.services.views.people import Person
from visitapp.services.views.planning import PlannedView
from visitapp.standing.interventions.criteria import Criterion, criteria_of, hold_since
from visitapp.standing.interventions.weak_areas import carried_areas
from visitapp.standing.planned import is_open_plan
from visitapp.standing.tailored_forms import unverified_actions
from visitapp.standing.visits import is_visit, stands

_KIND = Intervention.__tablename__


def intervention_lines(
    session: Session, today: date, *conditions: ColumnElement[bool]
) -> list[InterventionLine]:
    """The interventions that meet the conditions, unfinished ones first, then the newest first."""
    over = case((Intervention.status.in_(UNFINISHED_INTERVENTIONS), 0), else_=1)
    rows = session.execute(
        select(Intervention, Setting.name)
        .join(Setting, Setting.id == Intervention.setting_id)
        .where(Intervention.deleted.is_(False), *conditions)
        .order_by(over, Intervention.id.desc())
    ).all()
    names = titles(session, [record.officer_id for record, _ in rows])
    coming = _next_visits(session)
    return [_line(session, record, setting, names, coming, today) for record, setting in rows]


def _next_visits(session: Session) -> dict[str, date]:
    """By setting, the first day on which an intervention visit is planned."""
    found = session.execute(
        select(PlannedVisit.setting_id, func.min(PlannedVisit.planned_on).label("first"))
        .where(PlannedVisit.purpose == Purpose.INTERVENTION, is_open_plan())
        .group_by(PlannedVisit.setting_id)
    )
    return {one.setting_id: one.first for one in found}


def _line(
    session: Session,
    record: Intervention,
    setting: str,
    names: dict[str, str],
    coming: dict[str, date],
    today: date,
) -> InterventionLine:
    criteria = criteria_of(session, record, record.ended_on or today)
    return InterventionLine(
        id=record.id,
        setting_id=record.setting_id,
        setting=setting,
        status=record.status,
        officer=names.get(record.officer_id or "", ""),
        referred_on=record.referred_on,
        starts_on=record.starts_on,
        planned_to=record.planned_to,
        ended_on=record.ended_on,
        result=record.result or "",
        criteria=len(criteria),
        holding=sum(one.state.since is not None for one in criteria),
        next_visit=coming.get(record.setting_id) if record.ended_on is None else None,
    )


def intervention_view(session: Session, desk: Desk, record: Intervention) -> InterventionView:
    """An intervention in full, on this device's records."""
    today, user = desk.today(), desk.user(session)
    setting = session.get_one(Setting, record.setting_id)
    last = min(record.ended_on or today, today)
    first = min(record.decided_on or record.referred_on, last)
    criteria = criteria_of(session, record, last)
    names = titles(
        session, [record.created_by, record.decided_by, record.officer_id, setting.officer_id]
    )
    values = {name: getattr(record, name) for name in INTERVENTION.derived.fields}
    open_ = record.status in UNFINISHED_INTERVENTIONS
    return InterventionView(
        id=record.id,
        setting_id=record.setting_id,
        setting=setting.name,
        status=record.status,
        referred_on=record.referred_on,
        referred_by=names.get(record.created_by, ""),
        why=record.why,
        grounds=record.grounds,
        decided_on=record.decided_on,
        decided_by=names.get(record.decided_by or "", ""),
        officer_id=record.officer_id,
        officer=names.get(record.officer_id or "", ""),
        contract_officer=names.get(setting.officer_id or "", ""),
        starts_on=record.starts_on,
        planned_to=record.planned_to,
        sustain_months=record.sustain_months,
        sustained_from=record.sustained_from,
        held_until=held_until(values),
        stepped_down_on=record.stepped_down_on,
        ended_on=record.ended_on,
        ended_reason=_ended_reason(session, record),
        result=record.result or "",
        summary=record.summary or "",
        criteria=[_criterion(desk, one) for one in criteria],
        hold_since=hold_since(criteria),
        before=figures_on(session, desk.form_of, record, first),
        after=figures_on(session, desk.form_of, record, last),
        visits=_made(session, record, last),
        planned=_planned(session, desk, record) if open_ else [],
        carried_actions=len(unverified_actions(session, record.setting_id)) if open_ else 0,
        carried_areas=_carried(session, desk, record) if open_ else [],
        next_states=[
            after
            for after in INTERVENTION.next_states(record.status, user.role)
            if after == record.status or is_left_to(user.limits, _KIND, after, user.role)
        ],
        may_change=_may_change(record, user),
    )


def _may_change(record: Intervention, user: Person) -> bool:
    """To stay in its state is the step that gives it another officer or end."""
    rule = INTERVENTION.rule(record.status, record.status)
    left = is_left_to(user.limits, _KIND, record.status, user.role)
    return rule is not None and user.role in rule.roles and left


def _criterion(desk: Desk, one: Criterion) -> CriterionView:
    record: ExitCriterion = one.record
    return CriterionView(
        id=record.id,
        text=record.text,
        measure=record.measure,
        bound=record.bound,
        unit=record.unit,
        needed=record.needed,
        times=record.times,
        question=record.question,
        asks=question_words(desk, record.question) if record.question else "",
        how_checked=record.how_checked,
        state=one.state,
    )


def _ended_reason(session: Session, record: Intervention) -> str:
    if record.status not in (InterventionStatus.REFUSED, InterventionStatus.WITHDRAWN):
        return ""
    found = session.scalars(
        select(Step.reason)
        .where(Step.kind == _KIND, Step.record_id == record.id, Step.accepted.is_(True))
        .order_by(Step.created_at.desc(), Step.id.desc())
        .limit(1)
    ).first()
    return found or ""


def _made(session: Session, record: Intervention, last: date) -> list[MadeVisit]:
    """The intervention visits that were signed off since the start, numbered in their order."""
    if record.starts_on is None:
        return []
    found = session.scalars(
        select(Visit)
        .where(
            Visit.setting_id == record.setting_id,
            Visit.purpose == Purpose.INTERVENTION,
            Visit.visited_on >= record.starts_on,
            Visit.visited_on <= last,
            stands(Visit),
            is_visit(Visit),
        )
        .order_by(Visit.visited_on, Visit.id)
    )
    return [
        MadeVisit(
            id=visit.id,
            number=number,
            on=visit.visited_on,
            purpose=visit.purpose,
            rag=visit.outcome["overall"] if visit.outcome else Rag.UNRATED,
        )
        for number, visit in enumerate(found, 1)
    ]


def _planned(session: Session, desk: Desk, record: Intervention) -> list[PlannedView]:
    moves = desk.policy(session).visits.moves_to_lead
    mine = (
        PlannedVisit.setting_id == record.setting_id,
        PlannedVisit.purpose == Purpose.INTERVENTION,
        is_open_plan(),
    )
    found = planned_views(session, desk.today(), moves, *mine)
    return sorted(found, key=lambda one: one.planned_on)


def _carried(session: Session, desk: Desk, record: Intervention) -> list[str]:
    """The titles of the areas that the next visit looks at again."""
    carried = carried_areas(session, desk.quality_forms(), record.setting_id, desk.today())
    if carried is None or not carried.areas:
        return []
    try:
        titles_of = {area.id: area.title for area in desk.form_of(carried.visit).areas}
    except Refused:
        return []
    return [titles_of.get(name, name) for name in carried.areas]
