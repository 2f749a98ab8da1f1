"""Hand-overs that a lead decides: from a day on, with visits in progress, and met offline."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sync.server.operations.users import People
from tests.support.sync.council import DAY, Council
from tests.support.sync.nights import next_day
from tests.support.sync.pushes import create, push, update
from visitapp.errors import Code
from visitapp.records import (
    Action,
    Contract,
    HandOver,
    HandOverState,
    History,
    Provider,
    Role,
    Setting,
    User,
    Visit,
    VisitStatus,
    new_id,
)

TOMORROW = DAY + timedelta(days=1)


class Team:
    """Ann and Bob of one team, led by Lee; Ann holds a setting with a visit in progress."""

    def __init__(self, council: Council) -> None:
        self.council = council
        self.ann, self.bob = council.officer("ann"), council.officer("bob")
        self.lee = council.lead("lee")
        self.setting = self.ann.setting()
        self.visit = self.ann.visit(self.setting, plans="not_met", calls="not_met")
        self.ann.sync()
        self.lee.sync()

    def hand_over(self, starts_on: date = DAY, **fields: Any) -> str:
        """Lee hands Ann's setting to Bob, and syncs; the id of the hand-over."""
        given = {
            "setting_id": self.setting,
            "from_officer_id": self.ann.user_id,
            "to_officer_id": self.bob.user_id,
            "starts_on": starts_on,
            "note": "Ann leaves",
            **fields,
        }
        one = HandOver(**given)
        self.lee.add(one)
        assert self.lee.sync().refused == []
        return one.id

    def state(self, hand_over: str) -> str:
        return str(self.council.get(HandOver, hand_over).state)

    def holder(self) -> str:
        return str(self.council.get(Setting, self.setting).officer_id)


def test_a_hand_over_of_today_moves_the_setting_and_its_visit(any_council: Council) -> None:
    team = Team(any_council)
    one = team.hand_over()
    assert team.state(one) == HandOverState.DONE
    assert team.lee.get(HandOver, one).done_on == any_council.clock.now.date()
    assert team.lee.get(Setting, team.setting).officer_id == team.bob.user_id
    team.bob.sync()
    assert team.bob.get(Visit, team.visit).officer_id == team.bob.user_id
    team.ann.sync()
    assert team.ann.all(Setting) == []
    entry = next(
        h for h in team.bob.all(History) if h.field == "officer_id" and h.kind == "setting"
    )
    assert (entry.created_by, entry.new) == (team.lee.user_id, team.bob.user_id)


def test_visits_in_progress_can_stay_with_the_officer_before(council: Council) -> None:
    team = Team(council)
    team.hand_over(drafts=False)
    assert council.get(Visit, team.visit).officer_id == team.ann.user_id
    assert team.holder() == team.bob.user_id


def test_a_later_hand_over_is_carried_out_by_the_daily_work(any_council: Council) -> None:
    team = Team(any_council)
    one = team.hand_over(TOMORROW)
    assert (team.state(one), team.holder()) == (HandOverState.PLANNED, team.ann.user_id)
    assert next_day(any_council)[1] == "Hand-overs carried out: 1, not carried out: 0."
    assert next_day(any_council, 0)[1] == "Hand-overs carried out: 0, not carried out: 0."
    assert (team.state(one), team.holder()) == (HandOverState.DONE, team.bob.user_id)
    team.bob.sync()
    assert team.bob.get(Setting, team.setting) is not None


def test_of_two_hand_overs_decided_apart_the_first_stands(any_council: Council) -> None:
    team = Team(any_council)
    kim, cat = any_council.lead("kim"), any_council.officer("cat")
    kim.sync()
    first = team.hand_over()
    other = HandOver(
        setting_id=team.setting,
        from_officer_id=team.ann.user_id,
        to_officer_id=cat.user_id,
        starts_on=DAY,
    )
    kim.add(other)
    assert kim.sync().refused == []
    assert (team.state(first), team.state(other.id)) == (HandOverState.DONE, HandOverState.NOT_DONE)
    assert kim.get(HandOver, other.id).state == HandOverState.NOT_DONE
    assert team.holder() == team.bob.user_id


def test_a_planned_hand_over_gives_way_to_another_or_to_a_leaver(council: Council) -> None:
    team = Team(council)
    planned = team.hand_over(TOMORROW)
    People(council.database, council.clock).disable("bob")
    next_day(council)
    assert (team.state(planned), team.holder()) == (HandOverState.NOT_DONE, team.ann.user_id)


