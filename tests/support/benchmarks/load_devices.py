"""Some laptops of a load test, as a process of its own: all sync at once, several times.

Arguments: ROUNDS, the addresses of the servers with a comma between, and a folder for each laptop.
Each waits for a line on standard input, edits its actions and syncs, each time by another server.
Prints one line of JSON: the seconds of each sync, and every error.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from pathlib import Path

from sqlalchemy import select

from sync.client.link.transport import HttpTransport
from sync.client.round.engine import SyncEngine
from tests.support.sync.council import KEY
from visitapp.records import Action
from visitapp.storage.database import Database, open_device, utc_now
from visitapp.storage.state import LocalStates


class Laptop(threading.Thread):
    """One laptop that edits and syncs, by the server numbered `first` to begin with."""

    def __init__(self, folder: Path, servers: list[str], rounds: int, first: int) -> None:
        super().__init__()
        self.database: Database = open_device(folder, KEY, utc_now)
        self.links = [HttpTransport(server) for server in servers]
        self.first = first % len(servers)
        self.rounds = rounds
        self.seconds: list[float] = []
        self.errors: list[str] = []

    def run(self) -> None:
        """All rounds, each by the next server."""
        for turn in range(self.rounds):
            self._edit(turn)
            link = self.links[(self.first + turn) % len(self.links)]
            begun = time.perf_counter()
            try:
                SyncEngine(self.database, link, utc_now).run()
            except Exception as error:
                self.errors.append(repr(error))
            self.seconds.append(time.perf_counter() - begun)

    def close(self) -> None:
        """Let go of everything."""
        for link in self.links:
            link.close()
        self.database.close()

    def _edit(self, turn: int) -> None:
        with self.database.reading() as session:
            user = str(LocalStates().get(session, "user_id"))
        with self.database.transaction(user) as session:
            for action in session.scalars(select(Action)):
                action.owner = f"Turn {turn}"


def main() -> None:
    """Get ready, wait for the word, go."""
    rounds, servers = int(sys.argv[1]), sys.argv[2].split(",")
    folders = enumerate(sys.argv[3:])
    laptops = [Laptop(Path(folder), servers, rounds, first) for first, folder in folders]
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for laptop in laptops:
        laptop.start()
    for laptop in laptops:
        laptop.join()
        laptop.close()
    told = {
        "seconds": [s for laptop in laptops for s in laptop.seconds],
        "errors": [e for laptop in laptops for e in laptop.errors],
    }
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
