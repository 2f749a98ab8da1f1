"""A program that dies, as by kill -9, around the moment at which a rating row is written.

`MOMENT server ARGUMENTS…` is `visitapp-server`. `MOMENT desk FOLDER PASSPHRASE VISIT NOW DEED`
signs a visit off or approves it on the desk, prints that it did, and waits for ever.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.pool import Pool

from sync.server import cli
from visitapp.bootstrap import open_services

MOMENTS = ("before its row", "after its row", "before the commit", "after the commit")


class RowWatch:
    """Kills the process at one of MOMENTS of the first transaction that writes a row of a kind."""

    def __init__(self, moment: str, kind: str) -> None:
        self._moment, self._insert = moment, f"INSERT INTO {kind} "
        self._has_written = self._has_committed = False
        event.listen(Engine, "before_cursor_execute", self._before)
        event.listen(Engine, "after_cursor_execute", self._after)
        event.listen(Engine, "commit", self._commit)
        event.listen(Pool, "checkin", self._checkin)

    def _before(self, connection: Connection, cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith(self._insert):
            self._die("before its row")

    def _after(self, connection: Connection, cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith(self._insert):
            self._has_written = True
            self._die("after its row")

    def _commit(self, connection: Connection) -> None:
        if self._has_written:
            self._has_committed = True
            self._die("before the commit")

    def _checkin(self, *_: Any) -> None:
        if self._has_committed:
            self._die("after the commit")

    def _die(self, moment: str) -> None:
        if moment == self._moment:
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


def desk(folder: str, passphrase: str, visit: str, now: str, deed: str) -> None:
    """Sign a visit off, or approve it."""
    moment = datetime.fromisoformat(now)
    services = open_services(Path(folder), passphrase, clock=lambda: moment)
    if deed == "sign off":
        services.visits.sign_off(visit)
    else:
        services.reviews.approve(visit, at_once=True)
    print("done", flush=True)  # noqa: T201 the test reads it
    threading.Event().wait()


def run(moment: str, program: str, *arguments: str) -> None:
    """Run it."""
    RowWatch(moment, "rating")
    if program == "desk":
        desk(*arguments)
    else:
        cli.main(list(arguments))


if __name__ == "__main__":
    run(*sys.argv[1:])
