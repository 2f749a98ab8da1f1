"""Comments on an answer: from a lead, answered by the officer, readable ever after."""

from __future__ import annotations

import pytest

from tests.support.sync.comments import comment
from tests.support.sync.council import Council, Device
from tests.support.sync.pushes import create, push, update
from visitapp.errors import Code
from visitapp.records import ReviewComment, Role, Visit


class Team:
    """An officer with a signed-off visit, and a lead of their team."""

    def __init__(self, council: Council) -> None:
        self.ann, self.lee = council.officer("ann"), council.lead("lee")
        self.setting = self.ann.setting()
        self.visit = self.ann.visit(self.setting, plans="met", calls="met")
        self.ann.sign_off(self.visit, council.library)
        self.meet()

    def meet(self) -> None:
        for device in (self.ann, self.lee) * 2:
            assert device.sync().refused == []


@pytest.fixture
def team(any_council: Council) -> Team:
    return Team(any_council)


def texts(device: Device) -> list[str]:
    return [one.text for one in device.all(ReviewComment)]


def test_a_comment_and_its_replies_meet_an_approval(team: Team) -> None:
    asked = comment(team.lee, team.visit, "Which audit was this?")
    team.meet()
    team.lee.review(team.visit, "approved")
    team.lee.sync()
    # The officer has not heard of the approval yet.
    replied = comment(team.ann, team.visit, "The one of October", asked)
    comment(team.ann, team.visit, "Its date is on page 2", replied)
    team.meet()
    assert texts(team.lee) == texts(team.ann)
    assert texts(team.lee) == [
        "Which audit was this?",
        "The one of October",
        "Its date is on page 2",
    ]
    assert team.ann.get(Visit, team.visit).status == "approved"
    comment(team.lee, team.visit, "Thank you", replied)
    team.meet()
    assert texts(team.ann)[-1] == "Thank you"


def test_a_comment_never_changes(team: Team) -> None:
    asked = comment(team.lee, team.visit, "Which audit was this?")
    team.meet()
    for change in ({"text": "Never mind"}, {"deleted": True}):
        (result,) = push(team.lee, update("review_comment", asked, **change))
        assert result.code == Code.NOT_ALLOWED


def test_who_is_neither_lead_nor_officer_of_the_visit_says_nothing(council: Council) -> None:
    team = Team(council)
    council.user("max", Role.MANAGER)
    manager, stranger = council.device("max"), council.officer("bea")
    values = {
        "setting_id": team.setting,
        "visit_id": team.visit,
        "question": "calls",
        "text": "Mine",
    }
    for device in (manager, stranger):
        (result,) = push(device, create(device, "review_comment", **values))
        assert result.status == "refused"
    comment(team.lee, team.visit, "Which audit was this?")
    team.meet()
    for device in (manager, stranger):
        device.sync()
        assert texts(device) == []