def test_a_planned_hand_over_can_be_withdrawn_and_one_that_is_done_cannot(
    council: Council,
) -> None:
    team = Team(council)
    planned = team.hand_over(TOMORROW)
    team.lee.edit(HandOver, planned, deleted=True)
    assert team.lee.sync().refused == []
    next_day(council)
    assert team.holder() == team.ann.user_id
    done = team.hand_over(TOMORROW)
    (result,) = push(team.lee, update("hand_over", done, deleted=True))
    assert result.code == Code.NOT_ALLOWED


def test_a_sign_off_that_meets_the_hand_over_of_its_visit_is_taken(any_council: Council) -> None:
    """Ann signs a Red visit off while she is offline; meanwhile it is handed over."""
    team = Team(any_council)
    team.ann.sign_off(team.visit, any_council.library)
    action = team.ann.action(team.setting, "Mend the bells", team.visit)
    team.hand_over()
    result = team.ann.sync()
    assert (result.refused, result.conflicts) == ([], 0)
    visit = any_council.get(Visit, team.visit)
    assert (visit.status, visit.signed_off_by) == (VisitStatus.SIGNED_OFF, team.ann.user_id)
    assert any_council.get(Action, action) is not None
    team.ann.sync()
    assert (team.ann.outbox(), team.ann.all(Visit)) == ([], [])
    team.bob.sync()
    assert team.bob.get(Visit, team.visit).outcome["overall"] == "red"


def test_a_sign_off_loses_against_answers_of_the_new_holder(any_council: Council) -> None:
    team = Team(any_council)
    team.ann.sign_off(team.visit, any_council.library)
    team.hand_over()
    team.bob.sync()
    team.bob.answer(team.visit, "plans", value="met")
    team.bob.sync()
    result = team.ann.sync()
    assert len(result.refused) == 1
    assert any_council.get(Visit, team.visit).status == VisitStatus.DRAFT
    assert team.ann.get(Visit, team.visit).status == VisitStatus.SIGNED_OFF, "kept on her laptop"


def test_a_hand_over_that_comes_after_the_sign_off_leaves_the_visit_alone(
    council: Council,
) -> None:
    team = Team(council)
    team.ann.sign_off(team.visit, council.library)
    team.ann.sync()
    team.hand_over()
    assert council.get(Visit, team.visit).officer_id == team.ann.user_id
    assert team.holder() == team.bob.user_id


def test_a_contract_is_handed_over(any_council: Council) -> None:
    team = Team(any_council)
    provider, contract = new_id(), new_id()
    team.lee.add(Provider(id=provider, name="Acorn Care"))
    team.lee.add(
        Contract(id=contract, provider_id=provider, number="C1", officer_id=team.ann.user_id)
    )
    team.lee.under(contract, team.setting)
    team.lee.edit(Setting, team.setting, officer_id=None)
    team.lee.sync()
    team.hand_over(setting_id=None, contract_id=contract)
    assert any_council.get(Contract, contract).officer_id == team.bob.user_id
    assert any_council.get(Visit, team.visit).officer_id == team.bob.user_id
    team.bob.sync()
    assert team.bob.get(Setting, team.setting) is not None
    team.ann.sync()
    assert team.ann.all(Setting) == []


def test_a_leads_own_visit_with_answers_stays_in_their_name(council: Council) -> None:
    team = Team(council)
    own = team.lee.visit(team.setting, plans="met")
    team.lee.edit(Setting, team.setting, officer_id=team.lee.user_id)
    team.lee.sync()
    team.hand_over(from_officer_id=team.lee.user_id)
    assert council.get(Visit, own).officer_id == team.lee.user_id
    assert team.holder() == team.bob.user_id


def test_a_hand_over_that_cannot_be_is_refused(council: Council) -> None:
    team = Team(council)
    wes = council.officer("wes", "West")
    council.user("vic", Role.VIEWER)
    vic = next(user for user in council.all(User) if user.name == "vic")
    wanted = {"setting_id": team.setting, "from_officer_id": team.ann.user_id}
    wanted |= {"to_officer_id": team.bob.user_id, "starts_on": DAY.isoformat()}
    for device, change, code in (
        (team.ann, {}, Code.NOT_ALLOWED),
        (team.lee, {"to_officer_id": wes.user_id}, Code.NOT_ALLOWED),
        (team.lee, {"to_officer_id": vic.id}, Code.BAD_VALUE),
        (team.lee, {"state": "done"}, Code.BAD_VALUE),
        (wes, {}, Code.OUT_OF_SCOPE),
    ):
        (result,) = push(device, create(device, "hand_over", **{**wanted, **change}))
        assert result.code == code, change
    assert team.holder() == team.ann.user_id
