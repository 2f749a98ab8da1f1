"""A lead hands settings and contracts over, and all that a leaver holds."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.support.desk.colleagues import become, bring_contracts
from tests.support.desk.desks import FORM
from visitapp.dates import short_day
from visitapp.errors import NotAllowed, NotFound, Refused
from visitapp.records import Contract, Cover, HandOver, HandOverState, Setting, Visit
from visitapp.services.holders.planned_along import along_words
from visitapp.services.services import Services

WEEK = timedelta(days=7)


def test_one_hand_over_of_several_settings(services: Services, team: list[str]) -> None:
    made = services.hand_overs.hand_over(team, "bob", note="Ann goes part-time")
    assert {one.setting_id for one in made} == set(team)
    assert {(one.from_officer, one.to_officer, one.decided_by) for one in made} == {
        ("Ann Doe", "Bob Doe", "Lee Doe")
    }
    assert {(one.state, one.drafts, one.waits) for one in made} == {
        (HandOverState.PLANNED, True, True)
    }
    assert services.hand_overs.list(planned=True) == made
    assert [one.planned_visits for one in made] == [[], []]
    with services.desk.reading() as session:
        assert session.get_one(Setting, team[0]).officer_id == "ann", "the server carries it out"


def test_planned_visits_are_listed_before_they_go(services: Services, team: list[str]) -> None:
    day = services.desk.today() + WEEK
    nobodys = services.planning.plan(team[0], "annual", day)
    services.planning.plan(team[0], "risk_led", day, officer="bob")
    (made,) = services.hand_overs.hand_over(team[:1], "bob")
    assert [one.id for one in made.planned_visits] == [nobodys.id]
    assert along_words(made) == f"1 planned visit: Annual quality visit {short_day(day)}"


def test_what_the_officer_holds_already_is_left_out(services: Services, team: list[str]) -> None:
    with services.desk.database.applying() as session:
        session.get_one(Setting, team[0]).officer_id = "bob"
    assert [one.setting_id for one in services.hand_overs.hand_over(team, "bob")] == team[1:]
    with pytest.raises(Refused, match="nothing to hand over to Bob Doe"):
        services.hand_overs.hand_over(team[:1], "bob")


def test_a_contract_is_handed_over_by_its_number(services: Services, team: list[str]) -> None:
    bring_contracts(services, team[0], "C1", "C2")
    (made,) = services.hand_overs.hand_over([], "bob", contracts=["C1"])
    assert (made.contract_id, made.what) == ("contract-C1", "C1")
    with services.desk.database.applying() as session:
        session.get_one(Contract, "contract-C2").number = "C1"
    with pytest.raises(Refused, match="Several contracts"):
        services.hand_overs.hand_over([], "bob", contracts=["C1"])
    with pytest.raises(NotFound):
        services.hand_overs.hand_over([], "bob", contracts=["C9"])


def test_a_planned_hand_over_is_withdrawn(services: Services, team: list[str]) -> None:
    day = services.desk.today() + WEEK
    first, second = services.hand_overs.hand_over(team, "bob", starts_on=day)
    services.hand_overs.withdraw(first.id)
    assert [one.id for one in services.hand_overs.list()] == [second.id]
    with services.desk.database.applying() as session:
        session.get_one(HandOver, second.id).state = HandOverState.DONE
    with pytest.raises(Refused, match="cannot be withdrawn"):
        services.hand_overs.withdraw(second.id)


def test_a_hand_over_that_cannot_be_is_refused(
    services: Services, team: list[str], wes: str
) -> None:
    yesterday = services.desk.today() - timedelta(days=1)
    with pytest.raises(Refused, match="today or later"):
        services.hand_overs.hand_over(team, "bob", starts_on=yesterday)
    with pytest.raises(Refused, match="cannot be given settings"):
        services.hand_overs.hand_over(team, "mia")
    with pytest.raises(NotAllowed, match="stays with your own team"):
        services.hand_overs.hand_over(team, wes)
    become(services, "ann")
    with pytest.raises(NotAllowed, match="Only a team lead"):
        services.hand_overs.hand_over(team, "bob")
    assert services.hand_overs.list() == []


def leave_something(services: Services, team: list[str]) -> str:
    """Ann also has a contract, a visit in progress, cover of a setting of Lee's with a visit there,
    and a hand-over of it to come; the id of Lee's setting."""
    today = services.desk.today()
    other = team[1]
    bring_contracts(services, team[0], "C1")
    with services.desk.database.applying() as session:
        session.get_one(Contract, "contract-C1").officer_id = "ann"
        session.get_one(Setting, other).officer_id = "lee"
    services.covers.arrange([other], "ann", today, today + WEEK)
    services.hand_overs.hand_over([other], "ann", starts_on=today + WEEK)
    services.planning.plan(other, "annual", today + WEEK, officer="ann")
    become(services, "ann")
    services.visits.start(team[0], FORM)
    services.visits.start(other, FORM)
    become(services, "lee")
    return other


def test_all_that_a_leaver_holds_goes_in_one_step(services: Services, team: list[str]) -> None:
    other = leave_something(services, team)
    held = services.leavers.holdings("ann")
    assert held.count == 7
    assert ([one.id for one in held.settings], held.contracts[0].number) == ([team[0]], "C1")
    assert services.leavers.hand_over_all("ann", "bob", note="Leaves") == held
    rest = services.leavers.holdings("ann")
    assert (rest.covers, rest.coming, rest.planned) == ([], [], [])
    assert [one.setting_id for one in rest.drafts] == [team[0]], "goes with its setting"
    to = services.leavers.holdings("bob")
    assert {one.setting_id or one.contract_id for one in to.coming} == {
        team[0],
        "contract-C1",
        other,
    }
    assert [one.setting_id for one in to.covers] == [other]
    assert [one.setting_id for one in to.drafts] == [other]
    assert [one.setting_id for one in to.planned] == [other]


def test_from_a_later_day_cover_changes_hands_on_that_day(
    services: Services, team: list[str]
) -> None:
    other = leave_something(services, team)
    day = services.desk.today() + timedelta(days=3)
    services.leavers.hand_over_all("ann", "bob", starts_on=day)
    with services.desk.reading() as session:
        covers = session.query(Cover).order_by(Cover.starts_on).all()
        assert [(one.deputy_id, one.ends_on, one.deleted) for one in covers] == [
            ("ann", day - timedelta(days=1), False),
            ("bob", services.desk.today() + WEEK, False),
        ]
        drafts = session.query(Visit).filter(Visit.setting_id == other)
        assert [visit.officer_id for visit in drafts] == ["ann"]


def test_nothing_is_moved_of_somebody_who_holds_nothing(
    services: Services, team: list[str]
) -> None:
    with pytest.raises(Refused, match="holds nothing"):
        services.leavers.hand_over_all("bob", "ann")
    with pytest.raises(Refused, match="Choose somebody else"):
        services.leavers.hand_over_all("ann", "ann")
    assert services.leavers.holdings("bob").count == 0


def test_an_intervention_goes_to_the_heir_by_a_step(services: Services, team: list[str]) -> None:
    become(services, "ann")
    one = services.interventions.refer(team[0], "Red twice", "Five of nine actions late")
    become(services, "lee")
    services.interventions.accept(one.id, "ann")
    assert [held.id for held in services.leavers.holdings("ann").interventions] == [one.id]
    services.leavers.hand_over_all("ann", "bob", note="Leaves")
    assert services.interventions.view(one.id).officer_id == "bob"
    assert services.leavers.holdings("ann").interventions == []
