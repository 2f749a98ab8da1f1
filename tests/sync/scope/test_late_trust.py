"""Late work reaches only what its sender made, and no device says who held a setting."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.sync.council import DAY, Council, Device
from tests.support.sync.pushes import create, push, step_of, update
from visitapp.errors import Code
from visitapp.records import Action, Answer, Conflict, Evidence, Visit, VisitStatus


class HandedOver:
    """A setting that went from Ann to Bob, with a visit and an action of each."""

    def __init__(self, council: Council) -> None:
        self.council = council
        self.ann, self.bob = council.officer("ann"), council.officer("bob")
        self.lee = council.lead("lee")
        self.setting = self.ann.setting()
        self.visit = self.ann.visit(self.setting, plans="met")
        self.action = self.ann.action(self.setting)
        self.ann.sync()
        council.admin.assign("bob", [self.setting])
        self.bob.sync()
        self.bobs_visit = self.bob.visit(self.setting, plans="not_met", calls="not_met")
        self.bobs_action = self.bob.action(self.setting, "Bob's action")
        self.bob.sync()

    def bobs_base(self) -> int:
        return self.council.get(Visit, self.bobs_visit).revision


def an_action(device: Device, setting: str) -> Any:
    return create(device, "action", setting_id=setting, title="Late", first_due_on=DAY.isoformat())


def said(device: Device, setting: str, field: str, old: str, **more: Any) -> Any:
    """A history entry that claims a hand-over."""
    entry = {"kind": "setting", "record_id": setting, "field": field, "old": old, "new": "other"}
    return create(device, "history", **{**entry, **more})


@pytest.mark.parametrize("own_setting", [True, False])
def test_a_forged_hand_over_opens_nothing(any_council: Council, own_setting: bool) -> None:
    ann, west = any_council.officer("ann"), any_council.lead("wes", "West")
    accomplice, friend = any_council.officer("bob"), any_council.officer("eve", "West")
    setting, visit = ann.setting(), ""
    visit = ann.visit(setting)
    ann.sync()
    more = {"setting_id": west.setting()} if own_setting else {}
    west.sync()
    push(west, said(west, setting, "team", "West", **more))
    push(accomplice, said(accomplice, setting, "officer_id", friend.user_id))
    push(ann, said(ann, setting, "officer_id", friend.user_id, setting_id=setting))
    for stranger in (west, friend):
        made, changed = push(
            stranger, an_action(stranger, setting), update("visit", visit, deleted=True)
        )
        assert (made.code, changed.code) == (Code.OUT_OF_SCOPE, Code.OUT_OF_SCOPE)
    assert any_council.all(Action) == []


def test_a_lead_who_hands_over_leaves_the_former_officer_their_late_work(
    any_council: Council,
) -> None:
    ann, bob, lee = any_council.officer("ann"), any_council.officer("bob"), any_council.lead("lee")
    setting = ann.setting()
    ann.sync()
    lee.sync()
    assert push(ann, an_action(ann, setting))[0].status == "accepted"
    assert push(lee, update("setting", setting, officer_id=bob.user_id))[0].status == "accepted"
    assert push(ann, an_action(ann, setting))[0].status == "accepted"
    assert push(bob, an_action(bob, setting))[0].status == "accepted"


def test_late_work_on_what_the_sender_made_is_taken(any_council: Council) -> None:
    there = HandedOver(any_council)
    there.ann.answer(there.visit, "calls", value="partly")
    there.ann.edit(Action, there.action, owner="The manager")
    there.ann.sign_off(there.visit, any_council.library)
    result = there.ann.sync()
    assert (result.refused, result.conflicts) == ([], 0)
    assert any_council.get(Visit, there.visit).status == VisitStatus.SIGNED_OFF
    assert any_council.get(Action, there.action).owner == "The manager"


def test_a_late_edit_of_what_another_made_is_left_to_the_holder(any_council: Council) -> None:
    there = HandedOver(any_council)
    answer = next(a for a in any_council.all(Answer) if a.visit_id == there.bobs_visit)
    newest = any_council.get(Answer, answer.id).revision
    edits = (
        ("answer", answer.id, {"value": "met"}, answer.value),
        ("action", there.bobs_action, {"title": "Nothing to do"}, "Bob's action"),
        ("visit", there.bobs_visit, {"deleted": True}, False),
    )
    for kind, id_, new, old in edits:
        change = update(kind, id_, newest + 10, **new)
        (field,) = new
        change.edits[field] = type(change.edits[field])(
            base=max(r.revision for r in any_council.all(Action)), old=old, new=new[field]
        )
        assert push(there.ann, change)[0].status == "conflict"
    assert any_council.get(Answer, answer.id).value == answer.value
    assert any_council.get(Action, there.bobs_action).title == "Bob's action"
    assert not any_council.get(Visit, there.bobs_visit).deleted
    fields = {conflict.field for conflict in any_council.all(Conflict)}
    assert fields == {"value", "title", "deleted"}


def test_nobody_signs_off_or_answers_anothers_visit_late(any_council: Council) -> None:
    there = HandedOver(any_council)
    visit = {"setting_id": there.setting, "visit_id": there.bobs_visit}
    changes = (
        step_of(
            *(there.ann, any_council.get(Visit, there.bobs_visit), "signed_off"),
            fields={"outcome": {"overall": "green"}},
        ),
        create(there.ann, "evidence", **visit, kind="note", title="Mine"),
        create(
            there.ann,
            "step",
            setting_id=there.setting,
            kind="action",
            record_id=there.bobs_action,
            before="open",
            after="done",
            reason="",
            fields={"done_on": DAY.isoformat()},
            was={},
        ),
    )
    results = push(there.ann, *changes)
    assert [result.code for result in results] == [Code.OUT_OF_SCOPE] * 3
    assert any_council.get(Visit, there.bobs_visit).status == VisitStatus.DRAFT
    assert any_council.all(Evidence) == []
