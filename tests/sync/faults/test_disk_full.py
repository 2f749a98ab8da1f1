"""A full disk: a page is applied whole or not at all, what waits stays, the next round goes on."""

from __future__ import annotations

from typing import Any

import pytest

from sync.client.link.transport import HttpTransport
from sync.client.round.engine import SyncEngine
from tests.support.server.http_server import http_server
from tests.support.storage.full_disk import fill, free
from tests.support.sync.council import Council, Device
from visitapp.errors import Code, EnvironmentProblem, LinkProblem
from visitapp.records import Action


def kept(device: Device) -> list[tuple[Any, ...]]:
    return [(r.sequence, r.kind, r.record_id, r.created, r.fields) for r in device.outbox()]


@pytest.mark.parametrize("spare", [0, 1, 2, 5])
def test_a_page_that_does_not_fit_is_not_half_there(council: Council, spare: int) -> None:
    ann = council.officer("ann")
    home = ann.setting()
    ann.sync()
    laptop = council.device("ann")
    laptop.sync()
    for number in range(150):
        ann.action(home, f"Action {number} " + "x" * 300)
    ann.sync()
    mine = laptop.action(home, "Mine")
    before, cursor = kept(laptop), laptop.state("cursor")
    fill(laptop, spare)
    with pytest.raises(EnvironmentProblem) as problem:
        laptop.sync()
    assert problem.value.code == Code.DISK_FULL
    assert "safe" in str(problem.value)
    free(laptop)
    assert kept(laptop) == before
    assert laptop.state("cursor") == cursor
    assert [a.id for a in laptop.all(Action)] == [mine]
    done = laptop.sync()
    assert (done.conflicts, done.refused) == (0, [])
    assert len(laptop.all(Action)) == len(council.all(Action)) == 151
    assert laptop.outbox() == []


def test_what_does_not_fit_is_not_queued_by_half(council: Council) -> None:
    ann = council.officer("ann")
    home = ann.setting()
    ann.sync()
    fill(ann, 0)
    with pytest.raises(EnvironmentProblem) as problem:
        ann.action(home, "x" * 400_000)
    assert problem.value.code == Code.DISK_FULL
    free(ann)
    assert ann.all(Action) == []
    assert ann.outbox() == []
    ann.action(home)
    assert ann.sync().accepted == 1


@pytest.mark.parametrize("spare", [0, 1, 3, 10])
def test_a_server_without_room_says_so_and_takes_it_later(council: Council, spare: int) -> None:
    """SQLite's own rollback takes the savepoint along, and the error that follows is another."""
    ann = council.officer("ann")
    home = ann.setting()
    ann.sync()
    for number in range(150):
        ann.action(home, f"Action {number} " + "x" * 300)
    before = kept(ann)
    with http_server(council.server) as url:
        link = HttpTransport(url)
        fill(council, spare)
        with pytest.raises(LinkProblem) as problem:
            SyncEngine(ann.database, link, ann.clock).run()
        said = str(problem.value)
        assert "The server's disk is full. Your work is safe on this device." in said
        assert "administrator" in said
        assert "Free some space" not in said
        assert kept(ann) == before
        free(council)
        assert SyncEngine(ann.database, link, ann.clock).run().accepted == 150
        link.close()
    assert ann.outbox() == []
    assert len(council.all(Action)) == 150
