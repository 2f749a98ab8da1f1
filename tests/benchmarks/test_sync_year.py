"""Sync against the floor: a council's year pushed and pulled, small rounds, memory, more years.

Server, floor and devices are processes of their own on loopback. Each cost is the wall clock, and
the processor time of both sides; the ratio is ours to the floor's, and the median of `REPEATS`.

- VISITAPP_BENCH_YEARS: how many years against one, for linearity (a tenth when it is not set).
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from msgspec import Struct

from sync.client.link.transport import HttpTransport
from tests.support.benchmarks import sync_floor
from tests.support.benchmarks.measured import Cost, Running, answer_of, running
from tests.support.benchmarks.sync_year import fill
from tests.support.storage.postgres import fresh_database, postgres_server
from tests.support.sync.council import KEY, KEY_FILE, Council, Device
from visitapp.records import Role
from visitapp.storage.database import FILE_NAME

pytestmark = pytest.mark.timeout(3600)

YEARS = float(os.environ.get("VISITAPP_BENCH_YEARS", "0.1"))
SHARE = float(os.environ.get("VISITAPP_BENCH_SHARE", "1"))
REPEATS = int(os.environ.get("VISITAPP_BENCH_REPEATS", "3"))
SERVER = ("-m", "sync.server.cli", "run", "--port", "0", "--database")
CLIENT = ("-m", "tests.support.benchmarks.sync_client")

MakeDatabase = Callable[[Path], str]


class Year(Struct):
    """What one push and pull took, and the server's peak of memory."""

    records: int
    push: Cost
    pull: Cost
    server_peak: float


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[MakeDatabase]:
    """Gives the address of a new database for a folder."""
    if request.param == "sqlite":
        yield lambda folder: f"sqlite:///{folder}/made.db"
        return
    with postgres_server() as cluster:
        yield lambda folder: fresh_database(cluster)


def test_the_year(database: MakeDatabase, tmp_path: Path) -> None:
    ours, floors = [], []
    for turn in range(REPEATS):
        folder = tmp_path / str(turn)
        folder.mkdir()
        ours.append(sync_of(database, folder / "ours", SHARE))
        floors.append(floor_of(database, folder))
        shutil.rmtree(folder)
    count = ours[0].records
    say(f"push of {count} records", [y.push for y in ours], [y.push for y in floors], "2.0")
    say(f"pull of {count} records", [y.pull for y in ours], [y.pull for y in floors], "2.0")
    peaks = {
        "server": max(year.server_peak for year in ours),
        "pushing device": max(year.push.peak for year in ours),
        "pulling device": max(year.pull.peak for year in ours),
    }
    report(f"peak memory, target 300 MB: {', '.join(f'{n} {v:.0f} MB' for n, v in peaks.items())}")


def test_more_years(database: MakeDatabase, tmp_path: Path) -> None:
    less, more = sorted((YEARS, 1.0))
    few = [sync_of(database, tmp_path / "before", less)]
    many = sync_of(database, tmp_path / "many", more)
    few += [sync_of(database, tmp_path / f"after{turn}", less) for turn in range(REPEATS - 1)]
    for what in ("push", "pull"):
        cost: Cost = getattr(many, what)
        wall = cost.wall / statistics.median(getattr(one, what).wall for one in few)
        processor = cost.processor / statistics.median(getattr(one, what).processor for one in few)
        report(
            f"{what} of {many.records} records takes {wall:.1f} times that of {few[0].records}, "
            f"target {more / less * 1.1:.1f} ({processor:.1f} times by processor time)"
        )
    report(f"peak memory of the server: {few[0].server_peak:.0f} and {many.server_peak:.0f} MB")


