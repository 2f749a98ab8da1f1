"""Campaigns of themed audits: what starting one plans, how far it is, how it ends."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.services.risk.test_ranking import rated_good, sound
from tests.support.desk.colleagues import become, bring
from tests.support.desk.desks import Clock, signed_off_visit
from visitapp.errors import NotAllowed, NotFound, Refused
from visitapp.records import PlannedVisit, Role, Setting
from visitapp.services.campaigns.views import CampaignStart, CampaignView
from visitapp.services.campaigns.words import progress_words, started_words, state_words
from visitapp.services.services import Services

FORM, OTHER = "care-records-audit", "medicines-audit"
FIRST, LAST = date(2026, 11, 23), date(2026, 12, 18)
TITLE = "Care records over the winter"


@pytest.fixture
def lead(services: Services, homes: list[str]) -> Services:
    bring(services, lee=Role.LEAD, ann=Role.OFFICER)
    with services.desk.database.applying() as session:
        for home in homes:
            session.get_one(Setting, home).officer_id = "ann"
    become(services, "lee")
    return services


def start(services: Services, homes: list[str], form: str = FORM) -> CampaignStart:
    return services.campaigns.start(TITLE, form, homes, FIRST, LAST)


def view(services: Services) -> CampaignView:
    (found,) = services.campaigns.list()
    return found


def test_starting_one_plans_a_visit_at_each_setting_in_its_officer_s_name(
    lead: Services, homes: list[str]
) -> None:
    made = start(lead, homes)
    assert (made.planned, dict(made.left_out)) == (2, {})
    found = view(lead)
    assert (found.title, found.state, found.started_by) == (TITLE, "running", "Lee Doe")
    assert {one.setting_id for one in found.left} == set(homes)
    assert {one.officer for one in found.left} == {"Ann Doe"}
    plans = lead.planning.list()
    assert {one.campaign for one in plans} == {TITLE}
    assert {(one.purpose, one.form_id) for one in plans} == {("themed", FORM)}
    assert {(one.window_from, one.window_to) for one in plans} == {(FIRST, LAST)}
    days = [one.planned_on for one in plans]
    assert len(set(days)) == 2, "they do not fall on one day"
    assert all(FIRST <= day <= LAST and day.weekday() < 5 for day in days)


def test_the_riskiest_setting_is_visited_first(lead: Services, homes: list[str]) -> None:
    rated_good(lead, homes[1])
    sound(lead, homes[0])
    sound(lead, homes[1], medicines_risk="high", care_planning_risk="high", own_audits="high")
    offered = lead.campaigns.settings(FORM)
    start(lead, homes)
    planned = sorted(lead.planning.list(), key=lambda one: one.planned_on)
    assert [one.setting_id for one in planned] == [one.id for one in offered]


def test_the_officer_sees_its_visits_with_its_name_in_the_day(
    lead: Services, homes: list[str], clock: Clock
) -> None:
    start(lead, homes)
    become(lead, "ann")
    first = min(one.planned_on for one in lead.planning.list())
    clock.move_to(first)
    (item,) = [one for one in lead.today.view().items if one.detail.startswith("Themed audit")]
    assert f"campaign “{TITLE}”" in item.detail


def test_progress_and_what_it_found_follow_from_the_visits(
    lead: Services, homes: list[str], clock: Clock
) -> None:
    start(lead, homes)
    clock.move_to(FIRST)
    signed_off_visit(lead, homes[0], form_id=FORM)
    found = view(lead)
    assert progress_words(found) == "1 of 2 done"
    assert [one.setting_id for one in found.left] == [homes[1]]
    (done,) = found.done
    assert (done.setting_id, done.rag) == (homes[0], "green")
    assert dict(found.results) == {"green": 1}
    assert dict(found.themes["Assessment and plan"]) == {"green": 1}
    clock.move_to(LAST + timedelta(days=1))
    assert view(lead).overdue
    assert state_words(view(lead)) == "Last day passed on 18 Dec 2026"


def test_it_is_closed_with_a_sentence_and_the_rest_is_cancelled(
    lead: Services, homes: list[str], clock: Clock
) -> None:
    made = start(lead, homes)
    clock.move_to(FIRST)
    signed_off_visit(lead, homes[0], form_id=FORM)
    with pytest.raises(Refused, match="in a sentence"):
        lead.campaigns.close(made.campaign_id, "  ")
    assert view(lead).state == "running"
    found = lead.campaigns.close(made.campaign_id, "Plans are written late in both homes.")
    assert (found.state, found.words) == ("closed", "Plans are written late in both homes.")
    assert sorted(one.state for one in found.visits) == ["cancelled", "done"]
    assert progress_words(found) == "1 of 1 done"
    with pytest.raises(Refused, match="ended already"):
        lead.campaigns.withdraw(made.campaign_id, "Again")
    assert state_words(found) == "Closed on 23 Nov 2026"


def test_a_visit_in_progress_stays_planned_when_it_is_withdrawn(
    lead: Services, homes: list[str], clock: Clock
) -> None:
    made = start(lead, homes)
    clock.move_to(FIRST)
    lead.visits.start(homes[0], FORM, "themed")
    with pytest.raises(Refused, match="reason"):
        lead.campaigns.withdraw(made.campaign_id, "")
    found = lead.campaigns.withdraw(made.campaign_id, "The form is replaced")
    assert {one.setting_id: one.state for one in found.visits} == {
        homes[0]: "started",
        homes[1]: "cancelled",
    }
    assert [one.setting_id for one in found.left] == [homes[0]]


def test_what_cannot_be_visited_is_left_out_with_the_reason(
    lead: Services, homes: list[str]
) -> None:
    start(lead, homes[:1])
    again = start(lead, homes)
    assert again.planned == 1
    (why,) = again.left_out.values()
    assert why == f"It is in the campaign “{TITLE}” already."
    assert "1 setting was left out" in started_words(again)
    with lead.desk.database.applying() as session:
        session.get_one(Setting, homes[0]).service_type = "advocacy"
    assert [one.id for one in lead.campaigns.settings(OTHER)] == [homes[1]]
    other = start(lead, homes, OTHER)
    (why,) = other.left_out.values()
    assert "is for" in why


@pytest.mark.parametrize(
    ("title", "first", "last", "form", "said"),
    [
        (" ", FIRST, LAST, FORM, "a title"),
        (TITLE, LAST, FIRST, FORM, "before it starts"),
        (TITLE, FIRST, date(2026, 1, 1), FORM, "is past"),
        (TITLE, FIRST, LAST, "residential-quality", "not for themed audits"),
    ],
)
def test_one_that_cannot_be_is_refused_and_nothing_is_planned(
    lead: Services, homes: list[str], title: str, first: date, last: date, form: str, said: str
) -> None:
    with pytest.raises(Refused, match=said):
        lead.campaigns.start(title, form, homes, first, last)
    assert lead.campaigns.list() == []
    with lead.desk.reading() as session:
        assert session.query(PlannedVisit).count() == 0


def test_without_a_setting_that_is_left_nothing_starts(lead: Services, homes: list[str]) -> None:
    start(lead, homes)
    with pytest.raises(Refused, match="No setting is left"):
        start(lead, homes)
    with pytest.raises(NotFound):
        start(lead, ["nothing"])
    assert len(lead.campaigns.list()) == 1
    with pytest.raises(NotFound):
        lead.campaigns.view("nothing")


def test_an_officer_starts_and_ends_none(lead: Services, homes: list[str]) -> None:
    made = start(lead, homes)
    become(lead, "ann")
    assert not lead.campaigns.may_start()
    with pytest.raises(NotAllowed, match="Only a team lead"):
        start(lead, homes)
    with pytest.raises(NotAllowed):
        lead.campaigns.close(made.campaign_id, "Done")
    assert view(lead).state == "running"


def test_only_settings_of_those_officers_are_offered(lead: Services, homes: list[str]) -> None:
    assert {one.id for one in lead.campaigns.settings(FORM, ["ann"])} == set(homes)
    assert lead.campaigns.settings(FORM, ["lee"]) == []
    with pytest.raises(NotFound):
        lead.campaigns.settings(FORM, ["nobody"])
    assert set(lead.campaigns.forms()) >= {FORM, OTHER}
    assert "residential-quality" not in lead.campaigns.forms()
