"""Planned visits: plan one, move, confirm or cancel it; which visits are due, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from visitapp.dates import short_day
from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import (
    ASSESSMENTS,
    PlannedStatus,
    PlannedVisit,
    Purpose,
    Setting,
)
from visitapp.rules.market_choices import SettingStatus
from visitapp.rules.visiting.due import by_purpose
from visitapp.rules.visiting.planned_visit_life import OPEN_PLANS, day_fault
from visitapp.rules.visiting.working_days import Calendar
from visitapp.services.context import Desk
from visitapp.services.lookup import find, find_user
from visitapp.services.permission import actor_of
from visitapp.services.planning.counts import visit_counts
from visitapp.services.planning.due import due_visits
from visitapp.services.planning.queries import planned_views, who_makes
from visitapp.services.views.planning import STARTED, DueVisit, PlannedView, VisitCount
from visitapp.services.visits.form_fit import require_fitting
from visitapp.standing.due import visits_due
from visitapp.standing.planned import carried_out_by, is_open_plan
from visitapp.standing.steps import new_step
from visitapp.vocabulary import visit_message

_WEEKS_AHEAD = timedelta(weeks=4)


class Planning:
    """What a person can do with planned visits."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def plan(
        self,
        setting_id: str,
        purpose: str = Purpose.ANNUAL,
        planned_on: date | None = None,
        *,
        due_on: date | None = None,
        form_id: str | None = None,
        officer: str | None = None,
    ) -> PlannedView:
        """Plan a visit of a setting for a day, by default the last working day of its window.

        The window closes on `due_on`, by default the day it is due for this purpose, and opens as
        many days before as the policy says. `officer`: the sign-in name of whoever makes it, by
        default whoever holds the setting. Raises NotFound, Refused BAD_VALUE or FORM_UNFIT, and
        Refused ALREADY_THERE when the visit of this window is planned already.
        """
        if purpose not in set(Purpose) - ASSESSMENTS:
            raise Refused(
                Code.BAD_VALUE, message("“{purpose}” is not a purpose of a visit.", purpose=purpose)
            )
        with self._desk.transaction() as session:
            setting = find(session, Setting, setting_id)
            if setting.status != SettingStatus.OPEN:
                raise Refused(Code.BAD_VALUE, message("{setting} is closed.", setting=setting.name))
            if form_id is not None:
                require_fitting(self._desk.library.form(form_id), setting, purpose)
            policy, today = self._desk.policy(session), self._desk.today()
            closes = due_on or self._due_on(session, setting_id, purpose) or planned_on
            if closes is None:
                raise Refused(
                    Code.BAD_VALUE,
                    message("No rule says when this visit is due, so say on which day it is."),
                )
            day = planned_on or _by_default(closes, today, policy.working_days.days())
            _require_days(day, closes)
            _require_to_come(day, today)
            _require_new(session, setting_id, purpose, closes)
            plan = PlannedVisit(
                setting_id=setting.id,
                purpose=purpose,
                form_id=form_id,
                officer_id=_another(session, setting, officer),
                window_from=closes - timedelta(days=policy.visits.opens_days),
                window_to=closes,
                first_planned_on=day,
            )
            session.add(plan)
            session.flush()
            return self._view(session, plan.id)

    def day_to_offer(self, closes: date | None) -> date:
        """The last working day of a window that closes on a day, or the first from today on once it
        is past; without a window, four weeks from today."""
        with self._desk.reading() as session:
            calendar = self._desk.policy(session).working_days.days()
        today = self._desk.today()
        return _by_default(closes or today + _WEEKS_AHEAD, today, calendar)

    def move(self, plan_id: str, day: date, reason: str) -> PlannedView:
        """Move a planned visit to another day, which is then to be confirmed again.

        Raises NotFound, Refused BAD_VALUE, or Refused STEP_REFUSED without a reason.
        """
        _require_to_come(day, self._desk.today())
        return self._step(plan_id, PlannedStatus.PLANNED, reason, {"planned_on": day})

    def confirm(self, plan_id: str) -> PlannedView:
        """Note that the day is agreed. Raises NotFound or Refused STEP_REFUSED."""
        day = self.view(plan_id).planned_on
        return self._step(plan_id, PlannedStatus.CONFIRMED, "", {"planned_on": day})

    def cancel(self, plan_id: str, reason: str) -> PlannedView:
        """Cancel a planned visit. Raises NotFound, or Refused STEP_REFUSED without a reason."""
        return self._step(plan_id, PlannedStatus.CANCELLED, reason, {})

    def give_to(self, plan_id: str, officer: str | None) -> PlannedView:
        """Let somebody make a planned visit, by sign-in name; None: whoever holds the setting.

        Raises NotFound, or Refused BAD_VALUE for one that is not to be made any more.
        """
        with self._desk.transaction() as session:
            plan = self._open(session, plan_id)
            setting = session.get_one(Setting, plan.setting_id)
            plan.officer_id = _another(session, setting, officer)
            session.flush()
            return self._view(session, plan.id)

    def view(self, plan_id: str) -> PlannedView:
        """One planned visit. Raises NotFound."""
        with self._desk.reading() as session:
            return self._view(session, find(session, PlannedVisit, plan_id).id)

    def list(
        self,
        setting_id: str | None = None,
        officer: str | None = None,
        *,
        open_only: bool = False,
        for_lead: bool = False,
    ) -> Sequence[PlannedView]:
        """Planned visits, the earliest first. `officer`: a sign-in name; `open_only` leaves out
        those made or cancelled; `for_lead` keeps those moved so often that a team lead sees
        them."""
        with self._desk.reading() as session:
            moves = self._desk.policy(session).visits.moves_to_lead
            conditions: Sequence[ColumnElement[bool]] = []
            if setting_id is not None:
                conditions = [PlannedVisit.setting_id == setting_id]
            if officer is not None:
                conditions = [*conditions, who_makes() == find_user(session, officer).id]
            if open_only or for_lead:
                conditions = [*conditions, is_open_plan()]
            if for_lead:
                conditions = [*conditions, PlannedVisit.moved_count >= moves]
            return planned_views(session, self._desk.today(), moves, *conditions)

    def next_to_make(self, setting_id: str) -> PlannedView | None:
        """The planned visit of a setting that a visit of today would carry out: the earliest whose
        day or window has begun and of which none is started."""
        today = self._desk.today()
        found = self.list(setting_id, open_only=True)
        begun = (one for one in found if min(one.window_from, one.planned_on) <= today)
        return next((one for one in begun if one.state != STARTED), None)

    def due(
        self,
        officer: str | None = None,
        setting_id: str | None = None,
        until: date | None = None,
    ) -> Sequence[DueVisit]:
        """The visits that settings are due, one for each purpose, the earliest first. `officer`: a
        sign-in name, of whoever holds them; `until`: only those due by that day."""
        with self._desk.reading() as session:
            holder = find_user(session, officer).id if officer else None
            found = due_visits(session, self._desk, None if setting_id is None else [setting_id])
            return [
                one
                for one in found
                if (holder is None or one.officer_id == holder)
                and (until is None or one.due.due_on <= until)
            ]

    def counts(
        self, by: Sequence[str], first: date | None = None, last: date | None = None
    ) -> Sequence[VisitCount]:
        """As `visit_counts`."""
        with self._desk.reading() as session:
            return visit_counts(session, by, first, last)

    def _step(self, plan_id: str, after: str, reason: str, fields: dict[str, Any]) -> PlannedView:
        for day in fields.values():
            _require_days(day)
        with self._desk.transaction() as session:
            plan = self._open(session, plan_id)
            actor = actor_of(self._desk.user(session))
            step = new_step(plan, after, actor, self._desk.clock(), reason=reason, fields=fields)
            session.add(step)
            session.flush()
            return self._view(session, plan.id)

    def _open(self, session: Session, plan_id: str) -> PlannedVisit:
        plan = find(session, PlannedVisit, plan_id)
        made = select(carried_out_by()).where(PlannedVisit.id == plan.id)
        if plan.status in OPEN_PLANS and session.scalar(made) is not None:
            raise Refused(
                Code.BAD_VALUE,
                message("This visit was made and signed off, so its plan stays as it is."),
            )
        return plan

    def _due_on(self, session: Session, setting_id: str, purpose: str) -> date | None:
        policy = self._desk.policy(session)
        dues = visits_due(session, policy, self._desk.quality_forms(), [setting_id])
        due = by_purpose(dues.get(setting_id, ())).get(purpose)
        return due.due_on if due else None

    def _view(self, session: Session, plan_id: str) -> PlannedView:
        moves = self._desk.policy(session).visits.moves_to_lead
        return planned_views(session, self._desk.today(), moves, PlannedVisit.id == plan_id)[0]


