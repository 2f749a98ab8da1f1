"""A council, its server and its devices as the benchmarks measure them: each in its own process."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from msgspec import Struct

from sync.client.link.transport import HttpTransport
from tests.support.benchmarks import sync_floor
from tests.support.benchmarks.measured import Cost, Running, answer_of, running
from tests.support.benchmarks.sync_client import RoundCost
from tests.support.benchmarks.sync_year import fill
from tests.support.sync.council import KEY, KEY_FILE, Council, Device
from visitapp.records import Role
from visitapp.storage.database import FILE_NAME

MakeDatabase = Callable[[Path], str]
FLOOR = ("-m", "tests.support.benchmarks.sync_floor")
MORE_KINDS = ("-m", "tests.support.benchmarks.many_kinds")
"""Before the name of a program: it runs with fifty kinds more."""


class Year(Struct):
    """What one push and pull took, and the server's peak of memory."""

    records: int
    push: Cost
    pull: Cost
    server_peak: float


def sync_of(
    database: MakeDatabase, folder: Path, years: float, *, more_kinds: bool = False
) -> Year:
    """Push the work of so many years from one device and pull it to another one."""
    with ExitStack() as stack:
        server, council = served(database, folder, stack, more_kinds=more_kinds)
        ann, lee = council.officer("ann"), council.lead("lee")
        count = fill(ann, years)
        council.close()
        push = _both_sides(server, "sync", folder_of(ann), more_kinds=more_kinds)
        pull = _both_sides(server, "sync", folder_of(lee), more_kinds=more_kinds)
        return Year(count, push, pull, server.peak())


def floor_of(database: MakeDatabase, folder: Path) -> Year:
    """The same rows over the floor. The device database of `sync_of` lies in the folder."""
    pushing, pulling = folder / "pushing.db", folder / "pulling.db"
    for path in (pushing, pulling):
        sync_floor.make_tables(sync_floor.device_side(path, KEY)())
    made = sync_floor.device_side(folder / "ours" / "device-0" / FILE_NAME, KEY)()
    sync_floor.copy_of(made, sync_floor.device_side(pushing, KEY)())
    with running(*FLOOR, database(folder)) as floor:
        push = _both_sides(floor, "floor-push", pushing)
        pull = _both_sides(floor, "floor-pull", pulling)
        return Year(0, push, pull, floor.peak())


def small_rounds_of(
    database: MakeDatabase, folder: Path, *, more_kinds: bool = False
) -> dict[str, Cost]:
    """The median cost of a round after 20 changes (`changes`), of one with nothing to do
    (`nothing`), and of the floor's (`bare`)."""
    with ExitStack() as stack:
        server, council = served(database, folder, stack, more_kinds=more_kinds)
        council.user("ann", Role.OFFICER)
        here, there = council.device("ann"), council.device("ann")
        setting = here.setting()
        for _ in range(20):
            here.action(setting)
        here.sync()
        there.sync()
        council.close()
        bare = folder / "bare.db"
        sync_floor.make_tables(sync_floor.device_side(bare, KEY)())
        other = folder / "floor"
        other.mkdir()
        floor = stack.enter_context(
            running("-m", "tests.support.benchmarks.sync_floor", database(other))
        )
        took = answer_of(
            dict[str, list[RoundCost]],
            *(*_client(more_kinds), "rounds", folder_of(here), server.address, folder_of(there)),
            *(server.pid, bare, floor.address, floor.pid),
        )
    return {name: _median(costs) for name, costs in took.items()}


def served(
    database: MakeDatabase, folder: Path, stack: ExitStack, *, more_kinds: bool = False
) -> tuple[Running, Council]:
    """A server in a process of its own, and a council whose devices link to it."""
    folder.mkdir()
    url = database(folder)
    council = Council(folder, url)
    stack.callback(council.close)
    program = (*MORE_KINDS, "sync.server.cli") if more_kinds else ("-m", "sync.server.cli")
    server = stack.enter_context(
        running(
            *(*program, "run", "--port", "0", "--database", url),
            VISITAPP_EVIDENCE_KEY=str(folder / KEY_FILE),
            VISITAPP_LOG_LEVEL="warning",
        )
    )

    def over_http() -> HttpTransport:
        link = HttpTransport(server.address)
        stack.callback(link.close)
        return link

    council.transport = over_http
    return server, council


def folder_of(device: Device) -> Path:
    """Where a device's database lies."""
    return Path(device.folder)


def _both_sides(server: Running, what: str, place: Path, *, more_kinds: bool = False) -> Cost:
    """Run a device; its cost with the server's processor time added."""
    before = server.processor()
    cost = answer_of(Cost, *_client(more_kinds), what, place, server.address)
    cost.processor += server.processor() - before
    return cost


def _client(more_kinds: bool) -> tuple[str, ...]:
    name = "tests.support.benchmarks.sync_client"
    return (*MORE_KINDS, name) if more_kinds else ("-m", name)


def _median(costs: list[RoundCost]) -> Cost:
    return Cost(
        wall=statistics.median(cost.wall for cost in costs),
        processor=statistics.median(cost.processor for cost in costs),
        peak=0,
    )
