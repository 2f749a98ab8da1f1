"""The server draws which signed-off visits are reviewed; the others leave the queue by its step."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sync.client.policies import publish_policy
from tests.support.policies.texts import policy_text
from tests.support.sync.council import DAY, Council, Device
from tests.support.sync.pushes import AT, create, push, step_of, update
from visitapp.errors import Code
from visitapp.records import Counter, Rating, ReviewDraw, Step, Visit
from visitapp.rules.reviews.sampling import place_in_draw

GOOD = {"plans": "met", "calls": "met"}
NOBODY_DRAWN = (
    ("first_visits: 5", "first_visits: 0"),
    ("{amber: 50, green: 20}", "{amber: 0, green: 0}"),
)
EVERYBODY_DRAWN = (
    ("first_visits: 5", "first_visits: 0"),
    ("{amber: 50, green: 20}", "{amber: 100, green: 100}"),
)


class Team:
    """An officer whose setting is rated Green, with two leads, under a policy of their own."""

    def __init__(self, council: Council, *changes: tuple[str, str]) -> None:
        self.council = council
        self.ann = council.officer("ann")
        self.lee, self.kim = council.lead("lee"), council.lead("kim")
        text = policy_text("2027.1", DAY, *changes)
        publish_policy(self.lee.database, self.lee.transport, text)
        self.setting = self.ann.setting()
        self.first = self.sign_off(DAY - timedelta(days=30), **GOOD)
        self.lee.sync()
        self.lee.review(self.first, "approved")
        self.meet()

    def sign_off(self, on: date = DAY, **answers: str) -> str:
        """A visit of the officer's, signed off and sent; its id."""
        visit = self.ann.visit(self.setting, on=on, **answers)
        self.ann.sign_off(visit, self.council.library)
        assert self.ann.sync().refused == []
        return visit

    def meet(self) -> None:
        for device in (self.lee, self.kim, self.ann) * 2:
            assert device.sync().refused == []

    def statuses(self, visit: str) -> set[str]:
        """The state of a visit on every device and at the server."""
        found = [device.get(Visit, visit) for device in (self.ann, self.lee, self.kim)]
        return {str(one.status) for one in (*found, self.council.get(Visit, visit))}

    def reasons(self, visit: str) -> list[list[str]]:
        """Why a visit is reviewed, for each of its sign-offs, as a lead's device has it."""
        return [draw.reasons for draw in self.lee.all(ReviewDraw) if draw.visit_id == visit]


@pytest.fixture
def team(any_council: Council) -> Team:
    return Team(any_council, *NOBODY_DRAWN)


def refusal(device: Device) -> list[str]:
    return [one.code for one in device.sync().refused]


def test_a_routine_visit_that_is_not_drawn_leaves_the_queue_by_a_step(team: Team) -> None:
    visit = team.sign_off(**GOOD)
    team.meet()
    assert team.statuses(visit) == {"not_sampled"}
    assert team.reasons(visit) == [[]]
    (step,) = [one for one in team.ann.all(Step) if one.after == "not_sampled"]
    assert (step.created_by, step.fields) == ("server", {"policy_version": "2027.1"})
    rated = [row for row in team.lee.all(Rating) if row.visit_id == visit]
    assert [(row.rag, row.state) for row in rated] == [("green", "stands")]


def test_what_is_first_red_or_returned_is_reviewed(team: Team) -> None:
    red = team.sign_off(plans="not_met", calls="not_met")
    team.meet()
    assert team.statuses(red) == {"signed_off"}
    assert (team.reasons(team.first), team.reasons(red)) == ([["first_rating"]], [["red", "worse"]])
    team.lee.review(red, "returned")
    team.meet()
    for question in GOOD:
        team.ann.answer(red, question, value="met")
    team.ann.sign_off(red, team.council.library)
    team.meet()
    assert sorted(team.reasons(red)) == [["red", "worse"], ["returned"]]
    assert team.statuses(red) == {"signed_off"}


def test_the_draw_is_the_servers_alone_and_the_same_again(council: Council) -> None:
    team = Team(council, ("first_visits: 5", "first_visits: 0"))
    with council.database.reading() as session:
        key = session.get_one(Counter, 1).draw_key
    visits = [team.sign_off(DAY - timedelta(days=n), **GOOD) for n in range(8, 0, -1)]
    team.meet()
    drawn = {visit: place_in_draw(key, visit, "2027.1") < 20 for visit in visits}
    assert {visit: team.reasons(visit) for visit in visits} == {
        visit: [["drawn"]] if is_drawn else [[]] for visit, is_drawn in drawn.items()
    }
    for device in (team.ann, team.lee):
        assert device.all(Counter) == []


def test_nobody_but_the_server_lets_a_visit_go_unreviewed(team: Team) -> None:
    visit = team.sign_off(plans="not_met", calls="not_met")
    team.meet()
    steps = step_of(team.lee, team.lee.get(Visit, visit), "not_sampled")
    draw = create(
        team.lee,
        "review_draw",
        setting_id=team.setting,
        visit_id=visit,
        signed_off_at=AT,
        reasons=[],
        policy_version="2027.1",
    )
    assert [one.status for one in push(team.lee, steps, draw)] == ["refused", "refused"]
    stored = team.lee.all(ReviewDraw)[-1].id
    (result,) = push(team.lee, update("review_draw", stored, reasons=[]))
    assert result.code == Code.NOT_ALLOWED
    team.meet()
    assert team.statuses(visit) == {"signed_off"}


def test_a_lead_may_review_what_was_not_sampled_and_the_first_one_counts(team: Team) -> None:
    visit = team.sign_off(**GOOD)
    team.meet()
    team.kim.review(visit, "returned", "Which audit was this?")
    team.kim.sync()
    team.lee.review(visit, "approved")
    assert refusal(team.lee) == [Code.STEP_REFUSED]
    team.meet()
    assert team.statuses(visit) == {"returned"}
    states = {row.state for row in team.ann.all(Rating) if row.visit_id == visit}
    assert states == {"stands", "withdrawn"}


def test_under_a_policy_that_draws_everybody_nobody_is_left_out(council: Council) -> None:
    team = Team(council, *EVERYBODY_DRAWN)
    visit = team.sign_off(**GOOD)
    team.meet()
    assert team.statuses(visit) == {"signed_off"}
    assert team.reasons(visit) == [["drawn"]]


def test_the_first_visits_of_an_officer_are_reviewed(council: Council) -> None:
    team = Team(council, ("first_visits: 5", "first_visits: 2"), NOBODY_DRAWN[1])
    visits = [team.sign_off(DAY - timedelta(days=n), **GOOD) for n in (3, 2, 1)]
    team.meet()
    assert [team.reasons(visit) for visit in visits] == [[["new_officer"]], [[]], [[]]]
