"""The devices of the state machine, their troubles, and what holds once all have met."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections import Counter
from collections.abc import Collection, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
)

from forms import rate
from sync.scope import hidden_kinds
from tests.support.sync.audited import require_audited
from tests.support.sync.comments import require_comments
from tests.support.sync.council import Clock, Council, Device
from tests.support.sync.machine.belonging import belongs_to, is_in, parents_kept
from tests.support.sync.machine.ledger import Ledger
from tests.support.sync.machine.scopes import scope_of
from tests.support.sync.troubles import BadLink, PowerCut, Trouble, crashing, make_again
from tests.support.sync.wire_values import to_wire
from visitapp.errors import LinkProblem, NotAllowed
from visitapp.records import KEPT_HERE, SYNCED, Answer, Concern, Role, Setting, Synced, Visit
from visitapp.records.declared import is_trail
from visitapp.rules.access import Actor
from visitapp.rules.choices import FROZEN
from visitapp.rules.concerns.restriction import sees_concern
from visitapp.rules.kinds import Scope

DEVICES = ("ann's laptop", "ann's tablet", "ben's laptop", "lee's laptop")
OF_OFFICERS = DEVICES[:3]
LEAD, MANAGER = DEVICES[3], "mia's laptop"
EVERY = (*DEVICES, MANAGER)
NAMES = {which: which.partition("'")[0] for which in EVERY}
OFFICERS = ("ann", "ben")
YEARS_WRONG = (-9, -1, 0, 1, 9)
happened: Counter[str] = Counter()
"""How often each trouble came about, over all runs: a proof without trouble proves nothing."""

homes = Bundle("homes")


class Devices(RuleBasedStateMachine):
    """Ann on two devices, Ben, their lead Lee and the manager Mia, before they do anything."""

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
        """A home of each officer."""
        for name in OFFICERS:
            self.council.user(name)
        self.council.user("lee", Role.LEAD)
        self.council.user("mia", Role.MANAGER)
        for which in EVERY:
            self.devices[which] = self.council.device(NAMES[which], clock=Clock())
        ann = self.devices["ann's laptop"]
        self.homes_begun = [ann.setting(), self.devices["ben's laptop"].setting()]
        self.everybody_syncs()

    def everybody_syncs(self) -> None:
        for _ in range(2):
            for device in self.devices.values():
                device.sync()

    @initialize(target=homes)
    def homes_are_known(self) -> Any:
        return multiple(*self.homes_begun)

    @rule(device=st.sampled_from(EVERY), trouble=st.sampled_from(tuple(Trouble)))
    def sync(self, device: str, trouble: Trouble) -> None:
        self.sync_with(self.devices[device], trouble)

    @rule(device=st.sampled_from(EVERY))
    def upgrade_a_device(self, device: str) -> None:
        make_again(self.devices[device])

    @rule(device=st.sampled_from(EVERY), at=st.integers(1, 4))
    def sync_until_the_laptop_dies(self, device: str, at: int) -> None:
        here = self.devices[device]
        with crashing(here.database.engine, at):
            try:
                self.sync_with(here)
            except PowerCut:
                happened["laptop died"] += 1

    @rule(device=st.sampled_from(EVERY), at=st.integers(1, 2))
    def sync_until_the_server_dies(self, device: str, at: int) -> None:
        with crashing(self.council.database.engine, at) as commits:
            self.sync_with(self.devices[device])
            happened["server died"] += len(commits) >= at

    @rule(device=st.sampled_from(EVERY), years=st.sampled_from(YEARS_WRONG))
    def the_clock_of_a_laptop_jumps(self, device: str, years: int) -> None:
        self.devices[device].clock.now = Clock().now + timedelta(days=365 * years)

    @rule(minutes=st.sampled_from((1, 20)))
    def time_passes_at_the_server(self, minutes: int) -> None:
        self.council.clock.now += timedelta(minutes=minutes)

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
                self.sync_with(device)
        waiting = {row.record_id for device in self.devices.values() for row in device.outbox()}
        self.ledger.nothing_was_lost(self.council, waiting)
        require_comments(self.council, set(self.comments) - waiting)
        require_audited(self.council.database)
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
        role = device.user.role if device.user else ""
        hidden, unseen = hidden_kinds(role), _unseen(self.council, Actor(device.user_id, role))
        for kind in SYNCED:
            if kind.__tablename__ in hidden:
                assert device.all(kind) == []
                continue
            at_server = {
                row.id: (row.revision, to_wire(row))
                for row in self.council.all(kind)
                if belongs_to(row) in mine | {None}
                and not _is_about(row, hidden)
                and _is_shown_to(row, device.user_id)
                and not {row.id, *_is_of(row)} & unseen
            }
            here = {
                row.id: (row.revision, to_wire(row))
                for row in device.all(kind)
                if belongs_to(row) not in waiting and row.revision != KEPT_HERE
            }
            assert here == {
                id_: row for id_, row in at_server.items() if is_in(row[1], id_, waiting, kind)
            }

    def sync_with(self, device: Device, trouble: Trouble = Trouble.NONE) -> None:
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


def _is_shown_to(row: Synced, user_id: str) -> bool:
    """Whether a record is everybody's, or this person's own."""
    own = type(row).__kind__.scope is Scope.PERSON
    return not own or getattr(row, "user_id", None) == user_id


def _unseen(council: Council, actor: Actor) -> set[str]:
    """The concerns that are restricted to others."""
    found = council.all(Concern)
    return {one.id for one in found if not sees_concern(actor, vars(one))}


def _is_of(row: Synced) -> Iterator[str]:
    """What an update, a history entry, a step or a conflict is about."""
    for name in ("concern_id", "record_id"):
        if about := getattr(row, name, None):
            yield about


def _is_about(row: Synced, hidden: Collection[str]) -> bool:
    """Whether a history entry, a step or a conflict is about a record of these kinds."""
    return is_trail(type(row)) and getattr(row, "kind", "") in hidden
