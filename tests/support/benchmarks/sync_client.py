"""A device of the benchmarks as a process of its own, so that its memory is its own too.

    python -m tests.support.benchmarks.sync_client sync FOLDER ADDRESS
    python -m tests.support.benchmarks.sync_client rounds FOLDER ADDRESS OTHER_FOLDER \
        SERVER_PROCESS FLOOR_FILE FLOOR_ADDRESS FLOOR_PROCESS
    python -m tests.support.benchmarks.sync_client floor-push|floor-pull FILE ADDRESS

Prints what it took as JSON.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import select

from sync.client.link.transport import HttpTransport
from sync.client.round.engine import SyncEngine
from tests.support.benchmarks import sync_floor
from tests.support.benchmarks.measured import Cost, cost_of_self, peak_of_self, processor_of
from tests.support.sync.council import KEY
from visitapp.records import Action
from visitapp.storage.database import Database, open_device, utc_now
from visitapp.storage.state import LocalStates

TURNS = 40
WARM = 5


class RoundCost(Struct):
    """Seconds of one round: by the clock, and of a processor on both sides."""

    wall: float
    processor: float


def main(what: str, place: Path, address: str, *others: str) -> Any:
    """Do what is asked; returns what it took."""
    gc.freeze()  # as the desktop does
    if what == "sync":
        database, transport = open_device(place, KEY), HttpTransport(address)
        return _cost(lambda: SyncEngine(database, transport, utc_now).run())
    if what == "rounds":
        other, server, floor_file, floor, floor_process = others
        bare = sync_floor.small_rounds(sync_floor.device_side(Path(floor_file), KEY), floor)
        devices = open_device(place, KEY), open_device(Path(other), KEY)
        return small_rounds(*devices, address, int(server), bare, int(floor_process))
    device = sync_floor.device_side(place, KEY)
    return _cost(lambda: _FLOOR[what](device, address))


_FLOOR: dict[str, Callable[[sync_floor.Connect, str], None]] = {
    "floor-push": sync_floor.push,
    "floor-pull": sync_floor.pull,
}


def small_rounds(
    here: Database,
    there: Database,
    address: str,
    server: int,
    bare: Callable[[], None],
    floor: int,
) -> dict[str, list[RoundCost]]:
    """Rounds after 20 changes, ten on each of two devices, rounds with nothing to do, and the
    floor's rounds, turn by turn. server, floor: the ids of their processes."""
    engines = {
        database: SyncEngine(database, HttpTransport(address), utc_now)
        for database in (here, there)
    }
    took: dict[str, list[RoundCost]] = {"changes": [], "nothing": [], "bare": []}
    for turn in range(TURNS + WARM):
        _edit(here, 0, f"Turn {turn}")
        _edit(there, 1, f"Turn {turn}")
        engines[here].run()
        took["changes"].append(_round(engines[there].run, server))
        engines[here].run()
        took["nothing"].append(_round(engines[here].run, server))
        took["bare"].append(_round(bare, floor))
    return {name: costs[WARM:] for name, costs in took.items()}


def _edit(database: Database, which: int, owner: str) -> None:
    """Edit ten actions of twenty."""
    with database.reading() as session:
        user_id = str(LocalStates().get(session, "user_id"))
    with database.transaction(user_id) as session:
        for action in session.scalars(select(Action).order_by(Action.id)).all()[which::2]:
            action.owner = owner


def _round(work: Callable[[], Any], server: int) -> RoundCost:
    wall, processor = time.perf_counter(), cost_of_self() + processor_of(server)
    work()
    return RoundCost(time.perf_counter() - wall, cost_of_self() + processor_of(server) - processor)


def _cost(work: Callable[[], Any]) -> Cost:
    wall, processor = time.perf_counter(), cost_of_self()
    work()
    return Cost(
        wall=time.perf_counter() - wall, processor=cost_of_self() - processor, peak=peak_of_self()
    )


if __name__ == "__main__":
    done = main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
    sys.stdout.write(msgspec.json.encode(done).decode())