def _by_default(closes: date, today: date, calendar: Calendar) -> date:
    """The last working day of the window, or the first from today on once that is past."""
    day = calendar.last_working_day(closes)
    return day if day >= today else calendar.working_day(today)


def _require_days(*days: date) -> None:
    for day in days:
        fault = day_fault(day)
        if fault:
            raise Refused(Code.BAD_VALUE, fault)


def _require_to_come(day: date, today: date) -> None:
    if day < today:
        raise Refused(
            Code.BAD_VALUE,
            message("{day} is past.", day=short_day(day)),
            message("Plan the visit for today or a later day."),
        )


def _require_new(session: Session, setting_id: str, purpose: str, closes: date) -> None:
    same = select(PlannedVisit.planned_on).where(
        PlannedVisit.setting_id == setting_id,
        PlannedVisit.purpose == purpose,
        PlannedVisit.window_to == closes,
        is_open_plan(),
    )
    day = session.scalar(same.limit(1))
    if day is not None:
        raise Refused(
            Code.ALREADY_THERE,
            message(
                "This visit is already planned: {visit}, {day}.",
                visit=visit_message(purpose),
                day=short_day(day),
            ),
            message("Move it, or plan another one with its own due date."),
        )


def _another(session: Session, setting: Setting, officer: str | None) -> str | None:
    """The id of the officer, where it is not whoever holds the setting."""
    if officer is None:
        return None
    user = find_user(session, officer)
    return None if user.id == setting.officer_id else user.id
