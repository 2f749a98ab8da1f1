"""Where the exit criteria of an intervention stand, from the records of its setting."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.language import Message, counted, message
from visitapp.records import (
    Action,
    ActionStatus,
    Answer,
    Concern,
    CriterionReading,
    ExitCriterion,
    ImprovementPlan,
    Intervention,
    PlanStatus,
    Rag,
    Rating,
    Visit,
)
from visitapp.rules.choices import RatingCause, RatingKind
from visitapp.rules.concerns.states import Severity
from visitapp.rules.interventions.criteria import (
    CriterionState,
    Measured,
    Needed,
    all_hold_since,
    needed_of,
    state_of,
    state_of_time,
)
from visitapp.rules.interventions.states import Measure
from visitapp.rules.market.setting_facts import in_order
from visitapp.rules.market_choices import FactKind
from visitapp.rules.ratings import EFFECTIVE
from visitapp.standing.facts import facts_of
from visitapp.standing.indicators.concerns import counted_concerns
from visitapp.standing.visits import is_visit, stands


class Criterion(NamedTuple):
    """One criterion, and where it stands."""

    record: ExitCriterion
    state: CriterionState


class _Asked(NamedTuple):
    session: Session
    intervention: Intervention
    criterion: ExitCriterion
    today: date

    @property
    def needed(self) -> Needed:
        """What the criterion asks for."""
        names = ("measure", "bound", "unit", "needed", "times")
        return needed_of({name: getattr(self.criterion, name) for name in names})

    @property
    def first_day(self) -> date:
        """The day from which the setting is looked at."""
        return self.intervention.decided_on or self.intervention.referred_on


def criteria_of(session: Session, intervention: Intervention, today: date) -> list[Criterion]:
    """The exit criteria in the order in which they were set, and where each stood on a day."""
    found = session.scalars(
        select(ExitCriterion)
        .where(
            ExitCriterion.intervention_id == intervention.id,
            ExitCriterion.deleted.is_(False),
        )
        .order_by(ExitCriterion.id)
    )
    return [
        Criterion(one, _STATES[Measure(one.measure)](_Asked(session, intervention, one, today)))
        for one in found
    ]


def hold_since(criteria: Sequence[Criterion]) -> date | None:
    """The day from which all of them hold; None while one does not."""
    return all_hold_since([one.state for one in criteria])


def criteria_fault(session: Session, intervention: Intervention, day: date) -> Message | None:
    """Why the time in which results are sustained cannot start on a day; None when it can."""
    criteria = criteria_of(session, intervention, day)
    if not criteria:
        return message("Set the exit criteria of the intervention first.")
    short = [one.record.text for one in criteria if one.state.since is None]
    if not short:
        return None
    return counted(
        "This exit criterion does not hold yet: {criteria}",
        "These exit criteria do not hold yet: {criteria}",
        len(short),
        criteria="; ".join(short),
    )


def plan_of(session: Session, intervention: Intervention) -> ImprovementPlan | None:
    """The improvement plan that an intervention is to bring to its end: the newest of the setting
    that was not over when it was referred."""
    return session.scalars(
        select(ImprovementPlan)
        .where(
            ImprovementPlan.setting_id == intervention.setting_id,
            ImprovementPlan.deleted.is_(False),
            ImprovementPlan.status != PlanStatus.WITHDRAWN,
            ImprovementPlan.ended_on.is_(None)
            | (ImprovementPlan.ended_on >= intervention.referred_on),
        )
        .order_by(ImprovementPlan.id.desc())
        .limit(1)
    ).first()


def verified_by(session: Session, plan: ImprovementPlan, days: Iterable[date]) -> list[Measured]:
    """How many actions of a plan were verified by the end of each day, of those that it has."""
    found = session.execute(
        select(Action.status, Action.verified_at).where(
            Action.plan_id == plan.id,
            Action.deleted.is_(False),
            Action.status != ActionStatus.WITHDRAWN,
        )
    ).all()
    on = [
        one.verified_at.astimezone().date()
        for one in found
        if one.status == ActionStatus.VERIFIED and one.verified_at
    ]
    return [Measured(on=day, value=sum(when <= day for when in on), of=len(found)) for day in days]


def _plan(asked: _Asked) -> CriterionState:
    plan = plan_of(asked.session, asked.intervention)
    if plan is None:
        return CriterionState(first=None, now=None, since=None)
    last = asked.today
    on = asked.session.scalars(
        select(Action.verified_at).where(
            Action.plan_id == plan.id,
            Action.deleted.is_(False),
            Action.status == ActionStatus.VERIFIED,
        )
    )
    verified = {when.astimezone().date() for when in on if when}
    days = {asked.first_day, last, *(day for day in verified if asked.first_day < day <= last)}
    found = verified_by(asked.session, plan, sorted(day for day in days if day <= last))
    return state_of(asked.needed, [one for one in found if one.of])


def _areas(asked: _Asked) -> CriterionState:
    rated = select(Rating.visit_id).where(
        Rating.setting_id == asked.intervention.setting_id,
        Rating.kind == RatingKind.QUALITY,
        Rating.cause == RatingCause.VISIT,
        Rating.state.in_(EFFECTIVE),
        Rating.deleted.is_(False),
    )
    visits = asked.session.execute(
        select(Visit.visited_on, Visit.outcome)
        .where(Visit.id.in_(rated), Visit.visited_on <= asked.today, stands(Visit))
        .order_by(Visit.visited_on, Visit.id)
    ).all()
    found = [
        Measured(
            on=one.visited_on,
            value=sum(area["rag"] == Rag.RED for area in one.outcome["areas"]),
        )
        for one in visits
        if one.outcome is not None
    ]
    before = [one for one in found if one.on <= asked.first_day]
    return state_of(asked.needed, [*before[-1:], *found[len(before) :]])


def _answer(asked: _Asked) -> CriterionState:
    """The samples and percentages that the question found, at visits of any purpose."""
    rows = asked.session.execute(
        select(Visit.visited_on, Answer.value, Answer.checked, Answer.met)
        .join(Visit, Visit.id == Answer.visit_id)
        .where(
            Visit.setting_id == asked.intervention.setting_id,
            Visit.visited_on <= asked.today,
            Answer.question == asked.criterion.question,
            Answer.deleted.is_(False),
            stands(Visit),
            is_visit(Visit),
        )
        .order_by(Visit.visited_on, Visit.id)
    )
    found = []
    for row in rows:
        if row.checked and row.met is not None:
            found.append(Measured(on=row.visited_on, value=row.met, of=row.checked))
        elif isinstance(row.value, int) and not isinstance(row.value, bool):
            found.append(Measured(on=row.visited_on, value=row.value, of=100))
    before = [one for one in found if one.on <= asked.first_day]
    return state_of(asked.needed, [*before[-1:], *found[len(before) :]])


def _concerns(asked: _Asked) -> CriterionState:
    """A restricted concern never counts: everybody who sees the setting sees the criterion."""
    grave = Concern.severity.in_([Severity.THREE, Severity.FOUR])
    found = asked.session.scalars(
        counted_concerns(Concern.received_at).where(
            grave, Concern.setting_id == asked.intervention.setting_id
        )
    )
    days = [at.astimezone().date() for at in found]
    last = max((day for day in days if day <= asked.today), default=asked.first_day)
    return state_of_time(asked.needed, last, asked.first_day, asked.today)


def _manager(asked: _Asked) -> CriterionState:
    """Since when the same manager is in post; noting them again changes nothing."""
    facts = facts_of(asked.session, [asked.intervention.setting_id]).get(FactKind.MANAGER, [])
    begun = [fact for fact in in_order(facts) if fact.since <= asked.today]
    start = None
    if begun and begun[-1].content and not _over(begun[-1].ends_on, asked.today):
        name = begun[-1].content.casefold()
        for fact in reversed(begun):
            if fact.content.casefold() != name:
                break
            start = fact.since
    return state_of_time(asked.needed, start, asked.first_day, asked.today)


def _over(ends_on: date | None, today: date) -> bool:
    return ends_on is not None and ends_on < today


def _readings(asked: _Asked) -> CriterionState:
    """Of several readings of one day the last that was written down counts."""
    rows = asked.session.scalars(
        select(CriterionReading)
        .where(
            CriterionReading.criterion_id == asked.criterion.id,
            CriterionReading.counted_on <= asked.today,
            CriterionReading.deleted.is_(False),
        )
        .order_by(CriterionReading.created_at, CriterionReading.id)
    )
    by_day = {
        row.counted_on: Measured(on=row.counted_on, value=row.counted, of=row.counted_of)
        for row in rows
    }
    return state_of(asked.needed, by_day.values())


_STATES: Mapping[Measure, Callable[[_Asked], CriterionState]] = {
    Measure.PLAN: _plan,
    Measure.AREAS: _areas,
    Measure.ANSWER: _answer,
    Measure.CONCERNS: _concerns,
    Measure.MANAGER: _manager,
    Measure.READING: _readings,
}
