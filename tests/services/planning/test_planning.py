"""Planned visits on a desk: planned, moved, carried out; what is due, and why."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.support.desk.colleagues import bring
from tests.support.desk.desks import FORM, Clock, approved_visit, signed_off_visit
from tests.support.forms.answers import best_answers
from visitapp.errors import Code, NotFound, Refused
from visitapp.records import PlannedVisit, Role, Setting, Visit
from visitapp.services.services import Services
from visitapp.vocabulary.due import why_due

TODAY = date(2026, 11, 22)  # a Sunday
DUE = date(2026, 12, 20)  # a Sunday: 28 days after the settings joined
DAY = date(2026, 12, 8)


def test_a_visit_is_planned_in_the_window_of_the_day_it_is_due(
    services: Services, homes: list[str]
) -> None:
    plan = services.planning.plan(homes[0])
    assert (plan.window_from, plan.window_to) == (DUE - timedelta(days=28), DUE)
    assert plan.planned_on == plan.first_planned_on == date(2026, 12, 18), "a Friday"
    assert (plan.purpose, plan.status, plan.state) == ("annual", "planned", "planned")
    assert plan.officer_id == services.me().id
    assert services.planning.list() == [plan] == services.planning.list(open_only=True)


def test_a_visit_without_a_rule_is_due_on_its_day(services: Services, homes: list[str]) -> None:
    with pytest.raises(Refused, match="No rule says when"):
        services.planning.plan(homes[0], "themed")
    plan = services.planning.plan(homes[0], "themed", DAY)
    assert plan.window_to == plan.planned_on == DAY


def test_a_day_that_is_past_is_refused(services: Services, homes: list[str]) -> None:
    yesterday = TODAY - timedelta(days=1)
    with pytest.raises(Refused, match="21 Nov 2026 is past"):
        services.planning.plan(homes[0], "annual", yesterday)
    plan = services.planning.plan(homes[0], "annual", TODAY)
    with pytest.raises(Refused, match="21 Nov 2026 is past"):
        services.planning.move(plan.id, yesterday, "Ill")
    assert [one.planned_on for one in services.planning.list()] == [TODAY]


def test_what_cannot_be_planned_is_refused(services: Services, homes: list[str]) -> None:
    planning = services.planning
    for purpose, day, form in (
        ("holiday", DAY, None),
        ("risk_assessment", DAY, None),
        ("annual", date(2150, 1, 1), None),
        ("annual", DAY, "contract-review"),
    ):
        with pytest.raises(Refused):
            planning.plan(homes[0], purpose, day, form_id=form)
    with pytest.raises(NotFound):
        planning.plan("no-such-home")
    with pytest.raises(NotFound, match="no user nobody"):
        planning.plan(homes[0], officer="nobody")
    assert planning.list() == []


def test_the_same_visit_is_planned_once_and_a_series_with_its_own_days(
    services: Services, homes: list[str]
) -> None:
    services.planning.plan(homes[0])
    with pytest.raises(Refused) as refused:
        services.planning.plan(homes[0], "annual", DAY)
    assert refused.value.code is Code.ALREADY_THERE
    for weeks in (2, 4, 6):
        services.planning.plan(homes[0], "intervention", due_on=DAY + timedelta(weeks=weeks))
    assert len(services.planning.list(homes[0])) == 4


def test_moving_needs_a_reason_and_the_third_move_goes_to_the_lead(
    services: Services, homes: list[str]
) -> None:
    plan = services.planning.plan(homes[0], "annual", DAY)
    with pytest.raises(Refused) as refused:
        services.planning.move(plan.id, DAY + timedelta(days=7), " ")
    assert refused.value.code is Code.STEP_REFUSED
    confirmed = services.planning.confirm(plan.id)
    assert confirmed.state == "confirmed"
    for times in (1, 2, 3):
        assert services.planning.list(for_lead=True) == []
        plan = services.planning.move(plan.id, DAY + timedelta(days=7 * times), "On leave")
        assert (plan.state, plan.moved_count) == ("planned", times)
    assert plan.for_lead
    assert plan.first_planned_on == DAY
    assert services.planning.list(for_lead=True) == [plan]
    [row] = services.portfolio.rows(filter="moved_often")
    assert row.setting_id == homes[0]
    services.planning.cancel(plan.id, "Closed for good")
    assert services.planning.list(for_lead=True) == []
    assert services.portfolio.rows(filter="moved_often") == []


def test_a_day_that_passed_without_a_visit_was_missed(
    services: Services, homes: list[str], clock: Clock
) -> None:
    plan = services.planning.plan(homes[0], "annual", DAY)
    clock.move_to(DAY)
    assert services.planning.view(plan.id).state == "planned"
    clock.move_to(DAY + timedelta(days=1))
    assert services.planning.view(plan.id).state == "missed"
    assert [row.setting_id for row in services.portfolio.rows(filter="missed")] == [homes[0]]


def test_a_visit_that_starts_carries_out_the_plan_for_its_purpose(
    services: Services, homes: list[str]
) -> None:
    services.planning.plan(homes[0], "themed", DAY)
    plan = services.planning.plan(homes[0], "annual", DAY)
    visit = services.visits.start(homes[0], FORM)
    started = services.planning.view(plan.id)
    assert (started.state, started.visit_id) == ("started", visit.id)
    services.visits.discard(visit.id, "Wrong setting")
    assert services.planning.view(plan.id).state == "planned"


def test_a_sign_off_carries_it_out_and_a_return_opens_it_again(
    services: Services, homes: list[str]
) -> None:
    plan = services.planning.plan(homes[0], "annual", DAY)
    visit = signed_off_visit(services, homes[0]).summary
    made = services.planning.view(plan.id)
    assert (made.state, made.visit_id) == ("done", visit.id)
    assert services.planning.list(open_only=True) == []
    for change in (
        lambda: services.planning.move(plan.id, DAY, "Late"),
        lambda: services.planning.cancel(plan.id, "Late"),
        lambda: services.visits.start(homes[0], FORM, planned_visit_id=plan.id),
    ):
        with pytest.raises(Refused, match="made"):
            change()
    with services.desk.transaction() as session:
        session.get_one(Visit, visit.id).status = "returned"
    assert services.planning.view(plan.id).state == "started"


def test_a_visit_that_was_started_before_its_plan_carries_it_out_too(
    services: Services, homes: list[str]
) -> None:
    visit = services.visits.start(homes[0], FORM)
    plan = services.planning.plan(homes[0], "annual", DAY)
    assert services.planning.view(plan.id).state == "planned"
    services.visits.answer_all(visit.id, best_answers(services.visits.form(visit.id)))
    services.visits.sign_off(visit.id)
    assert services.planning.view(plan.id).visit_id == visit.id


def test_the_visit_that_made_another_one_due_does_not_carry_it_out(
    services: Services, homes: list[str]
) -> None:
    signed_off_visit(services, homes[0])
    plan = services.planning.plan(homes[0], "annual", DAY, due_on=DAY)
    assert plan.window_from <= TODAY <= plan.window_to
    assert plan.state == "planned"


def test_a_plan_can_be_named_when_a_visit_starts_with_another_purpose(
    services: Services, homes: list[str]
) -> None:
    plan = services.planning.plan(homes[0], "annual", DAY)
    services.visits.start(homes[0], FORM, "joint", planned_visit_id=plan.id)
    assert services.planning.view(plan.id).state == "started"
    with pytest.raises(Refused, match="another setting"):
        services.visits.start(homes[1], FORM, planned_visit_id=plan.id)


def test_a_plan_goes_with_the_setting_unless_somebody_is_named(
    services: Services, homes: list[str]
) -> None:
    bring(services, ben=Role.OFFICER)
    own = services.planning.plan(homes[0], "annual", DAY)
    bens = services.planning.plan(homes[1], "annual", DAY, officer="ben")
    assert [plan.id for plan in services.planning.list(officer="ben")] == [bens.id]
    with services.desk.database.applying() as session:
        session.get_one(Setting, homes[0]).officer_id = "ben"
    assert services.planning.view(own.id).officer == "Ben Doe"
    assert services.planning.give_to(bens.id, None).officer_id == services.me().id
    with services.desk.reading() as session:
        assert session.get_one(PlannedVisit, bens.id).officer_id is None


def test_a_closed_setting_withdraws_its_plans(services: Services, homes: list[str]) -> None:
    plans = [services.planning.plan(homes[0], purpose, DAY) for purpose in ("annual", "themed")]
    kept = services.planning.plan(homes[1], "annual", DAY)
    with services.desk.database.applying() as session:
        session.get_one(Setting, homes[0]).status = "closed"
    assert {services.planning.view(plan.id).state for plan in plans} == {"withdrawn"}
    assert services.planning.list(open_only=True) == [kept]
    assert services.planning.due(setting_id=homes[0]) == []
    assert services.settings.view(homes[0]).dues == []
    with pytest.raises(Refused, match="Heather Bank is closed"):
        services.planning.plan(homes[0], "joint", DAY)
    with services.desk.database.applying() as session:
        session.get_one(Setting, homes[0]).status = "open"
    assert len(services.planning.list(open_only=True)) == 3


def test_what_is_due_says_why_and_when_it_is_planned(services: Services, homes: list[str]) -> None:
    plan = services.planning.plan(homes[0], "annual", DAY)
    larch, heather = services.planning.due(until=DUE)[:2]
    assert (larch.setting, larch.due.rule) == ("Larch Nursing Home", "inadequate")
    assert larch.due.due_on == date(2026, 11, 27), "five working days after it joined on a Sunday"
    assert why_due(larch.due) == (
        "Regulator: Inadequate before it joined on 22 Nov 2026: risk-led visit within 5 working "
        "days"
    )
    assert why_due(heather.due) == (
        "First visit, joined on 22 Nov 2026: annual quality visit within 28 days"
    )
    assert (heather.planned_on, heather.planned_id) == (DAY, plan.id)
    assert [one.due.purpose for one in services.planning.due(setting_id=homes[1])] == [
        "risk_led",
        "annual",
    ]
    assert services.planning.due(until=TODAY) == []
    assert len(services.planning.due(officer="me")) == 3


def test_the_other_rules_that_apply_are_there_too(services: Services, homes: list[str]) -> None:
    not_met = {"value": "not_met", "note": "Two of five were not referred."}
    signed_off_visit(services, homes[0], referrals=not_met)
    follow_up, annual = services.planning.due(setting_id=homes[0])
    assert why_due(follow_up.due) == "Red on 22 Nov 2026: risk-led visit within 10 working days"
    assert (
        why_due(annual.due)
        == "Red, last visit on 22 Nov 2026: annual quality visit within 3 months"
    )
    assert [why_due(other) for other in annual.others] == [
        "Every setting, last visit on 22 Nov 2026: annual quality visit within 12 months"
    ]


def test_the_portfolio_shows_the_earliest_with_its_reason(
    services: Services, homes: list[str]
) -> None:
    services.planning.plan(homes[1], "risk_led", DAY)
    rows = {row.setting_id: row for row in services.portfolio.rows(order="next_due")}
    assert list(rows) == [homes[1], homes[0]]
    larch = rows[homes[1]]
    assert larch.next_visit is not None
    assert (larch.next_due, larch.next_visit.rule) == (date(2026, 11, 27), "inadequate")
    assert larch.planned_on == DAY
    assert [row.setting_id for row in services.portfolio.rows(filter="planned")] == [homes[1]]


def test_the_timeline_tells_of_plans(services: Services, homes: list[str]) -> None:
    plan = services.planning.plan(homes[0], "annual", DAY)
    services.planning.confirm(plan.id)
    services.planning.move(plan.id, date(2026, 12, 15), "The manager is on leave")
    services.planning.cancel(plan.id, "Not needed")
    said = [(entry.what, entry.detail) for entry in services.settings.view(homes[0]).timeline]
    assert said[:4] == [
        ("Annual quality visit: the plan was cancelled.", "Not needed"),
        ("Annual quality visit moved to 15 Dec 2026.", "The manager is on leave"),
        ("Annual quality visit: the planned day was confirmed.", ""),
        ("Annual quality visit planned for 8 Dec 2026.", ""),
    ]


def test_visits_are_counted(services: Services, homes: list[str]) -> None:
    for home, day in ((homes[0], date(2026, 10, 5)), (homes[0], date(2026, 11, 3))):
        approved_visit(services, home, visited_on=day)
    services.visits.start(homes[1], FORM)
    counts = services.planning.counts(("purpose", "month"))
    assert [(one.group, one.visits) for one in counts] == [
        (["Annual quality visit", "2026-10"], 1),
        (["Annual quality visit", "2026-11"], 1),
    ]
    (october,) = services.planning.counts(("type", "officer"), last=date(2026, 10, 31))
    assert (october.group, october.visits) == (["Residential", services.me().title], 1)
    assert services.planning.counts(("purpose",), first=date(2026, 12, 1)) == []
    with pytest.raises(Refused, match="purpose, type, officer or month"):
        services.planning.counts(("colour",))


def test_a_setting_with_a_plan_cannot_be_taken_back(services: Services, homes: list[str]) -> None:
    services.planning.plan(homes[0], "annual", DAY)
    with pytest.raises(Refused, match="has records"):
        services.settings.take_back(homes[0])
