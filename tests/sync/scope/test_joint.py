"""Joint visits at the server: what who joined receives, may write, and loses again."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.sync.council import Council, Device
from visitapp.errors import Code
from visitapp.records import Answer, Joining, Setting, Visit, VisitStatus
from visitapp.records.ids import joining_id


def join(device: Device, visit: str, user: Device) -> str:
    """Ask a user to join a visit; the id of the record."""
    id_ = joining_id(visit, user.user_id)
    setting = device.get(Visit, visit).setting_id
    device.add(Joining(id=id_, setting_id=setting, visit_id=visit, user_id=user.user_id))
    return id_


def held(device: Device) -> set[str]:
    return {setting.id for setting in device.all(Setting)}


class Pair:
    """An officer with a visit, and a colleague of another team who was asked to join it."""

    def __init__(self, council: Council) -> None:
        self.council = council
        self.ann, self.ben = council.officer("ann"), council.officer("ben", team="West")
        self.setting = self.ann.setting()
        self.other_setting = self.ann.setting("Birch House")
        self.visit = self.ann.visit(self.setting, plans="met")
        self.joining = join(self.ann, self.visit, self.ben)
        self.ann.sync()
        self.ben.sync()

    def sign_off(self) -> None:
        """Ann signs the visit off."""
        self.ann.answer(self.visit, "calls", value="met")
        self.ann.sync()
        self.ann.sign_off(self.visit, self.council.library)
        assert self.ann.sync().refused == []


@pytest.fixture
def pair(council: Council) -> Pair:
    return Pair(council)


def codes(device: Device) -> set[tuple[str, str]]:
    """The kinds and codes of what a sync leaves refused."""
    return {(one.kind, one.code) for one in device.sync().refused}


def test_the_setting_of_the_visit_comes_whole_and_no_other(any_council: Council) -> None:
    pair = Pair(any_council)
    assert held(pair.ben) == {pair.setting}
    assert [one.question for one in pair.ben.all(Answer)] == ["plans"]


def test_answers_meet_and_a_difference_is_a_conflict(pair: Pair) -> None:
    pair.ann.answer(pair.visit, "calls", value="met")
    pair.ben.answer(pair.visit, "calls", value="not_met")
    assert pair.ann.sync().conflicts == 0
    assert pair.ben.sync().conflicts == 1


def test_it_goes_at_sign_off_and_comes_back_when_the_visit_is_returned(pair: Pair) -> None:
    pair.sign_off()
    pair.ben.sync()
    assert held(pair.ben) == set()
    lee = pair.council.lead("lee")
    lee.sync()
    lee.review(pair.visit, VisitStatus.RETURNED)
    assert lee.sync().refused == []
    pair.ben.sync()
    assert held(pair.ben) == {pair.setting}


def test_an_answer_after_sign_off_waits_with_its_reason(pair: Pair) -> None:
    pair.ben.answer(pair.visit, "calls", note="Typed on the way home.")
    pair.sign_off()
    assert codes(pair.ben) == {("answer", Code.OUT_OF_SCOPE)}
    pair.ben.sync()
    assert held(pair.ben) == {pair.setting}, "what waits keeps the setting"


def test_who_joined_writes_on_that_visit_alone(pair: Pair) -> None:
    other = pair.ann.visit(pair.setting)
    pair.ann.sync()
    pair.ben.sync()
    pair.ben.answer(other, "plans", value="met")
    pair.ben.visit(pair.setting)
    pair.ben.edit(Setting, pair.setting, name="Mine")
    pair.ben.edit(Visit, pair.visit, announced=False)
    pair.ben.action(pair.setting)
    join(pair.ben, pair.visit, pair.council.officer("cat"))
    assert codes(pair.ben) == {
        (kind, Code.NOT_ALLOWED) for kind in ("answer", "visit", "setting", "action", "joining")
    }


def test_who_joined_does_not_sign_off(pair: Pair) -> None:
    pair.ben.answer(pair.visit, "calls", value="met")
    pair.ben.sync()
    pair.ben.sign_off(pair.visit, pair.council.library)
    assert ("step", Code.NOT_ALLOWED) in codes(pair.ben)
    assert pair.council.get(Visit, pair.visit).status == "draft"


def test_a_joining_is_taken_back_and_made_again(pair: Pair) -> None:
    pair.ben.answer(pair.visit, "calls", note="Seen together.")
    pair.ben.sync()
    pair.ann.edit(Joining, pair.joining, deleted=True)
    pair.ann.sync()
    pair.ben.sync()
    assert held(pair.ben) == set()
    assert {one.question for one in pair.ann.all(Answer)} == {"plans", "calls"}
    pair.ann.edit(Joining, pair.joining, deleted=False)
    pair.ann.sync()
    pair.ben.sync()
    assert held(pair.ben) == {pair.setting}


@pytest.mark.parametrize("fields", [{"deleted": True}, {"user_id": "somebody"}])
def test_who_joined_cannot_change_who_joins(pair: Pair, fields: dict[str, Any]) -> None:
    pair.ben.edit(Joining, pair.joining, **fields)
    assert codes(pair.ben) == {("joining", Code.NOT_ALLOWED)}


def test_a_signed_off_visit_is_joined_by_nobody_more(pair: Pair) -> None:
    pair.sign_off()
    cat = pair.council.officer("cat", team="West")
    pair.ann.sync()
    join(pair.ann, pair.visit, cat)
    assert codes(pair.ann) == {("joining", Code.VISIT_FROZEN)}
    cat.sync()
    assert held(cat) == set()
