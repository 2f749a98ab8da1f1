"""Lists by officer, team and contract; and the load of each officer."""

from __future__ import annotations

import pytest

from tests.support.desk.colleagues import become, bring_contracts
from tests.support.desk.desks import FORM
from visitapp.errors import NotFound
from visitapp.records import Cover, Setting
from visitapp.services.services import Services
from visitapp.services.views.facets import choices_of, group_label
from visitapp.services.views.settings import OfficerLoad, portfolio_facets
from visitapp.services.views.visits import visit_facets


@pytest.fixture
def shared(services: Services, team: list[str]) -> list[str]:
    """Bob holds the second of the settings, in another team; the first is under a contract."""
    bring_contracts(services, team[0], "C1", own="C1")
    with services.desk.database.applying() as session:
        other = session.get_one(Setting, team[1])
        other.officer_id, other.team = "bob", "East"
    return team


@pytest.mark.parametrize(
    ("where", "places"),
    [
        ({"officer": "ann"}, [0]),
        ({"team": "East"}, [1]),
        ({"contract": "C1"}, [0]),
        ({"service_type": "nursing"}, [1]),
        ({"officer": "ann", "team": "East"}, []),
        ({"officer": ""}, [0, 1]),
    ],
)
def test_the_portfolio_is_narrowed(
    services: Services, shared: list[str], where: dict[str, str], places: list[int]
) -> None:
    found = services.portfolio.rows(where=where)
    assert {row.setting_id for row in found} == {shared[place] for place in places}


def test_the_portfolio_is_grouped_with_what_has_no_group_last(
    services: Services, shared: list[str]
) -> None:
    def labels(group: str) -> list[str]:
        rows = services.portfolio.rows(group=group, order="name", descending=True)
        return [group_label(row, group, portfolio_facets) for row in rows]

    assert labels("officer") == ["Ann Doe", "Bob Doe"]
    assert labels("team") == ["East", "West"]
    assert labels("contract") == ["C1", ""]
    by_name = [row.name for row in services.portfolio.rows()]
    assert [row.name for row in services.portfolio.rows(group="district")] == by_name


def test_a_setting_is_found_by_its_officer_and_contract(
    services: Services, shared: list[str]
) -> None:
    assert [row.setting_id for row in services.portfolio.rows(text="bob doe")] == shared[1:]
    assert [row.setting_id for row in services.portfolio.rows(text="c1")] == shared[:1]


def test_visits_and_actions_are_narrowed(services: Services, shared: list[str]) -> None:
    become(services, "ann")
    visit = services.visits.start(shared[1], FORM)
    services.actions.add(None, shared[1], "Mend the roof", services.desk.today())
    become(services, "lee")
    assert [one.id for one in services.visits.list(where={"officer": "ann"})] == [visit.id]
    assert services.visits.list(where={"officer": "bob"}) == [], "the visit's own officer"
    assert services.visits.list(where={"team": "West"}) == []
    (action,) = services.actions.list(where={"officer": "bob", "team": "East"})
    assert action.place.officer == "Bob Doe"
    assert services.actions.list(where={"officer": "ann"}) == []
    choices = choices_of(services.visits.list(), visit_facets)
    assert (choices["officer"], choices["team"]) == ({"ann": "Ann Doe"}, {"East": "East"})


def test_the_load_of_each_officer(services: Services, shared: list[str]) -> None:
    services.actions.add(None, shared[0], "Mend the roof", services.desk.today())
    with services.desk.database.applying() as session:
        day = services.desk.today()
        made = {"created_at": services.desk.clock(), "created_by": "lee"}
        days = {"starts_on": day, "ends_on": day, "active": True}
        session.add(Cover(setting_id=shared[0], deputy_id="bob", **days, **made))
    due = {row.setting_id: row.due_soon for row in services.portfolio.rows()}
    held = {one.officer: one for one in services.portfolio.load()}
    assert held["Ann Doe"] == OfficerLoad(
        officer_id="ann",
        officer="Ann Doe",
        team="West",
        settings=1,
        visits_due=int(due[shared[0]]),
        open_actions=1,
    )
    assert (held["Bob Doe"].settings, held["Bob Doe"].covers) == (1, 1)
    assert held["Lee Doe"].settings == 0


def test_an_officer_is_named_by_sign_in_name(services: Services, team: list[str]) -> None:
    assert services.leavers.person("ann").title == "Ann Doe"
    with pytest.raises(NotFound):
        services.leavers.person("zoe")


def test_a_merged_setting_is_neither_counted_nor_handed_over(
    services: Services, team: list[str]
) -> None:
    merged, into = team
    services.setting_life.merge(merged, into, services.desk.today(), "Entered twice", "leave")
    assert {one.officer: one.settings for one in services.portfolio.load()}["Ann Doe"] == 1
    assert [one.id for one in services.hand_overs.offered() if not one.is_contract] == [into]


def test_a_closed_setting_is_not_counted_and_can_be_handed_over(
    services: Services, team: list[str]
) -> None:
    services.setting_life.close(team[0], services.desk.today(), "The provider left", "leave")
    assert {one.officer: one.settings for one in services.portfolio.load()}["Ann Doe"] == 1
    assert {one.id for one in services.hand_overs.offered()} >= set(team)