def test_small_rounds(database: MakeDatabase, tmp_path: Path) -> None:
    with ExitStack() as stack:
        server, council = served(database, tmp_path / "council", stack)
        council.user("ann", Role.OFFICER)
        here, there = council.device("ann"), council.device("ann")
        setting = here.setting()
        for _ in range(20):
            here.action(setting)
        here.sync()
        there.sync()
        council.close()
        bare = tmp_path / "bare.db"
        sync_floor.make_tables(sync_floor.device_side(bare, KEY)())
        floor = stack.enter_context(
            running("-m", "tests.support.benchmarks.sync_floor", database(tmp_path))
        )
        took = answer_of(
            dict[str, list[float]],
            *(*CLIENT, "rounds", folder_of(here), server.address, folder_of(there)),
            *(bare, floor.address),
        )
    floors = statistics.median(took["bare"])
    report(f"a bare round of 20 rows, inserted on both sides: median {floors:.1f} ms")
    for name, target in (("both ways", "15"), ("nothing", "4")):
        median, worst = statistics.median(took[name]), max(took[name])
        what = "after 20 changes, both ways" if name == "both ways" else "with nothing to do"
        report(
            f"a round {what}: median {median:.1f} ms, worst {worst:.1f} ms; target {target} ms; "
            f"{median / floors:.1f} x the bare one"
        )


def sync_of(database: MakeDatabase, folder: Path, years: float) -> Year:
    """Push the work of so many years from one device and pull it to another one."""
    with ExitStack() as stack:
        server, council = served(database, folder, stack)
        ann, lee = council.officer("ann"), council.lead("lee")
        count = fill(ann, years)
        council.close()
        push = both_sides(server, "sync", folder_of(ann))
        pull = both_sides(server, "sync", folder_of(lee))
        return Year(count, push, pull, server.peak())


def floor_of(database: MakeDatabase, folder: Path) -> Year:
    """The same rows over the floor. The device database of `sync_of` lies in the folder."""
    pushing, pulling = folder / "pushing.db", folder / "pulling.db"
    for path in (pushing, pulling):
        sync_floor.make_tables(sync_floor.device_side(path, KEY)())
    made = sync_floor.device_side(folder / "ours" / "device-0" / FILE_NAME, KEY)()
    sync_floor.copy_of(made, sync_floor.device_side(pushing, KEY)())
    with running("-m", "tests.support.benchmarks.sync_floor", database(folder)) as floor:
        push = both_sides(floor, "floor-push", pushing)
        pull = both_sides(floor, "floor-pull", pulling)
        return Year(0, push, pull, floor.peak())


def served(database: MakeDatabase, folder: Path, stack: ExitStack) -> tuple[Running, Council]:
    """A server in a process of its own, and a council whose devices link to it."""
    folder.mkdir()
    url = database(folder)
    council = Council(folder, url)
    stack.callback(council.close)
    key = str(folder / KEY_FILE)
    server = stack.enter_context(
        running(*SERVER, url, VISITAPP_EVIDENCE_KEY=key, VISITAPP_LOG_LEVEL="warning")
    )

    def over_http() -> HttpTransport:
        link = HttpTransport(server.address)
        stack.callback(link.close)
        return link

    council.transport = over_http
    return server, council


def both_sides(server: Running, what: str, place: Path) -> Cost:
    """Run a device; its cost with the server's processor time added."""
    before = server.processor()
    cost = answer_of(Cost, *CLIENT, what, place, server.address)
    cost.processor += server.processor() - before
    return cost


def folder_of(device: Device) -> Path:
    """Where a device's database lies."""
    return Path(device.folder)


def say(what: str, ours: list[Cost], floors: list[Cost], target: str) -> None:
    """Ours to the floor's, turn by turn; the median of the ratios."""
    pairs = list(zip(ours, floors, strict=True))
    wall = statistics.median(mine.wall / bare.wall for mine, bare in pairs)
    processor = statistics.median(mine.processor / bare.processor for mine, bare in pairs)
    report(
        f"{what}: {wall:.1f} x the floor by the clock, target {target} "
        f"({processor:.1f} x by processor time); "
        f"{min(mine.wall for mine in ours):.2f} s, floor {min(bare.wall for bare in floors):.2f} s"
    )


def report(line: str) -> None:
    """Say a measurement where `make bench` shows it."""
    sys.stdout.write(f"\n{line}\n")
