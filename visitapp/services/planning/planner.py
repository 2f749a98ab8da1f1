"""The planner: the visits of a month and of a year against the days there are, and what slips."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.records import PlannedStatus, PlannedVisit, Setting
from visitapp.rules.policy.model import Policy
from visitapp.rules.text import folded
from visitapp.rules.visiting.due import add_months
from visitapp.rules.visiting.planned_visit_life import LATEST_DAY, OPEN_PLANS
from visitapp.services.context import Desk
from visitapp.services.holders.people import holders
from visitapp.services.lookup import find, find_user
from visitapp.services.planning.due import due_visits
from visitapp.services.planning.queries import planned_views
from visitapp.services.risk.known import known_risks, risk_order
from visitapp.services.settings.rag_order import RAG_ORDER
from visitapp.services.views.planner import (
    MonthLoad,
    PlannedEntry,
    PlannedPlace,
    PlannerDay,
    PlannerMonth,
    PlannerWeek,
    Slip,
    Whose,
    YearRow,
)
from visitapp.services.views.planning import STARTED, WITHDRAWN, DueVisit, PlannedView
from visitapp.standing.ratings import current_ratings

_MONTHS = 12
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


class Planner:
    """The planned visits of this device by day, month and year."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def whose(self) -> list[Whose]:
        """Whose plans can be looked at: everybody's, a team's, an officer's."""
        with self._desk.reading() as session:
            known = holders(session)
        teams = sorted({one.team for one in known if one.team}, key=folded)
        return [
            Whose(),
            *(Whose(team=team) for team in teams),
            *(Whose(officer_id=one.id, officer=one.title, team=one.team) for one in known),
        ]

    def month(self, day: date, whose: Whose) -> PlannerMonth:
        """The weeks of the month of a day, whole ones, with what is planned on each day."""
        first = day.replace(day=1)
        start = first - timedelta(days=first.weekday())
        after = add_months(first, 1)
        end = after + timedelta(days=(7 - after.weekday()) % 7)
        with self._desk.reading() as session:
            policy, people = self._desk.policy(session), self._people(session, whose)
            plans = self._plans(session, start, end - _DAY, people)
            rags = _rags(session)
        by_day: dict[date, list[PlannedEntry]] = defaultdict(list)
        for plan in plans:
            rag = rags.get(plan.setting_id, "unrated")
            by_day[plan.planned_on].append(PlannedEntry(plan=plan, rag=rag))
        calendar, weeks = policy.working_days.days(), []
        while start < end:
            days = [start + timedelta(days=n) for n in range(7)]
            found = [one for one in plans if start <= one.planned_on < start + _WEEK]
            weeks.append(
                PlannerWeek(
                    days=[
                        PlannerDay(
                            day=one, working=calendar.is_working(one), entries=by_day.get(one, [])
                        )
                        for one in days
                    ],
                    needed=_needed(found, policy),
                    available=_available(start, start + _WEEK, len(people), policy),
                )
            )
            start += _WEEK
        return PlannerMonth(first=first, weeks=weeks)

    def load(self, first: date, whose: Whose) -> list[MonthLoad]:
        """Days planned against days available, of twelve months from that of a day on."""
        with self._desk.reading() as session:
            policy, people = self._desk.policy(session), self._people(session, whose)
            months = _months(first)
            plans = self._plans(session, months[0], add_months(months[-1], 1) - _DAY, people)
        return _loads(months, plans, len(people), policy)

    def year(self, first: date) -> list[YearRow]:
        """The same for each officer, by team and name, with each team's sum after its officers."""
        months = _months(first)
        with self._desk.reading() as session:
            policy, known = self._desk.policy(session), holders(session)
            plans = self._plans(session, months[0], add_months(months[-1], 1) - _DAY, None)
        by_officer: dict[str, list[PlannedView]] = defaultdict(list)
        for plan in plans:
            by_officer[plan.officer_id or ""].append(plan)
        rows = []
        for team in sorted({one.team for one in known}, key=lambda team: (not team, folded(team))):
            own = [one for one in known if one.team == team and by_officer.get(one.id)]
            for one in own:
                loads = _loads(months, by_officer[one.id], 1, policy)
                whose = Whose(officer_id=one.id, officer=one.title, team=team)
                rows.append(YearRow(whose=whose, months=loads))
            if team and len(own) > 1:
                together = [plan for one in own for plan in by_officer[one.id]]
                loads = _loads(months, together, len(own), policy)
                rows.append(YearRow(whose=Whose(team=team), months=loads))
        return rows

    def slipping(self, whose: Whose) -> list[Slip]:
        """The visits that are late, will be by their plans, or are due soon without one: those of
        the highest live risk first, of one risk those of the worst rating, then the latest."""
        today = self._desk.today()
        with self._desk.reading() as session:
            policy, people = self._desk.policy(session), self._people(session, whose)
            soon = today + timedelta(days=policy.visits.due_soon_days)
            late = [
                one
                for one in due_visits(session, self._desk)
                if one.officer_id in people and _slips(one, today, soon)
            ]
            rags = _rags(session)
            risks = known_risks(session, self._desk, {one.setting_id for one in late})
        calendar, found = policy.working_days.days(), []
        for due in late:
            day = calendar.last_working_day(due.due.due_on)
            found.append(
                Slip(
                    due=due,
                    rag=rags.get(due.setting_id, "unrated"),
                    offered_on=day if day >= today else calendar.working_day(today),
                    risk=risks.get(due.setting_id),
                )
            )
        return sorted(
            found,
            key=lambda one: (
                risk_order(one.risk),
                RAG_ORDER.get(one.rag, len(RAG_ORDER)),
                one.due.due.due_on,
                folded(one.due.setting),
            ),
        )

    def to_come(self, whose: Whose) -> list[PlannedPlace]:
        """The visits from today on that are still to be made, with where they are."""
        today = self._desk.today()
        with self._desk.reading() as session:
            plans = self._plans(session, today, LATEST_DAY, self._people(session, whose))
            return _placed(session, [one for one in plans if one.state in (*OPEN_PLANS, STARTED)])

    def to_come_of(self, officer: str | None) -> list[PlannedPlace]:
        """As `to_come`, of the user with this sign-in name, or of everybody. Raises NotFound."""
        if officer is None:
            return self.to_come(Whose())
        with self._desk.reading() as session:
            user = find_user(session, officer)
        return self.to_come(Whose(officer_id=user.id))

    def place_of(self, plan_id: str) -> list[PlannedPlace]:
        """One planned visit, with where it is. Raises NotFound."""
        with self._desk.reading() as session:
            find(session, PlannedVisit, plan_id)
            moves, one = self._desk.policy(session).visits.moves_to_lead, PlannedVisit.id == plan_id
            return _placed(session, planned_views(session, self._desk.today(), moves, one))

    @staticmethod
    def _people(session: Session, whose: Whose) -> set[str]:
        if whose.officer_id:
            return {whose.officer_id}
        known = holders(session)
        return {one.id for one in known if not whose.team or one.team == whose.team}

    def _plans(
        self, session: Session, first: date, last: date, people: set[str] | None
    ) -> list[PlannedView]:
        """The planned visits of a time, made ones included, that one of these people makes."""
        views = planned_views(
            session,
            self._desk.today(),
            self._desk.policy(session).visits.moves_to_lead,
            PlannedVisit.planned_on.between(first, last),
            PlannedVisit.status != PlannedStatus.CANCELLED,
        )
        return [
            one
            for one in views
            if one.state != WITHDRAWN and (people is None or (one.officer_id or "") in people)
        ]


