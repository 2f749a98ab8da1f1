"""A device of the benchmarks as a process of its own, so that its memory is its own too.

    python -m tests.support.benchmarks.sync_client COMMAND

    sync FOLDER ADDRESS
    rounds FOLDER ADDRESS OTHER_FOLDER FLOOR_FILE FLOOR_ADDRESS
    floor-push|floor-pull FILE ADDRESS

Prints what it took as JSON.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import select

from sync.client.link.transport import HttpTransport
from sync.client.round.engine import SyncEngine
from tests.support.benchmarks import sync_floor
from tests.support.benchmarks.measured import Cost, cost_of_self, peak_of_self
from tests.support.sync.council import KEY
from visitapp.records import Action
from visitapp.storage.database import Database, open_device, utc_now
from visitapp.storage.state import LocalStates

TURNS = 40
WARM = 5


def main(what: str, place: Path, address: str, *others: str) -> Any:
    """Do what is asked; returns what it took."""
    if what == "sync":
        database, transport = open_device(place, KEY), HttpTransport(address)
        return _cost(lambda: SyncEngine(database, transport, utc_now).run())
    if what == "rounds":
        other, floor_file, floor = others
        bare = sync_floor.small_rounds(sync_floor.device_side(Path(floor_file), KEY), floor)
        return small_rounds(open_device(place, KEY), open_device(Path(other), KEY), address, bare)
    device = sync_floor.device_side(place, KEY)
    return _cost(lambda: _FLOOR[what](device, address))


_FLOOR: dict[str, Callable[[sync_floor.Connect, str], None]] = {
    "floor-push": sync_floor.push,
    "floor-pull": sync_floor.pull,
}


def small_rounds(
    here: Database, there: Database, address: str, bare: Callable[[], None]
) -> dict[str, list[float]]:
    """Milliseconds of rounds after 20 changes, ten on each of two devices, of rounds with nothing
    to do, and of the floor's rounds, turn by turn."""
    engines = {
        database: SyncEngine(database, HttpTransport(address), utc_now)
        for database in (here, there)
    }
    took: dict[str, list[float]] = {"both ways": [], "nothing": [], "bare": []}
    for turn in range(TURNS + WARM):
        _edit(here, 0, f"Turn {turn}")
        _edit(there, 1, f"Turn {turn}")
        engines[here].run()
        took["both ways"].append(_milliseconds(engines[there].run))
        engines[here].run()
        took["nothing"].append(_milliseconds(engines[here].run))
        took["bare"].append(_milliseconds(bare))
    return {name: times[WARM:] for name, times in took.items()}


def _edit(database: Database, which: int, owner: str) -> None:
    """Edit ten actions of twenty."""
    with database.reading() as session:
        user_id = str(LocalStates().get(session, "user_id"))
    with database.transaction(user_id) as session:
        for action in session.scalars(select(Action).order_by(Action.id)).all()[which::2]:
            action.owner = owner


def _milliseconds(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def _cost(work: Callable[[], Any]) -> Cost:
    wall, processor = time.perf_counter(), cost_of_self()
    work()
    return Cost(
        wall=time.perf_counter() - wall, processor=cost_of_self() - processor, peak=peak_of_self()
    )


if __name__ == "__main__":
    done = main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
    sys.stdout.write(msgspec.json.encode(done).decode())
