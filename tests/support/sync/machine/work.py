"""What people do at homes: actions, planned visits, visits and their reviews."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, initialize, multiple, rule

from tests.support.sync.comments import comment_if_may
from tests.support.sync.council import Device
from tests.support.sync.machine.base import DEVICES, OF_OFFICERS, Devices, happened, homes
from tests.support.sync.plans import plan_or_change
from visitapp.records import (
    Action,
    Answer,
    Conflict,
    ConflictStatus,
    Setting,
    Visit,
    VisitStatus,
)
from visitapp.records.codec import field_from_wire
from visitapp.records.ids import answer_id
from visitapp.rules.action_life import ACTION
from visitapp.rules.choices import FROZEN

FIELDS = ("title", "owner")
QUESTIONS = ("plans", "calls")
VALUES = ("met", "partly", "not_met")

actions = Bundle("actions")
visits = Bundle("visits")


class Work(Devices):
    """The rules of what people do at homes."""

    def _begin(self) -> None:
        """Two actions that Ann and Lee have changed at the same time: one conflict is there to be
        settled, another comes about as soon as Lee syncs."""
        super()._begin()
        ann = self.devices["ann's laptop"]
        self.actions_begun = [self._add(ann, self.homes_begun[0]) for _ in range(2)]
        self.everybody_syncs()
        for action in self.actions_begun:
            for device in ("ann's laptop", "lee's laptop"):
                self.edit(device, action, FIELDS[1])
            ann.sync()
            if action == self.actions_begun[0]:
                self.everybody_syncs()

    @initialize(target=actions)
    def actions_are_known(self) -> Any:
        return multiple(*self.actions_begun)

    @rule(target=homes, device=st.sampled_from(OF_OFFICERS))
    def add_a_setting(self, device: str) -> str:
        return self.devices[device].setting()

    @rule(target=actions, device=st.sampled_from(DEVICES), home=homes)
    def add_an_action(self, device: str, home: str) -> Any:
        here = self.devices[device]
        return multiple() if here.get(Setting, home) is None else self._add(here, home)

    @rule(device=st.sampled_from(DEVICES), action=actions, field=st.sampled_from(FIELDS))
    def edit(self, device: str, action: str, field: str) -> None:
        here = self.devices[device]
        record = here.get(Action, action)
        if record is None or record.deleted:
            return
        value = self.ledger.new_value()
        here.edit(Action, action, **{field: value})
        self.ledger.wrote(Action, action, field, value, over=getattr(record, field))

    @rule(device=st.sampled_from(DEVICES), action=actions, data=st.data())
    def take_a_step(self, device: str, action: str, data: Any) -> None:
        here = self.devices[device]
        record = here.get(Action, action)
        if record is None or record.deleted:
            return
        after = data.draw(st.sampled_from(ACTION.next_states(record.status, "officer")[1:]))
        fields = {"how": "visit", "note": "Seen"} if after == "verified" else {}
        here.step(action, after, reason="Because", fields=fields)
        happened["step"] += 1

    @rule(device=st.sampled_from(DEVICES), home=homes, turn=st.integers(0, 6))
    def plan_visits(self, device: str, home: str, turn: int) -> None:
        plan_or_change(self.devices[device], home, turn)

    @rule(device=st.sampled_from(DEVICES), action=actions)
    def delete(self, device: str, action: str) -> None:
        here = self.devices[device]
        record = here.get(Action, action)
        if record is not None and not record.deleted:
            here.edit(Action, action, deleted=True)

    @rule(target=visits, device=st.sampled_from(OF_OFFICERS), home=homes)
    def start_a_visit(self, device: str, home: str) -> Any:
        here = self.devices[device]
        return multiple() if here.get(Setting, home) is None else here.visit(home)

    @rule(
        device=st.sampled_from(OF_OFFICERS),
        visit=visits,
        question=st.sampled_from(QUESTIONS),
        value=st.sampled_from(VALUES),
    )
    def answer(self, device: str, visit: str, question: str, value: str) -> None:
        here = self.devices[device]
        record = here.get(Visit, visit)
        if record is None or record.status in FROZEN:
            return
        note = self.ledger.new_value()
        before = here.get(Answer, answer_id(visit, question))
        id_ = here.answer(visit, question, value=value, note=note)
        self.ledger.wrote(Answer, id_, "note", note, over=before.note if before else None)

    @rule(device=st.sampled_from(OF_OFFICERS), visit=visits)
    def sign_off(self, device: str, visit: str) -> None:
        here = self.devices[device]
        record = here.get(Visit, visit)
        if record is None or record.status in FROZEN or record.officer_id != here.user_id:
            return
        here.sign_off(visit, self.council.library)
        happened["sign-off"] += 1

    @rule(target=visits, device=st.sampled_from(OF_OFFICERS), home=homes)
    def sign_off_at_once(self, device: str, home: str) -> Any:
        if self.devices[device].get(Setting, home) is None:
            return multiple()
        visit = self.devices[device].visit(home)
        self.sign_off(device, visit)
        return visit

    @rule(visit=visits, decision=st.sampled_from(("approved", "returned")))
    def review(self, visit: str, decision: str) -> None:
        lee = self.devices["lee's laptop"]
        record = lee.get(Visit, visit)
        if record is None or record.status not in FROZEN - {VisitStatus.APPROVED}:
            return
        lee.review(visit, decision)
        happened["review"] += 1

    @rule(device=st.sampled_from(DEVICES), visit=visits)
    def comment(self, device: str, visit: str) -> None:
        self.comments += comment_if_may(self.devices[device], visit)

    @rule(device=st.sampled_from(DEVICES), keep=st.sampled_from(("server", "other")))
    def settle(self, device: str, keep: str) -> None:
        here = self.devices[device]
        opened = (c for c in here.all(Conflict) if c.status == ConflictStatus.OPEN)
        conflict = next((c for c in opened if c.kind == "action"), None)
        if conflict is None:
            return
        record = here.get(Action, conflict.record_id)
        here.settle(conflict.id, keep)
        if keep == "other" and not conflict.step_id:
            value = field_from_wire(Action, conflict.field, conflict.other_value)
            here.edit(Action, record.id, **{conflict.field: value})
        lost = getattr(record, conflict.field) if keep == "other" else conflict.other_value
        self.ledger.replaced(Action, record.id, conflict.field, lost)
        happened["settled"] += 1

    def _add(self, device: Device, home: str) -> str:
        title = self.ledger.new_value()
        action = device.action(home, title)
        self.ledger.wrote(Action, action, "title", title)
        return action
