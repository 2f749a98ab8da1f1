"""The series of visits that an intervention officer plans."""

from __future__ import annotations

from datetime import date, timedelta

from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import Intervention, Purpose, User
from visitapp.rules.interventions.states import OPEN_INTERVENTIONS
from visitapp.services.context import Desk
from visitapp.services.lookup import find
from visitapp.services.planning.planning import Planning
from visitapp.services.views.planning import PlannedView

MOST_VISITS = 40
"""Visits that are planned at once."""


class VisitSeries:
    """Planned visits of an intervention."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def plan(
        self, id_: str, count: int, first: date | None = None, weeks: int | None = None
    ) -> list[PlannedView]:
        """Plan a series of visits by the intervention officer, each so many weeks after the last
        (by default as the policy says), the first on the first working day from `first` on, by
        default today or its start.

        Raises NotFound, or Refused BAD_VALUE or ALREADY_THERE; then no more are planned.
        """
        with self._desk.reading() as session:
            usual = self._desk.policy(session).interventions.visit_weeks
            apart = usual if weeks is None else weeks
            if not 1 <= count <= MOST_VISITS or not 1 <= apart <= 26:
                what = message("Plan 1 to {most} visits, 1 to 26 weeks apart.", most=MOST_VISITS)
                raise Refused(Code.BAD_VALUE, what)
            record = find(session, Intervention, id_)
            officer = session.get(User, record.officer_id) if record.officer_id else None
            if record.status not in OPEN_INTERVENTIONS or officer is None:
                raise Refused(
                    Code.BAD_VALUE, message("Visits are planned while an intervention is open.")
                )
            calendar = self._desk.policy(session).working_days.days()
            setting_id, name = record.setting_id, officer.name
            start = max(first or record.starts_on or date.min, self._desk.today())
        days = [calendar.working_day(start + timedelta(weeks=apart * n)) for n in range(count)]
        planning = Planning(self._desk)
        return [
            planning.plan(setting_id, Purpose.INTERVENTION, day, due_on=day, officer=name)
            for day in days
        ]
