"""Laptops and server killed at random moments, on a bad line, against a model of what was saved."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.server.fault_proxy import FaultProxy, any_fault, fault_proxy
from tests.support.storage.postgres import fresh_database
from tests.support.sync.council import KEY_FILE, Council
from tests.support.sync.wire_values import to_wire
from visitapp.records import Action, Conflict, History

ROOT = Path(__file__).parents[3]
KILL_A_LAPTOP, KILL_THE_SERVER = 0.4, 0.25
LONGEST_SITTING = 600
"""Seconds; it takes two or three where the machine has nothing else to do."""


class ServerProcess:
    """`visitapp-server run`, killed and started again."""

    def __init__(self, url: str, proxy: FaultProxy, log: Path) -> None:
        self._url, self._proxy, self._log = url, proxy, log
        self.kills = 0
        self._start()

    def _start(self) -> None:
        command = [sys.executable, "-m", "sync.server.cli", "run", "--port", "0"]
        with self._log.open("w") as log:
            self._process = subprocess.Popen(
                [*command, "--database", self._url],
                stdout=subprocess.PIPE,
                stderr=log,
                encoding="utf-8",
                cwd=self._log.parent,
                env={**os.environ, "VISITAPP_EVIDENCE_KEY": str(self._log.parent / KEY_FILE)},
            )
        assert self._process.stdout is not None
        address = self._process.stdout.readline().strip()
        if not address:
            raise RuntimeError(f"the server did not start: {self._log.read_text()}")
        self._proxy.forward_to(address)

    def kill(self) -> None:
        """As by kill -9."""
        self.kills += self._process.poll() is None
        self._process.kill()

    def revive(self) -> None:
        """Start it again when it is dead."""
        if self._process.poll() is not None:
            self.bury()
            self._start()

    def bury(self) -> None:
        """Wait until it is gone."""
        self._process.kill()
        self._process.wait(60)
        assert self._process.stdout is not None
        self._process.stdout.close()


class Model:
    """Every write that a laptop acknowledged."""

    def __init__(self) -> None:
        self.titles: dict[str, str] = {}
        self.owners: set[tuple[str, str]] = set()
        self.synced = 0

    def hear(self, line: str) -> None:
        """Take in a whole line that a laptop printed."""
        said = line.split("\t")
        if said[0] == "title":
            self.titles[said[1]] = said[2]
        elif said[0] == "owner":
            self.owners.add((said[1], said[2]))
        self.synced += said[0] == "synced"


class Storm:
    """A council whose laptops and server die again and again."""

    def __init__(self, council: Council, server: ServerProcess, proxy: FaultProxy) -> None:
        self.council, self.server, self.proxy = council, server, proxy
        ann, lee = council.officer("ann"), council.lead("lee")
        tablet = council.device("ann")
        self.home = ann.setting()
        for device in (ann, lee, tablet):
            device.sync()
        self.devices = {"ann": ann, "lee": lee, "tablet": tablet}
        self.folders = {
            which: council.folder / f"device-{council.devices.index(device)}"
            for which, device in self.devices.items()
        }
        self.model = Model()
        self.kills = 0
        """Of laptops; the server counts its own."""

    def sit(self, chance: random.Random, number: int) -> None:
        """One officer sits down, works and syncs; the laptop or the server may die meanwhile."""
        self.server.revive()
        which = chance.choice(list(self.devices))
        laptop = self._laptop(which, f"turn {number}")
        killers = []
        if chance.random() < KILL_THE_SERVER:
            killers.append(threading.Timer(chance.uniform(0.5, 3), self.server.kill))
        if chance.random() < KILL_A_LAPTOP:
            killers.append(threading.Timer(chance.uniform(0.3, 3), laptop.kill))
        for killer in killers:
            killer.start()
        try:
            out, err = laptop.communicate(timeout=LONGEST_SITTING)
        except subprocess.TimeoutExpired:
            laptop.kill()
            laptop.communicate()
            raise
        for killer in killers:
            killer.cancel()
            killer.join()
        self.kills += laptop.returncode not in (0, None)
        assert laptop.returncode == 0 or (killers and not err), err
        for line in out.splitlines(keepends=True):
            if line.endswith("\n"):
                self.model.hear(line.rstrip("\n"))

    def _laptop(self, which: str, turn: str) -> subprocess.Popen[str]:
        folder = self.folders[which]
        name = "lee" if which == "lee" else "ann"
        command = [sys.executable, "-m", "tests.support.sync.syncing_officer"]
        return subprocess.Popen(
            [*command, str(folder), self.proxy.url, name, self.home, turn],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            cwd=ROOT,
        )

    def calm(self) -> None:
        """Everybody syncs on a good line."""
        for _ in range(2):
            for device in self.devices.values():
                device.sync()

    def nothing_is_lost(self) -> None:
        """Each acknowledged value is current, was replaced knowingly, or is in a conflict."""
        actions = {action.id: action for action in self.council.all(Action)}
        # What was replaced before it was sent is in the history of its laptop alone.
        places = (self.council, *self.devices.values())
        history = [entry for place in places for entry in place.all(History)]
        replaced = {(h.record_id, h.old) for h in history if h.field == "owner"}
        aside = {(c.record_id, c.other_value) for c in self.council.all(Conflict)}
        for id_, title in self.model.titles.items():
            assert actions[id_].title == title
        current = {(action.id, action.owner) for action in actions.values()}
        assert self.model.owners <= current | replaced | aside

    def nothing_is_doubled(self) -> None:
        """No title, change or conflict is there twice, and no revision was given twice."""
        actions, history = self.council.all(Action), self.council.all(History)
        conflicts = self.council.all(Conflict)
        for told in (
            [action.title for action in actions],
            [(h.record_id, h.field, h.new) for h in history],
            [(c.record_id, c.field, c.other_value) for c in conflicts],
            [row.revision for row in (*actions, *history, *conflicts)],
        ):
            assert len(told) == len(set(told))

    def all_agree(self) -> None:
        """Every laptop holds what the server holds, and nothing waits."""
        there = {action.id: to_wire(action) for action in self.council.all(Action)}
        for device in self.devices.values():
            assert device.outbox() == []
            assert {action.id: to_wire(action) for action in device.all(Action)} == there


@contextmanager
def storm(folder: Path, url: str, chance: random.Random) -> Iterator[Storm]:
    """A council in a storm."""
    council = Council(folder, url)
    with fault_proxy(lambda: any_fault(chance)) as proxy:
        server = ServerProcess(url, proxy, folder / "server.log")
        try:
            yield Storm(council, server, proxy)
        finally:
            server.bury()
            council.close()


def weather(folder: Path, url: str, rounds: int) -> Storm:
    """Rounds of storm, then calm, then what must hold."""
    chance = random.Random(20261122)
    with storm(folder, url, chance) as made:
        for number in range(rounds):
            made.sit(chance, number)
        made.calm()
        made.nothing_is_lost()
        made.nothing_is_doubled()
        made.all_agree()
        return made


def test_a_short_storm_loses_and_doubles_nothing(tmp_path: Path) -> None:
    made = weather(tmp_path, f"sqlite:///{tmp_path}/server.db", rounds=6)
    assert len(made.model.titles) >= 3, "laptops that never got to work prove nothing"
    assert made.model.synced


@pytest.mark.soak
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_two_hundred_rounds_of_storm(
    request: pytest.FixtureRequest, tmp_path: Path, kind: str
) -> None:
    url = f"sqlite:///{tmp_path}/server.db"
    if kind == "postgresql":
        url = fresh_database(request.getfixturevalue("postgres"))
    made = weather(tmp_path, url, rounds=200)
    assert made.kills > 20
    assert made.server.kills > 5
    assert made.model.synced > 20