def _slips(due: DueVisit, today: date, soon: date) -> bool:
    """Whether the visit is late, will be by its plan, or is due soon and has none."""
    plan, last = due.planned_on, due.due.due_on
    return last <= soon if plan is None else plan > last or plan < today


def _placed(session: Session, plans: Sequence[PlannedView]) -> list[PlannedPlace]:
    found = session.execute(select(Setting.id, Setting.address, Setting.postcode))
    places = {row.id: ", ".join(filter(None, (row.address, row.postcode))) for row in found}
    return [PlannedPlace(plan, places.get(plan.setting_id, "")) for plan in plans]


def _rags(session: Session) -> Mapping[str, str]:
    ratings = current_ratings().c
    found = session.execute(select(ratings.setting_id, ratings.rag))
    return {row.setting_id: row.rag for row in found}


def _months(first: date) -> list[date]:
    start = first.replace(day=1)
    return [add_months(start, n) for n in range(_MONTHS)]


def _loads(
    months: Sequence[date], plans: Iterable[PlannedView], people: int, policy: Policy
) -> list[MonthLoad]:
    by_month: dict[date, list[PlannedView]] = defaultdict(list)
    for plan in plans:
        by_month[plan.planned_on.replace(day=1)].append(plan)
    return [
        MonthLoad(
            first=month,
            needed=_needed(by_month.get(month, ()), policy),
            available=_available(month, add_months(month, 1), people, policy),
        )
        for month in months
    ]


def _needed(plans: Iterable[PlannedView], policy: Policy) -> float:
    half = policy.visits.half_days
    return sum(0.5 if plan.purpose in half else 1 for plan in plans)


def _available(first: date, after: date, people: int, policy: Policy) -> float:
    """Whole and half days: of each week's working days, the policy's share."""
    calendar = policy.working_days.days()
    working = calendar.between(first - _DAY, after - _DAY)
    return people * (working * policy.visits.days_a_week * 2 // 5) / 2
