"""What waits today: each subject's lines, whose they are, and what may be left until tomorrow."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.support.desk.colleagues import become, bring
from tests.support.desk.desks import Clock, signed_off_visit
from visitapp.records import RegulatorChange, Role, Setting, Visit
from visitapp.services.concerns.views import NewConcern
from visitapp.services.services import Services
from visitapp.services.today.items import NextStep, Part, TodayItem


def lines(services: Services, part: Part) -> list[TodayItem]:
    return [one for one in services.today.view().items if one.part == part]


def test_a_day_without_anything_names_the_next_visit(services: Services, homes: list[str]) -> None:
    today = services.desk.today()
    services.planning.plan(homes[0], "themed", today + timedelta(days=3))
    view = services.today.view()
    assert view.items == []
    assert (view.next_on, view.next_at) == (today + timedelta(days=3), "Heather Bank")
    assert view.has_settings


def test_visits_of_today_come_before_missed_ones_and_those_in_hand(
    services: Services, homes: list[str], clock: Clock
) -> None:
    clock.move_to(date(2026, 11, 20))
    services.planning.plan(homes[1], "themed", date(2026, 11, 20))
    clock.move_to(date(2026, 11, 23))
    services.planning.plan(homes[0], "risk_led", date(2026, 11, 23))
    today, missed = lines(services, Part.VISITS)
    assert (today.title, today.when, today.does) == ("Heather Bank", "Today", "start_visit")
    assert (missed.when, missed.late, missed.does) == ("3 days late", True, NextStep.MOVE_PLAN)
    draft = services.visits.start(homes[0], "residential-quality", purpose="risk_led")
    shown = lines(services, Part.VISITS)
    assert [(one.step, one.target) for one in shown if one.page] == [("Continue", draft.id)]
    assert "Start the visit" not in [one.step for one in shown], "it is in progress"


def test_an_overdue_visit_that_nobody_planned_is_to_be_planned(
    services: Services, homes: list[str], clock: Clock
) -> None:
    signed_off_visit(services, homes[0])
    clock.move_to(services.planning.due(setting_id=homes[0])[0].due.due_on + timedelta(days=2))
    (late,) = [one for one in lines(services, Part.VISITS) if one.target == homes[0]]
    assert (late.when, late.does) == ("2 days late", NextStep.PLAN_VISIT)
    assert not services.today.leave_until_tomorrow(late), "a late visit cannot wait"
    services.planning.plan(homes[0], late.id.split(":")[1], services.desk.today())
    assert [one.step for one in lines(services, Part.VISITS) if one.target == homes[0]] == [
        "Start the visit"
    ]


def test_a_returned_report_comes_with_the_leads_words(services: Services, homes: list[str]) -> None:
    bring(services, lee=Role.LEAD)
    officer = services.me().id
    visit = signed_off_visit(services, homes[0]).summary.id
    become(services, "lee")
    (review,) = lines(services, Part.REVIEWS)
    assert (review.title, review.page) == ("1 visit to review", "review")
    services.reviews.return_(visit, "Which audit? Name it and give its date.")
    assert lines(services, Part.REVIEWS) == []
    assert lines(services, Part.RETURNED) == [], "it is the officer's, not the lead's"
    become(services, officer)
    (back,) = lines(services, Part.RETURNED)
    assert back.quote == "Which audit? Name it and give its date."
    assert back.said_by.startswith("Lee Doe, ")
    assert (back.page, back.target) == ("visit", visit)


def test_two_officers_with_a_visit_at_one_setting_are_warned(
    services: Services, homes: list[str]
) -> None:
    own = services.visits.start(homes[0], "residential-quality").id
    assert lines(services, Part.CONFLICTS) == []
    bring(services, ben=Role.OFFICER)
    officer = services.me().id
    with services.desk.database.applying() as session:
        session.get_one(Visit, own).officer_id = "ben"
    second = services.visits.start(homes[0], "residential-quality").id
    (line,) = lines(services, Part.CONFLICTS)
    assert (line.title, line.target) == ("Two visits in progress at Heather Bank", second)
    assert "Ben Doe" in line.detail
    become(services, "ben")
    (line,) = lines(services, Part.CONFLICTS)
    assert line.target == own
    become(services, officer)


def test_actions_wait_for_the_officers_word(services: Services, homes: list[str]) -> None:
    today = services.desk.today()
    action = services.actions.add(None, homes[0], "Mend the roof", today)
    assert lines(services, Part.VERIFY) == []
    services.actions.update(action.id, status="done")
    (line,) = lines(services, Part.VERIFY)
    assert (line.title, line.target, line.does) == ("Mend the roof", action.id, NextStep.ACTION)
    assert "nothing attached" in line.detail


def test_time_limits_of_concerns_are_the_handlers_and_the_leads(
    services: Services, homes: list[str], clock: Clock
) -> None:
    concern = services.concerns.log(
        NewConcern(
            setting_id=homes[0],
            kind="poor_practice",
            title="Doses signed and not given",
            severity="3",
            source="partner",
        )
    )
    clock.now += timedelta(days=40)
    (line,) = lines(services, Part.CONCERNS)
    assert (line.target, line.late, line.may_wait) == (concern.row.id, True, False)
    bring(services, lee=Role.LEAD)
    become(services, "lee")
    (line,) = lines(services, Part.CONCERNS)
    assert line.title == "1 concern of your officers is past its time limit"


@pytest.fixture
def changed(services: Services, homes: list[str]) -> str:
    """A change of a regulator at Heather Bank."""
    with services.desk.transaction() as session:
        change = RegulatorChange(
            setting_id=homes[0],
            source="fhrs",
            kind="hygiene_down",
            domain="hygiene",
            before="4",
            after="3",
            published_on=services.desk.today(),
        )
        session.add(change)
        session.flush()
        return str(change.id)


def test_a_change_of_a_regulator_is_listed_until_it_is_read(
    services: Services, homes: list[str], changed: str, clock: Clock
) -> None:
    (line,) = lines(services, Part.REGULATORS)
    assert (line.id, line.page, line.target) == (changed, "setting", homes[0])
    assert services.today.leave_until_tomorrow(line)
    assert lines(services, Part.REGULATORS) == []
    clock.now += timedelta(days=1)
    assert lines(services, Part.REGULATORS) == [line]
    services.today.mark_read(line)
    clock.now += timedelta(days=1)
    assert lines(services, Part.REGULATORS) == []
    services.today.bring_back(line)
    assert lines(services, Part.REGULATORS) == [line]
    clock.now += timedelta(days=14)
    assert lines(services, Part.REGULATORS) == [], "two weeks are enough"


def test_the_day_is_of_ones_own_settings_and_of_those_one_covers(
    services: Services, homes: list[str]
) -> None:
    today = services.desk.today()
    action = services.actions.add(None, homes[0], "Mend the roof", today)
    services.actions.update(action.id, status="done")
    bring(services, dee=Role.OFFICER)
    become(services, "dee")
    assert services.today.view().items == []
    with services.desk.database.applying() as session:
        setting = session.scalars(select(Setting).where(Setting.id == homes[0])).one()
        setting.officer_id = "dee"
    assert [one.target for one in services.today.view().items] == [action.id]
