"""Several devices, several people, a link that loses replies: what holds however they take turns.

- every device in scope ends with exactly what the server holds, and nothing out of its scope;
- every value ever written is the present one, or was replaced by somebody who had seen it, or is
  in a conflict;
- revisions never repeat.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import settings
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

from tests.support.council import Council, Device
from visitapp.errors import LinkProblem
from visitapp.records import (
    SYNCED,
    Action,
    Conflict,
    ConflictStatus,
    Setting,
    User,
)
from visitapp.records.codec import field_from_wire, to_wire

FIELDS = ("title", "owner")
DEVICES = ("ann's laptop", "ann's tablet", "ben's laptop", "lee's laptop")
OFFICERS = ("ann", "ben")


class Meeting(RuleBasedStateMachine):
    """Ann on two devices, Ben and their lead Lee edit the actions of shared settings."""

    actions = Bundle("actions")
    homes = Bundle("homes")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="visitapp-meeting-"))
        self.council = Council(self.folder, f"sqlite:///{self.folder}/server.db", page=5)
        self.devices: dict[str, Device] = {}
        self.written = 0
        self.ever: dict[tuple[str, str], set[str]] = {}
        self.replaced: dict[tuple[str, str], set[str]] = {}

    @initialize(target=actions)
    def sign_in(self) -> Any:
        ann, lee = self.council.officer("ann"), self.council.lead("lee")
        ben = self.council.officer("ben")
        made = (ann, self.council.device("ann"), ben, lee)
        self.devices = dict(zip(DEVICES, made, strict=True))
        home = ann.setting()
        begun = [self._add(ann, home) for _ in range(2)]
        for device in made:
            device.sync()
        return multiple(*begun)

    @rule(target=homes, device=st.sampled_from(DEVICES[:3]))
    def add_a_setting(self, device: str) -> str:
        return self.devices[device].setting()

    @rule(target=actions, device=st.sampled_from(DEVICES), home=homes)
    def add_an_action(self, device: str, home: str) -> Any:
        here = self.devices[device]
        if here.get(Setting, home) is None:
            return multiple()
        return self._add(here, home)

    @rule(device=st.sampled_from(DEVICES), action=actions, field=st.sampled_from(FIELDS))
    def edit(self, device: str, action: str, field: str) -> None:
        here = self.devices[device]
        record = here.get(Action, action)
        if record is None or record.deleted:
            return
        value, before = self._new_value(), getattr(record, field)
        here.edit(Action, action, **{field: value})
        self.ever.setdefault((action, field), set()).add(value)
        if before:
            self.replaced.setdefault((action, field), set()).add(before)

    @rule(device=st.sampled_from(DEVICES), action=actions)
    def delete(self, device: str, action: str) -> None:
        here = self.devices[device]
        record = here.get(Action, action)
        if record is not None and not record.deleted:
            here.edit(Action, action, deleted=True)

    @rule(device=st.sampled_from(DEVICES), lost=st.sampled_from((0, 0, 0, 1)))
    def sync(self, device: str, lost: int) -> None:
        self._sync(self.devices[device], lost)

    @rule(device=st.sampled_from(DEVICES), keep=st.sampled_from(("server", "other")))
    def settle(self, device: str, keep: str) -> None:
        here = self.devices[device]
        conflict = next((c for c in here.all(Conflict) if c.status == ConflictStatus.OPEN), None)
        record = conflict and here.get(Action, conflict.record_id)
        if conflict is None or record is None:
            return
        with here.work() as session:
            settled = session.get_one(Conflict, conflict.id)
            settled.status, settled.kept = ConflictStatus.SETTLED.value, keep
            settled.settled_by, settled.settled_at = here.user_id, here.clock()
            if keep == "other":
                value = field_from_wire(Action, conflict.field, conflict.other_value)
                setattr(session.get_one(Action, record.id), conflict.field, value)
        lost = getattr(record, conflict.field) if keep == "other" else conflict.other_value
        if conflict.field in FIELDS and lost:
            self.replaced.setdefault((record.id, conflict.field), set()).add(lost)

    @rule(home=homes, officer=st.sampled_from(OFFICERS))
    def hand_over(self, home: str, officer: str) -> None:
        if self.council.get(Setting, home) is not None:
            self.council.admin.assign(officer, [home])

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
        for _ in range(2):
            for device in self.devices.values():
                self._sync(device, 0)
        self._nothing_was_lost()
        for device in self.devices.values():
            self._agrees(device)

    def _agrees(self, device: Device) -> None:
        user = device.get(User, device.user_id)
        mine = {
            setting.id
            for setting in self.council.all(Setting)
            if (setting.team == user.team if user.role == "lead" else setting.officer_id == user.id)
        }
        waiting = {row.setting_id for row in device.outbox()}
        for kind in SYNCED:
            at_server = {
                row.id: (row.revision, to_wire(row))
                for row in self.council.all(kind)
                if _setting_of(row) in mine | {None}
            }
            here = {
                row.id: (row.revision, to_wire(row))
                for row in device.all(kind)
                if _setting_of(row) not in waiting
            }
            assert here == {
                id_: row for id_, row in at_server.items() if _in(row[1], id_, waiting, kind)
            }

    def _nothing_was_lost(self) -> None:
        conflicts = self.council.all(Conflict)
        waiting = {row.record_id for device in self.devices.values() for row in device.outbox()}
        for (action, field), values in self.ever.items():
            record = self.council.get(Action, action)
            if action in waiting:
                continue
            assert record is not None
            aside = {c.other_value for c in conflicts if (c.record_id, c.field) == (action, field)}
            known = {getattr(record, field)} | aside | self.replaced.get((action, field), set())
            assert values <= known, (field, values - known)

    def _sync(self, device: Device, lost: int) -> None:
        device.transport.lose_next = lost
        try:
            device.sync(confirm_removal=lambda going, of: True)
        except LinkProblem:
            return
        finally:
            device.transport.lose_next = 0

    def _add(self, device: Device, home: str) -> str:
        title = self._new_value()
        action = device.action(home, title)
        self.ever[action, "title"] = {title}
        return action

    def _new_value(self) -> str:
        self.written += 1
        return f"value {self.written}"


def _setting_of(row: Any) -> str | None:
    return row.id if isinstance(row, Setting) else getattr(row, "setting_id", None)


def _in(wire: dict[str, Any], id_: str, waiting: set[str | None], kind: Any) -> bool:
    """Whether a record belongs to a setting for which the device has nothing left to send."""
    setting = id_ if kind is Setting else wire.get("setting_id")
    return setting is None or setting not in waiting


def test_however_they_take_turns() -> None:
    run_state_machine_as_test(
        Meeting, settings=settings(max_examples=12, stateful_step_count=25, deadline=None)
    )
