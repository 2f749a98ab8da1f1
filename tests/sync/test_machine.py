"""Several devices, several people, trouble everywhere: what holds however they take turns.

- every device in scope ends with exactly what the server holds, and nothing out of its scope;
- every value ever written is the present one, or was replaced by somebody who had seen it, or is
  in a conflict;
- revisions never repeat;
- a signed-off visit has the outcome of the answers that the server holds.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from forms import rate
from tests.support.sync.belonging import belongs_to, is_in, parents_kept
from tests.support.sync.comments import comment_if_may, require_comments
from tests.support.sync.council import Clock, Council, Device
from tests.support.sync.decisions import decide_or_record
from tests.support.sync.ledger import Ledger
from tests.support.sync.nights import arrange_cover, hand_over, next_day
from tests.support.sync.plans import plan_or_change
from tests.support.sync.scopes import scope_of
from tests.support.sync.troubles import BadLink, PowerCut, Trouble, crashing, make_again
from tests.support.sync.wire_values import to_wire
from visitapp.errors import LinkProblem, NotAllowed
from visitapp.records import (
    KEPT_HERE,
    SYNCED,
    Action,
    Answer,
    Conflict,
    ConflictStatus,
    Contract,
    ContractSetting,
    Cover,
    Provider,
    Role,
    Setting,
    Visit,
    VisitStatus,
    new_id,
)
from visitapp.records.codec import field_from_wire
from visitapp.records.ids import answer_id
from visitapp.rules.action_life import ACTION
from visitapp.rules.choices import FROZEN

FIELDS = ("title", "owner")
DEVICES = ("ann's laptop", "ann's tablet", "ben's laptop", "lee's laptop")
NAMES = {"ann's laptop": "ann", "ann's tablet": "ann", "ben's laptop": "ben", "lee's laptop": "lee"}
OFFICERS = ("ann", "ben")
QUESTIONS = ("plans", "calls")
VALUES = ("met", "partly", "not_met")
YEARS_WRONG = (-9, -1, 0, 1, 9)
happened: Counter[str] = Counter()
"""How often each trouble came about, over all runs: a proof without trouble proves nothing."""


class Meeting(RuleBasedStateMachine):
    """Ann on two devices, Ben and their lead Lee work on shared settings."""

    actions = Bundle("actions")
    homes = Bundle("homes")
    visits = Bundle("visits")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="visitapp-meeting-"))
        self.council = Council(self.folder, f"sqlite:///{self.folder}/server.db", page=5)
        self.council.transport = lambda: BadLink(self.council.server)
        self.devices: dict[str, Device] = {}
        self.ledger, self.comments = Ledger(), list[str]()
        self.over = False  # whether the last meeting has begun
        self._begin()

    def _begin(self) -> None:
        """A home of each officer, and two actions that Ann and Lee have changed at the same time:
        one conflict is there to be settled, another comes about as soon as Lee syncs."""
        for name in OFFICERS:
            self.council.user(name)
        self.council.user("lee", Role.LEAD)
        for which in DEVICES:
            self.devices[which] = self.council.device(NAMES[which], clock=Clock())
        ann = self.devices["ann's laptop"]
        self.homes_begun = [ann.setting(), self.devices["ben's laptop"].setting()]
        self.actions_begun = [self._add(ann, self.homes_begun[0]) for _ in range(2)]
        self._everybody_syncs()
        for action in self.actions_begun:
            for device in ("ann's laptop", "lee's laptop"):
                self.edit(device, action, FIELDS[1])
            ann.sync()
            if action == self.actions_begun[0]:
                self._everybody_syncs()

    def _everybody_syncs(self) -> None:
        for _ in range(2):
            for device in self.devices.values():
                device.sync()

    @initialize(target=homes)
    def homes_are_known(self) -> Any:
        return multiple(*self.homes_begun)

    @initialize(target=actions)
    def actions_are_known(self) -> Any:
        return multiple(*self.actions_begun)

    @rule(target=homes, device=st.sampled_from(DEVICES[:3]))
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

    @rule(target=visits, device=st.sampled_from(DEVICES[:3]), home=homes)
    def start_a_visit(self, device: str, home: str) -> Any:
        here = self.devices[device]
        return multiple() if here.get(Setting, home) is None else here.visit(home)

    @rule(
        device=st.sampled_from(DEVICES[:3]),
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

    @rule(device=st.sampled_from(DEVICES[:3]), visit=visits)
    def sign_off(self, device: str, visit: str) -> None:
        here = self.devices[device]
        record = here.get(Visit, visit)
        if record is None or record.status in FROZEN or record.officer_id != here.user_id:
            return
        here.sign_off(visit, self.council.library)
        happened["sign-off"] += 1

    @rule(target=visits, device=st.sampled_from(DEVICES[:3]), home=homes)
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

    @rule(device=st.sampled_from(DEVICES), home=homes)
    def decide_or_record_an_event(self, device: str, home: str) -> None:
        happened["decision"] += decide_or_record(self.devices[device], home)

    @rule(device=st.sampled_from(DEVICES), trouble=st.sampled_from(tuple(Trouble)))
    def sync(self, device: str, trouble: Trouble) -> None:
        self._sync(self.devices[device], trouble)

    @rule(device=st.sampled_from(DEVICES))
    def upgrade_a_device(self, device: str) -> None:
        make_again(self.devices[device])

    @rule(device=st.sampled_from(DEVICES), at=st.integers(1, 4))
    def sync_until_the_laptop_dies(self, device: str, at: int) -> None:
        here = self.devices[device]
        with crashing(here.database.engine, at):
            try:
                self._sync(here)
            except PowerCut:
                happened["laptop died"] += 1

    @rule(device=st.sampled_from(DEVICES), at=st.integers(1, 2))
    def sync_until_the_server_dies(self, device: str, at: int) -> None:
        with crashing(self.council.database.engine, at) as commits:
            self._sync(self.devices[device])
            happened["server died"] += len(commits) >= at

    @rule(device=st.sampled_from(DEVICES), years=st.sampled_from(YEARS_WRONG))
    def the_clock_of_a_laptop_jumps(self, device: str, years: int) -> None:
        self.devices[device].clock.now = Clock().now + timedelta(days=365 * years)

    @rule(minutes=st.sampled_from((1, 20)))
    def time_passes_at_the_server(self, minutes: int) -> None:
        self.council.clock.now += timedelta(minutes=minutes)

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

    @rule(home=homes, officer=st.sampled_from(OFFICERS))
    def hand_over(self, home: str, officer: str) -> None:
        here = self.council.get(Setting, home)
        if here is None:
            return
        to = self.devices[f"{officer}'s laptop"].user_id
        happened["moved"] += here.officer_id != to
        self.council.admin.assign(officer, [home])

    @rule(home=homes, officer=st.sampled_from(OFFICERS), days=st.integers(0, 1))
    def arrange_cover(self, home: str, officer: str, days: int) -> None:
        """Lee lets an officer cover a home until a day, from today."""
        deputy = self.devices[f"{officer}'s laptop"].user_id
        arrange_cover(self.council, self.devices["lee's laptop"], home, deputy, days)

    @rule(home=homes, officer=st.sampled_from(OFFICERS))
    def decide_a_hand_over(self, home: str, officer: str) -> None:
        """Lee hands a home over, with what its officer has begun there."""
        to = self.devices[f"{officer}'s laptop"].user_id
        hand_over(self.council, self.devices["lee's laptop"], home, to)

    @rule()
    def a_night_passes(self) -> None:
        before = [cover.id for cover in self.council.all(Cover) if cover.active]
        next_day(self.council)
        happened["cover ended"] += len(before)

    @rule(home=homes)
    def put_under_a_contract(self, home: str) -> None:
        lee = self.devices["lee's laptop"]
        if lee.get(Setting, home) is None:
            return
        provider, contract = new_id(), new_id()
        lee.add(Provider(id=provider, name="Willow Care"))
        lee.add(Contract(id=contract, provider_id=provider, number="C"))
        lee.under(contract, home)
        happened["contract"] += 1

    @rule(home=homes, title=st.sampled_from(("One", "Two")))
    def edit_its_contract(self, home: str, title: str) -> None:
        lee = self.devices["lee's laptop"]
        for link in [one for one in lee.all(ContractSetting) if one.setting_id == home][:1]:
            lee.edit(Contract, link.contract_id, title=title)

    @invariant()
    def revisions_never_repeat(self) -> None:
        revisions = [row.revision for kind in SYNCED for row in self.council.all(kind)]
        assert len(revisions) == len(set(revisions))

    def teardown(self) -> None:
        try:
            if self.devices:
                self._all_meet()
        finally:
            self.council.close()
            shutil.rmtree(self.folder)

    def _all_meet(self) -> None:
        self.over = True
        # Once to sign in again, where that is needed, once to send and once to receive.
        for _ in range(3):
            for device in self.devices.values():
                self._sync(device)
        waiting = {row.record_id for device in self.devices.values() for row in device.outbox()}
        self.ledger.nothing_was_lost(self.council, waiting)
        require_comments(self.council, set(self.comments) - waiting)
        self._outcomes_hold()
        for device in self.devices.values():
            self._agrees(device)

    def _outcomes_hold(self) -> None:
        for visit in self.council.all(Visit):
            if visit.status not in FROZEN:
                continue
            mine = [a for a in self.council.all(Answer) if a.visit_id == visit.id]
            form = self.council.library.form(visit.form_id, visit.form_version)
            outcome = rate(form, {a.question: {"value": a.value} for a in mine}, visit.facts)
            assert visit.outcome == msgspec.to_builtins(outcome)

    def _agrees(self, device: Device) -> None:
        mine = scope_of(self.council, device)
        waiting = {row.setting_id for row in device.outbox()}
        waiting |= parents_kept(device, waiting - mine)
        for kind in SYNCED:
            at_server = {
                row.id: (row.revision, to_wire(row))
                for row in self.council.all(kind)
                if belongs_to(row) in mine | {None}
            }
            here = {
                row.id: (row.revision, to_wire(row))
                for row in device.all(kind)
                if belongs_to(row) not in waiting and row.revision != KEPT_HERE
            }
            assert here == {
                id_: row for id_, row in at_server.items() if is_in(row[1], id_, waiting, kind)
            }

    def _sync(self, device: Device, trouble: Trouble = Trouble.NONE) -> None:
        link = device.transport
        assert isinstance(link, BadLink)
        link.trouble = trouble
        try:
            result = device.sync(confirm_removal=lambda going, of: True)
        except LinkProblem:
            happened[trouble] += 1
            return
        except NotAllowed:
            with contextlib.suppress(LinkProblem):
                device.connect(device.user.name if device.user else "")
                happened["signed in again"] += 1
            return
        finally:
            link.trouble = Trouble.NONE
        happened[trouble] += 1
        happened["conflict"] += 0 if self.over else result.conflicts
        # Nothing out of scope stays, but for what waits to be sent.
        waiting = {row.setting_id for row in device.outbox()}
        assert {s.id for s in device.all(Setting)} <= scope_of(self.council, device) | waiting

    def _add(self, device: Device, home: str) -> str:
        title = self.ledger.new_value()
        action = device.action(home, title)
        self.ledger.wrote(Action, action, "title", title)
        return action


def meet(examples: int, steps: int) -> None:
    """Let them meet that often."""
    happened.clear()
    limits = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Meeting, settings=limits)


def test_however_they_take_turns() -> None:
    meet(examples=14, steps=30)


@pytest.mark.soak
@pytest.mark.timeout(14400)
def test_however_long_they_take_turns() -> None:
    meet(examples=400, steps=60)
    expected = {
        *Trouble,
        "sign-off",
        "laptop died",
        "server died",
        "moved",
        "conflict",
        "settled",
        "contract",
        "cover ended",
        "step",
    }
    assert expected <= {what for what, times in happened.items() if times}
