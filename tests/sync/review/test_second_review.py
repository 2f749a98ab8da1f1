"""Two reviewers: nobody approves until the second one agrees, whoever comes first."""

from __future__ import annotations

import pytest

from tests.support.sync.council import Council, Device
from tests.support.sync.pushes import create, push, update
from visitapp.errors import Code
from visitapp.records import SecondReview, Visit, new_id

GOOD = {"plans": "met", "calls": "met"}


class Team:
    """An officer with a signed-off visit, and three leads of their team; all have it."""

    def __init__(self, council: Council) -> None:
        self.council = council
        self.ann = council.officer("ann")
        self.lee, self.kim, self.sol = (council.lead(name) for name in ("lee", "kim", "sol"))
        self.setting = self.ann.setting()
        self.visit = self.ann.visit(self.setting, **GOOD)
        self.ann.sign_off(self.visit, council.library)
        self.meet()

    def meet(self) -> None:
        for device in (self.ann, self.lee, self.kim, self.sol) * 2:
            assert device.sync().refused == []

    def ask(self, by: Device, whom: Device) -> str:
        """Ask somebody for a second review; its id."""
        second = SecondReview(
            id=new_id(),
            setting_id=self.setting,
            visit_id=self.visit,
            signed_off_at=by.get(Visit, self.visit).signed_off_at,
            reviewer_id=whom.user_id,
        )
        by.add(second)
        return second.id

    def status(self) -> str:
        return str(self.council.get(Visit, self.visit).status)


@pytest.fixture
def team(any_council: Council) -> Team:
    return Team(any_council)


def answer(device: Device, second: str, state: str, reason: str = "As I read it") -> None:
    device.step(second, state, SecondReview, day=None, reason=reason)


def refusals(device: Device) -> list[str]:
    return [one.text for one in device.sync().refused]


def test_both_must_agree_and_the_first_one_approves(team: Team) -> None:
    second = team.ask(team.lee, team.kim)
    team.meet()
    team.sol.review(team.visit, "approved")
    (sentence,) = refusals(team.sol)
    assert sentence == "A second reviewer was asked about this visit and has not agreed yet."
    answer(team.kim, second, "agreed")
    assert team.kim.sync().refused == []
    team.kim.review(team.visit, "approved")
    (sentence,) = refusals(team.kim)
    assert sentence == "You agreed as the second reviewer. The other reviewer approves the visit."
    team.lee.sync()
    team.lee.review(team.visit, "approved")
    assert refusals(team.lee) == []
    assert team.status() == "approved"


def test_a_second_reviewer_who_disagrees_bars_the_approval_until_the_return(team: Team) -> None:
    second = team.ask(team.lee, team.kim)
    team.meet()
    answer(team.kim, second, "disagreed")
    team.meet()
    team.lee.review(team.visit, "approved")
    assert len(refusals(team.lee)) == 1
    team.sol.review(team.visit, "returned")
    assert refusals(team.sol) == []
    team.ann.sync()
    team.ann.sign_off(team.visit, team.council.library)
    team.ann.sync()
    team.sol.sync()
    # It was about the sign-off before: this one is asked about anew, or not.
    team.sol.review(team.visit, "approved")
    assert refusals(team.sol) == []


def test_a_question_that_meets_an_approval_comes_too_late(team: Team) -> None:
    team.sol.review(team.visit, "approved")
    team.sol.sync()
    team.ask(team.lee, team.kim)
    assert refusals(team.lee) == ["This visit does not wait for a review."]
    assert team.status() == "approved"


def test_an_approval_that_meets_a_question_waits(team: Team) -> None:
    team.ask(team.lee, team.kim)
    team.lee.sync()
    team.sol.review(team.visit, "approved")
    assert len(refusals(team.sol)) == 1
    assert team.status() == "signed_off"


def test_nobody_answers_for_the_second_reviewer_or_on_their_own_visit(team: Team) -> None:
    by_kim = team.ask(team.lee, team.kim)
    team.meet()
    for device in (team.lee, team.sol):
        answer(device, by_kim, "agreed")
        assert len(refusals(device)) == 1
        assert team.council.get(SecondReview, by_kim).status == "asked"
    assert push(team.kim, update("second_review", by_kim, deleted=True))[0].status == "refused"
    with_own_name = create(
        team.lee,
        "second_review",
        setting_id=team.setting,
        visit_id=team.visit,
        signed_off_at="2026-11-22T09:00:00Z",
        reviewer_id=team.lee.user_id,
    )
    (result,) = push(team.lee, with_own_name)
    assert result.code == Code.NOT_ALLOWED


def test_who_answered_on_the_visit_does_not_agree_to_it(council: Council) -> None:
    ann, lee, kim = council.officer("ann"), council.lead("lee"), council.lead("kim")
    team = Team.__new__(Team)
    team.setting = ann.setting()
    team.visit = ann.visit(team.setting, **GOOD)
    for device in (ann, kim):
        device.sync()
    kim.answer(team.visit, "calls", value="partly")
    for device in (kim, ann):
        device.sync()
    ann.sign_off(team.visit, council.library)
    for device in (ann, lee):
        device.sync()
    second = team.ask(lee, kim)
    for device in (lee, kim):
        device.sync()
    answer(kim, second, "agreed")
    (sentence,) = refusals(kim)
    assert "took part" in sentence


def test_a_question_is_taken_back_with_a_reason(team: Team) -> None:
    second = team.ask(team.lee, team.kim)
    team.meet()
    answer(team.lee, second, "withdrawn", "Kim is away")
    team.lee.sync()
    team.sol.sync()
    team.sol.review(team.visit, "approved")
    assert refusals(team.sol) == []
    answer(team.kim, second, "agreed")
    assert len(refusals(team.kim)) == 1
