"""Fetching that is cut off goes on where it stopped: over a real line to a real server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sync.client.link.transport import HttpTransport
from tests.support.server.fault_proxy import Fault, FaultProxy, Trouble, fault_proxy
from tests.support.server.http_server import http_server
from tests.support.sync.council import Council
from tests.support.sync.evidence import Keeper, digest, some_bytes
from visitapp.errors import Code, LinkProblem
from visitapp.storage.evidence.partial import PIECE

PHOTO = b"A sentence that could be read. " * 10 + some_bytes(1_500_000, seed=11)
HEAD = 4096
"""More bytes than the head of an answer has."""


class Reader:
    """A team lead whose every connection goes through a line that the test spoils."""

    def __init__(self, council: Council, folder: Path, proxy: FaultProxy) -> None:
        ann = Keeper(council.officer("ann"), folder / "ann")
        ann.add(ann.device.setting(), PHOTO)
        ann.sync()
        self.folder = folder / "lea"
        self.keeper = Keeper(council.lead("lea"), self.folder)
        self.keeper.device.sync()
        self._url = proxy.url
        self.asked: list[int] = []
        """From which byte on each request asked."""

    def fetch(
        self, progress: Callable[[int, int], None] | None = None, ranges: bool = True
    ) -> bytes:
        """Fetch on a connection of its own, as after a new start of the program. Without `ranges`
        a proxy takes away what asks for them."""
        device = self.keeper.device
        device.transport = transport = HttpTransport(self._url)
        plain = transport.fetch

        def noting(path: str, head: dict, *rest: object) -> object:
            self.asked.append(int(head["Range"].removeprefix("bytes=").removesuffix("-")))
            return plain(path, head if ranges else {}, *rest)

        transport.fetch = noting
        try:
            return self.keeper.engine().fetch(digest(PHOTO), len(PHOTO), progress)
        finally:
            transport.close()

    def leftovers(self) -> list[Path]:
        return sorted(self.folder.glob("*.part"))


@pytest.fixture
def faults() -> list[Fault]:
    return []


@pytest.fixture
def reader(council: Council, tmp_path: Path, faults: list[Fault]) -> Iterator[Reader]:
    with (
        fault_proxy(lambda: faults.pop(0) if faults else Fault()) as proxy,
        http_server(council.server) as url,
    ):
        proxy.forward_to(url)
        council.transport = lambda: HttpTransport(url)
        made = Reader(council, tmp_path, proxy)
        yield made
        for device in council.devices:
            device.transport.close()


def cut_after(count: int) -> Fault:
    return Fault(Trouble.CUT, "client", count)


@pytest.mark.parametrize("cut", [100_000, 700_000, len(PHOTO)])
def test_only_the_rest_travels_after_a_cut(reader: Reader, faults: list[Fault], cut: int) -> None:
    faults.append(cut_after(cut))
    with pytest.raises(LinkProblem) as lost:
        reader.fetch()
    assert lost.value.code == Code.SERVER_UNREACHABLE
    came: list[int] = []
    assert reader.fetch(lambda here, _: came.append(here)) == PHOTO
    first, then = reader.asked
    assert first == 0
    assert cut - HEAD < then < cut
    assert came[0] > then
    assert reader.leftovers() == []


def test_a_line_that_is_cut_often_brings_it_in_the_end(reader: Reader, faults: list[Fault]) -> None:
    for _ in range(4):
        faults.append(cut_after(350_000))
        with pytest.raises(LinkProblem):
            reader.fetch()
    assert reader.fetch() == PHOTO
    assert reader.asked == sorted(set(reader.asked))
    assert reader.asked[-1] > 4 * (350_000 - HEAD)


def test_what_came_before_a_cut_cannot_be_read_on_the_disk(
    reader: Reader, faults: list[Fault]
) -> None:
    faults.append(cut_after(600_000))
    with pytest.raises(LinkProblem):
        reader.fetch()
    (part,) = reader.leftovers()
    assert part.stat().st_size > 600_000 - HEAD
    assert b"could be read" not in part.read_bytes()


@pytest.mark.parametrize("place", [0, 3, 20, -1])
def test_a_leftover_that_was_spoiled_is_fetched_again(
    reader: Reader, faults: list[Fault], place: int
) -> None:
    faults.append(cut_after(600_000))
    with pytest.raises(LinkProblem):
        reader.fetch()
    (part,) = reader.leftovers()
    spoiled = bytearray(part.read_bytes())
    spoiled[place] ^= 1
    part.write_bytes(spoiled)
    assert reader.fetch() == PHOTO
    first_piece_is_left = place == -1
    assert (reader.asked[1] >= PIECE) == first_piece_is_left


def test_a_proxy_that_knows_no_ranges_gives_it_whole(reader: Reader, faults: list[Fault]) -> None:
    faults.append(cut_after(600_000))
    with pytest.raises(LinkProblem):
        reader.fetch()
    assert reader.fetch(ranges=False) == PHOTO
    assert reader.leftovers() == []
