"""A line that cuts, alters, delays or repeats messages loses and doubles nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest

from sync.client.link.transport import HttpTransport
from sync.client.round.engine import SyncEngine
from tests.support.server.fault_proxy import Fault, FaultProxy, Trouble, fault_proxy
from tests.support.server.http_server import http_server
from tests.support.sync.council import Council, Device
from visitapp.errors import Code, LinkProblem
from visitapp.explanation import kept_text
from visitapp.records import Action

PLACES = [0, 1, 30, 200, 300, 400, 600, 900]
"""Bytes into a message: in the first line, in the head, where the head ends, in the body."""


class Line:
    """A council behind a bad line, and an officer with work to send."""

    def __init__(
        self, council: Council, ann: Device, proxy: FaultProxy, next_: list[Fault]
    ) -> None:
        self.council, self.ann, self.proxy = council, ann, proxy
        self._next = next_
        self.home = ann.setting()
        self.made: list[str] = []
        self.good()

    def add(self) -> None:
        """Work that waits to be sent."""
        self.made += [self.ann.action(self.home, f"Action {len(self.made)}") for _ in range(3)]

    def good(self) -> None:
        """A sync on a good line."""
        self._sync()

    def bad(self, fault: Fault) -> None:
        """A sync whose first connection has this fault."""
        self._next.append(fault)
        self._sync()

    def _sync(self) -> None:
        link = HttpTransport(self.proxy.url)
        try:
            SyncEngine(self.ann.database, link, self.ann.clock).run()
        finally:
            link.close()

    def all_is_there_once(self) -> None:
        assert self.ann.outbox() == []
        at_server = self.council.all(Action)
        assert sorted(a.id for a in at_server) == sorted(self.made)
        assert len({a.revision for a in at_server}) == len(self.made)


@pytest.fixture
def line(council: Council) -> Iterator[Line]:
    ann = council.officer("ann")
    faults: list[Fault] = []
    with (
        http_server(council.server) as address,
        fault_proxy(lambda: faults.pop() if faults else Fault()) as proxy,
    ):
        proxy.forward_to(address)
        yield Line(council, ann, proxy, faults)


@pytest.mark.parametrize("towards", ["server", "client"])
def test_a_line_that_is_cut_at_any_place_loses_and_doubles_nothing(
    line: Line, towards: str
) -> None:
    for after in PLACES:
        line.add()
        cut = Fault(Trouble.CUT, towards, after)
        with pytest.raises(LinkProblem) as lost:
            line.bad(cut)
        assert lost.value.code in {Code.SERVER_UNREACHABLE, Code.NOT_A_SERVER, Code.BODY_ALTERED}
        assert line.ann.outbox() != []
    line.good()
    line.all_is_there_once()


@pytest.mark.parametrize("towards", ["server", "client"])
def test_a_message_altered_on_its_way_is_never_taken(
    line: Line, towards: Literal["server", "client"]
) -> None:
    for after in (0, 1, 20, 60):
        line.add()
        altered = Fault(Trouble.ALTER, towards, after)
        with pytest.raises(LinkProblem) as refused:
            line.bad(altered)
        assert refused.value.code == Code.BODY_ALTERED
        said = kept_text(line.ann.state("sync_problem"), "")
        assert said.startswith("A message was altered")
    line.good()
    line.all_is_there_once()
    assert line.ann.state("sync_problem") is None


def test_a_request_that_arrives_twice_counts_once(line: Line) -> None:
    for _ in range(3):
        line.add()
        line.bad(Fault(Trouble.REPEAT))
    line.good()
    line.all_is_there_once()


def test_a_slow_line_only_takes_longer(line: Line, tmp_path: Path) -> None:
    line.add()
    line.bad(Fault(Trouble.DELAY, "server"))
    line.add()
    line.bad(Fault(Trouble.DELAY, "client"))
    line.all_is_there_once()
