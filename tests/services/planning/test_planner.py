"""The planner: the visits of a month and a year against the days there are, and what slips."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.support.desk.colleagues import bring
from visitapp.errors import NotFound
from visitapp.records import Role
from visitapp.services.services import Services
from visitapp.services.views.planner import Slip, Whose

TODAY = date(2026, 11, 22)
DAY = date(2026, 12, 10)


def mine(services: Services) -> Whose:
    me = services.me()
    return next(one for one in services.planner.whose() if one.officer_id == me.id)


def test_a_month_has_whole_weeks_and_each_visit_on_its_day(
    services: Services, homes: list[str]
) -> None:
    plan = services.planning.plan(homes[0], planned_on=DAY)
    month = services.planner.month(DAY, mine(services))
    assert month.first == date(2026, 12, 1)
    assert {len(week.days) for week in month.weeks} == {7}
    days = [day for week in month.weeks for day in week.days]
    assert days[0].day == date(2026, 11, 30)
    assert days[-1].day == date(2027, 1, 3)
    assert {day.day: [entry.plan for entry in day.entries] for day in days if day.entries} == {
        DAY: [plan]
    }
    closed = [day.day.day for day in days if not day.working and day.day.weekday() < 5]
    assert closed == [25, 28, 1], "Christmas, the day for Boxing Day, New Year"


def test_a_desk_review_takes_half_a_day_and_bank_holidays_take_days_away(
    services: Services, homes: list[str]
) -> None:
    services.planning.plan(homes[0], planned_on=date(2026, 12, 29))
    services.planning.plan(homes[1], "desktop", date(2026, 12, 30))
    week = services.planner.month(DAY, mine(services)).weeks[-1]
    assert (week.needed, week.available) == (1.5, 2.0)
    december = services.planner.load(DAY, mine(services))[0]
    assert (december.first, december.needed, december.available) == (
        date(2026, 12, 1),
        1.5,
        16.5,
    )


def test_a_cancelled_visit_takes_no_day_and_a_moved_one_its_new_day(
    services: Services, homes: list[str]
) -> None:
    moved = services.planning.plan(homes[0], planned_on=DAY)
    cancelled = services.planning.plan(homes[1], planned_on=DAY)
    services.planning.cancel(cancelled.id, "Not needed")
    services.planning.move(moved.id, date(2027, 1, 12), "The manager is on leave")
    months = services.planner.load(TODAY, mine(services))
    assert [one.needed for one in months[:3]] == [0, 0, 1]


def test_the_year_is_by_officer_and_team(services: Services, homes: list[str]) -> None:
    bring(services, ann=Role.OFFICER, bob=Role.OFFICER)
    services.planning.plan(homes[0], planned_on=DAY, officer="ann")
    services.planning.plan(homes[1], planned_on=DAY, officer="bob")
    rows = services.planner.year(TODAY)
    by_officer = {row.whose.officer: row for row in rows if row.whose.officer_id}
    assert [one.months[1].needed for one in by_officer.values()] == [1, 1]
    for row in rows:
        if not row.whose.officer_id:
            own = [one for one in by_officer.values() if one.whose.team == row.whose.team]
            assert row.months[1].needed == sum(one.months[1].needed for one in own)
            assert row.months[1].available == sum(one.months[1].available for one in own)
    ann = Whose(officer_id=by_officer["Ann"].whose.officer_id) if "Ann" in by_officer else None
    if ann is not None:
        entries = [
            entry.plan.setting_id
            for week in services.planner.month(DAY, ann).weeks
            for day in week.days
            for entry in day.entries
        ]
        assert entries == [homes[0]]


def test_what_slips_is_due_soon_without_a_day_or_planned_after_its_date(
    services: Services, homes: list[str]
) -> None:
    def slips() -> dict[str, Slip]:
        found = services.planner.slipping(mine(services))
        return {one.due.setting_id: one for one in found if one.due.due.purpose == "annual"}

    assert set(slips()) == set(homes), "both are due within 28 days and have no day"
    due = services.planning.due(setting_id=homes[0])[0].due.due_on
    services.planning.plan(homes[0], planned_on=due - timedelta(days=4))
    assert set(slips()) == {homes[1]}
    plan = services.planning.list(homes[0])[0]
    services.planning.move(plan.id, due + timedelta(days=5), "No earlier day is free")
    assert set(slips()) == set(homes)
    assert slips()[homes[0]].offered_on <= due


def test_a_calendar_has_the_visits_to_come_with_their_places(
    services: Services, homes: list[str]
) -> None:
    plan = services.planning.plan(homes[0], planned_on=DAY)
    cancelled = services.planning.plan(homes[1], planned_on=DAY)
    services.planning.cancel(cancelled.id, "Not needed")
    (found,) = services.planner.to_come(mine(services))
    assert found.plan == plan
    assert found.address
    assert services.planner.place_of(plan.id) == [found]
    with pytest.raises(NotFound):
        services.planner.place_of("nothing")
