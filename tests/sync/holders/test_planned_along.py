"""Planned visits go along with a hand-over, and the hand-over lists them."""

from __future__ import annotations

from datetime import timedelta

from sync.server.operations.leavers import Leavers
from tests.support.sync.council import DAY, Council
from tests.support.sync.nights import next_day
from tests.support.sync.plans import PLANNED_ON, cancel, move, plan
from visitapp.records import Contract, HandOver, PlannedVisit, Provider, Setting, Visit, new_id
from visitapp.services.planning.queries import planned_views

TOMORROW = DAY + timedelta(days=1)


class Team:
    """Ann holds a setting that Bob is to get; Cat is a third officer, and Lee leads them."""

    def __init__(self, council: Council) -> None:
        self.council = council
        self.ann, self.bob, self.cat = (council.officer(name) for name in ("ann", "bob", "cat"))
        self.lee = council.lead("lee")
        self.setting = self.ann.setting()
        self.ann.sync()
        self.lee.sync()

    def planned(self, officer: str | None) -> str:
        """A visit that Lee planned, in the name of somebody or of nobody."""
        id_ = plan(self.lee, self.setting)
        self.lee.edit(PlannedVisit, id_, officer_id=officer)
        return id_

    def hand_over(self, **fields: object) -> str:
        given = {"setting_id": self.setting, "from_officer_id": self.ann.user_id, **fields}
        one = HandOver(**{"to_officer_id": self.bob.user_id, "starts_on": DAY, **given})
        self.lee.add(one)
        assert self.lee.sync().refused == []
        return one.id

    def officer(self, plan_id: str) -> str | None:
        found = self.council.get(PlannedVisit, plan_id)
        return found.officer_id

    def listed(self, hand_over: str) -> set[str]:
        return set(self.council.get(HandOver, hand_over).planned_visits)


def test_visits_still_to_be_made_go_along_and_are_listed(any_council: Council) -> None:
    team = Team(any_council)
    nobodys, anns = team.planned(None), team.planned(team.ann.user_id)
    cats, cancelled = team.planned(team.cat.user_id), team.planned(team.ann.user_id)
    cancel(team.lee, cancelled)
    one = team.hand_over()
    assert team.listed(one) == {nobodys, anns}
    assert [team.officer(id_) for id_ in (nobodys, anns, cats, cancelled)] == [
        *(None, None),
        *(team.cat.user_id, team.ann.user_id),
    ], "in nobody's name: for whoever holds the setting"
    team.bob.sync()
    assert set(team.bob.get(HandOver, one).planned_visits) == {nobodys, anns}
    assert team.bob.get(PlannedVisit, anns).officer_id is None


def test_they_go_on_the_day_and_not_before(any_council: Council) -> None:
    team = Team(any_council)
    anns = team.planned(team.ann.user_id)
    one = team.hand_over(starts_on=TOMORROW)
    assert (team.listed(one), team.officer(anns)) == (set(), team.ann.user_id)
    late = team.planned(team.ann.user_id)
    team.lee.sync()
    next_day(any_council)
    assert team.listed(one) == {anns, late}
    assert (team.officer(anns), team.officer(late)) == (None, None)
    next_day(any_council)
    assert team.listed(one) == {anns, late}


def test_a_visit_that_was_made_stays_with_its_officer(council: Council) -> None:
    team = Team(council)
    made = team.planned(None)
    team.lee.sync()
    team.ann.sync()
    visit = team.ann.visit(team.setting, plans="met", calls="met")
    team.ann.edit(Visit, visit, planned_visit_id=made)
    team.ann.sign_off(visit, council.library)
    assert team.ann.sync().refused == []
    one = team.hand_over()
    assert team.listed(one) == set()
    with team.lee.database.reading() as session:
        (view,) = planned_views(session, DAY, 3, PlannedVisit.id == made)
    assert (view.visit_id, view.officer_id) == (visit, team.ann.user_id)


def test_with_a_contract_go_those_that_name_its_officer(any_council: Council) -> None:
    team = Team(any_council)
    provider, contract = new_id(), new_id()
    team.lee.add(Provider(id=provider, name="Acorn Care"))
    team.lee.add(
        Contract(id=contract, provider_id=provider, number="C1", officer_id=team.cat.user_id)
    )
    team.lee.under(contract, team.setting)
    nobodys, cats = team.planned(None), team.planned(team.cat.user_id)
    one = team.hand_over(setting_id=None, contract_id=contract, from_officer_id=team.cat.user_id)
    assert team.listed(one) == {cats}
    assert (team.officer(nobodys), team.officer(cats)) == (None, team.bob.user_id)


def test_a_move_offline_meets_the_hand_over(any_council: Council) -> None:
    team = Team(any_council)
    anns = plan(team.ann, team.setting)
    team.ann.edit(PlannedVisit, anns, officer_id=team.ann.user_id)
    team.ann.sync()
    move(team.ann, anns, PLANNED_ON + timedelta(days=2))
    team.hand_over()
    result = team.ann.sync()
    assert (result.refused, result.conflicts) == ([], 0)
    found = any_council.get(PlannedVisit, anns)
    assert (found.officer_id, found.planned_on) == (None, PLANNED_ON + timedelta(days=2))


def test_what_a_leaver_was_to_visit_elsewhere_goes_too(any_council: Council) -> None:
    team = Team(any_council)
    cats = team.planned(team.cat.user_id)
    team.lee.sync()
    Leavers(any_council.database, any_council.clock).hand_over("cat", "bob")
    assert team.officer(cats) == team.bob.user_id
    assert any_council.get(Setting, team.setting).officer_id == team.ann.user_id
