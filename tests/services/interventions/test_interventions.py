"""Interventions: from a referral with its evidence to the figures before and after.

The dates and counts are those of `casework-practice.md` §5 in the project's shared papers; the home
and the people are invented.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.support.desk.colleagues import become, bring
from tests.support.desk.desks import START, Clock, signed_off_visit
from visitapp.errors import Code, Refused
from visitapp.records import Role, Setting
from visitapp.services.concerns.views import NewConcern
from visitapp.services.interventions.views import InterventionView
from visitapp.services.services import Services

TODAY = START.date()
DUE = date(2026, 12, 7)
NOT_MET = {"value": "not_met", "note": "Nobody knew."}


@pytest.fixture(autouse=True)
def people(services: Services) -> None:
    bring(services, lee=Role.LEAD, irena=Role.INTERVENTION)


def referred(services: Services, home: str) -> InterventionView:
    return services.interventions.refer(home, "Red twice", "Five of nine actions late")


def accepted(services: Services, home: str, **how: object) -> InterventionView:
    one, me = referred(services, home), services.me().id
    become(services, "lee")
    found = services.interventions.accept(one.id, "irena", **how)  # type: ignore[arg-type]  # each its own type
    become(services, me)
    return found


def test_the_records_draft_the_evidence(services: Services, homes: list[str], clock: Clock) -> None:
    assert services.interventions.grounds(homes[0]) == ""
    signed_off_visit(services, homes[0], visited_on=TODAY, referrals=NOT_MET)
    late = services.actions.add(None, homes[0], "Count at handover", DUE)
    services.actions.add(None, homes[0], "Observe each handler", DUE + timedelta(days=60))
    services.actions.update(late.id, due_on=DUE + timedelta(days=1), reason="Staff away")
    clock.move_to(DUE + timedelta(days=2))
    assert services.interventions.grounds(homes[0]).splitlines() == [
        "Rated Red on 22 Nov 2026.",
        "1 of 2 actions are overdue.",
        "“Count at handover” was due 8 Dec 2026.",
        "1 date was moved.",
    ]


def test_a_lead_accepts_what_an_officer_refers(services: Services, homes: list[str]) -> None:
    one = referred(services, homes[0])
    assert (one.status, one.next_states) == ("referred", ["referred", "withdrawn"])
    with pytest.raises(Refused) as refused:
        referred(services, homes[0])
    assert refused.value.code == Code.ALREADY_THERE
    with pytest.raises(Refused) as refused:
        services.interventions.accept(one.id, "irena")
    assert refused.value.code == Code.STEP_REFUSED
    become(services, "lee")
    found = services.interventions.accept(one.id, "irena")
    assert (found.status, found.officer, found.decided_by) == ("active", "Irena Doe", "Lee Doe")
    assert (found.planned_to, found.sustain_months) == (date(2027, 5, 22), 3)
    found = services.interventions.change(found.id, "Slow", planned_to=date(2027, 8, 22))
    assert found.planned_to == date(2027, 8, 22)
    (line,) = services.interventions.list(open_only=True)
    assert (line.setting_id, line.status, line.officer) == (homes[0], "active", "Irena Doe")
    told = {entry.what for entry in services.settings.view(homes[0]).timeline}
    assert {"Referred for intervention.", "Intervention accepted."} <= told


def test_a_referral_is_refused_or_withdrawn_with_a_reason(
    services: Services, homes: list[str]
) -> None:
    one = referred(services, homes[0])
    with pytest.raises(Refused):
        services.interventions.withdraw(one.id, " ")
    taken_back = services.interventions.withdraw(one.id, "The home is sold")
    assert (taken_back.status, taken_back.ended_reason) == ("withdrawn", "The home is sold")
    again = referred(services, homes[0])
    become(services, "lee")
    assert services.interventions.refuse(again.id, "The plan works").status == "refused"
    assert services.interventions.list(open_only=True) == []


def test_criteria_are_read_until_they_hold_and_results_are_sustained(
    services: Services, homes: list[str], clock: Clock
) -> None:
    """The referral, criteria and dates of the story: all met on 30 June, closed on 30 September."""
    clock.move_to(date(2025, 12, 17))
    services.plans.draft(homes[0], "Safe care", date(2025, 12, 17), date(2026, 6, 12))
    actions = [
        services.actions.add(None, homes[0], f"Action {n}", date(2026, 6, 1)).id for n in range(18)
    ]
    verify(services, actions[:2], date(2025, 12, 17))
    one = accepted(services, homes[0], starts_on=date(2026, 1, 5), planned_to=date(2026, 7, 5))
    criteria = services.exit_criteria
    criteria.add(one.id, "Actions verified", "plan", 100)
    criteria.add(one.id, "Gaps", "reading", 5, bound="at_most", unit="percent", times=2)
    criteria.add(one.id, "Falls", "reading", 1, bound="at_most", times=3)
    criteria.add(one.id, "Training", "reading", 90, unit="percent")
    criteria.add(one.id, "Manager stays", "manager", 3)
    criteria.add(one.id, "No grave concern", "concerns", 90)
    services.setting_facts.add(
        homes[0], "manager", "M. Quill", starts_on=date(2026, 2, 16), source="A letter"
    )
    ids = {each.text: each.id for each in services.interventions.view(one.id).criteria}
    for day, counted in (
        *((date(2026, 1, 6), 9), (date(2026, 2, 3), 6), (date(2026, 3, 3), 4)),
        *((date(2026, 3, 31), 3), (date(2026, 4, 28), 1), (date(2026, 5, 12), 1)),
    ):
        clock.move_to(day)
        criteria.read(ids["Gaps"], counted, 20)
    criteria.read(ids["Training"], 33, 44, day=date(2026, 1, 6))
    criteria.read(ids["Training"], 40, 44, day=date(2026, 5, 12))
    verify(services, actions[2:], date(2026, 6, 9), clock)
    with pytest.raises(Refused, match="Falls"):
        services.interventions.sustain(one.id)
    for month, falls in enumerate((3, 2, 2, 1, 0, 1), 1):
        clock.move_to(max(clock.now.date(), date(2026, month, 28)))
        criteria.read(ids["Falls"], falls, day=date(2026, month, 28))
    clock.move_to(date(2026, 6, 30))
    found = services.interventions.sustain(one.id)
    assert {each.text: each.state.since for each in found.criteria} == {
        "Actions verified": date(2026, 6, 9),
        "Gaps": date(2026, 5, 12),
        "Falls": date(2026, 6, 28),
        "Training": date(2026, 5, 12),
        "Manager stays": date(2026, 5, 16),
        "No grave concern": date(2026, 3, 17),
    }
    assert (found.sustained_from, found.held_until) == (date(2026, 6, 30), date(2026, 9, 30))
    become(services, "lee")
    clock.move_to(date(2026, 9, 29))
    with pytest.raises(Refused, match="held until 30 Sep 2026"):
        services.interventions.close(one.id, "achieved", "From Red to Good")
    clock.move_to(date(2026, 9, 30))
    closed = services.interventions.close(one.id, "achieved", "From Red to Good")
    assert (closed.status, closed.ended_on, closed.result) == (
        *("closed", date(2026, 9, 30)),
        "achieved",
    )
    assert (closed.before.percent, closed.after.percent) == (11, 100)
    with pytest.raises(Refused):
        criteria.read(ids["Falls"], 0)


def verify(services: Services, ids: list[str], day: date, clock: Clock | None = None) -> None:
    if clock is not None:
        clock.move_to(day)
    for id_ in ids:
        services.actions.update(id_, status="verified", how="visit", note="Seen")


def test_a_criterion_that_fell_starts_the_count_again(
    services: Services, homes: list[str], clock: Clock
) -> None:
    one = accepted(services, homes[0], sustain_months=1)
    (gaps,) = services.exit_criteria.add(one.id, "Gaps", "reading", 2, bound="at_most").criteria
    services.exit_criteria.read(gaps.id, 1)
    assert services.interventions.sustain(one.id).held_until == date(2026, 12, 22)
    clock.move_to(date(2026, 12, 20))
    found = services.exit_criteria.read(gaps.id, 5)
    assert (found.holding, found.hold_since) == (0, None)
    again = services.interventions.resume(one.id, "Five gaps")
    assert (again.status, again.sustained_from) == ("active", None)
    services.exit_criteria.read(gaps.id, 0)
    services.interventions.sustain(one.id)
    with pytest.raises(Refused, match="held until"):
        services.interventions.step_down(one.id)
    assert services.interventions.step_down(one.id, "Two months early").status == "stepped_down"


def test_a_series_of_visits_is_planned_for_the_intervention_officer(
    services: Services, homes: list[str]
) -> None:
    one = accepted(services, homes[0], starts_on=date(2026, 12, 1))
    made = services.visit_series.plan(one.id, 3)
    assert [(plan.planned_on, plan.officer_id) for plan in made] == [
        (date(2026, 12, 1), "irena"),
        (date(2026, 12, 29), "irena"),
        (date(2027, 1, 26), "irena"),
    ]
    assert services.interventions.view(one.id).planned == made
    with pytest.raises(Refused):
        services.visit_series.plan(one.id, 41)


def test_figures_count_concerns_and_ratings_of_their_day(
    services: Services, homes: list[str], clock: Clock
) -> None:
    for day in (-100, -89, -1):
        services.concerns.log(
            NewConcern(
                setting_id=homes[0],
                kind="poor_practice",
                source="family",
                received_at=START + timedelta(days=day),
                title="Missed a dose",
                severity="2",
            )
        )
    signed_off_visit(services, homes[0], visited_on=TODAY, referrals=NOT_MET)
    one = accepted(services, homes[0])
    assert (one.before.rag, one.before.concerns, one.before.tenths_a_month) == ("red", 2, 7)
    clock.move_to(date(2027, 3, 1))
    found = services.interventions.view(one.id)
    assert (found.after.on, found.after.rag, found.after.concerns) == (date(2027, 3, 1), "red", 0)
    assert found.before == one.before
    assert found.carried_areas == ["Safeguarding"]


def test_closing_a_setting_ends_its_intervention(services: Services, homes: list[str]) -> None:
    one = accepted(services, homes[0])
    with services.desk.database.applying() as session:
        session.get_one(Setting, homes[0]).team = "West"
    become(services, "lee")
    (work,) = services.setting_life.open_work(homes[0])
    assert work.title == "Intervention referred on 22 Nov 2026"
    services.setting_life.close(homes[0], TODAY, "Sold", "withdraw")
    found = services.interventions.view(one.id)
    assert (found.status, found.result) == ("closed", "setting_closed")
