"""An upgrade of a device database that dies, as by kill -9: a process of its own.

Arguments: the data folder, its key in hexadecimal, and the moment: a revision, to die when it has
run, or `before the commit`.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event

from visitapp.storage.database import open_device

BEFORE_THE_COMMIT = "before the commit"
_VERSION = "UPDATE alembic_version SET version_num='"


def main(folder: str, key: str, moment: str) -> None:
    migrating = False

    def ran(_connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
        nonlocal migrating
        migrating = migrating or statement.startswith(_VERSION)
        if statement.startswith(f"{_VERSION}{moment}'"):
            die()

    def commits(_connection: Connection) -> None:
        if migrating and moment == BEFORE_THE_COMMIT:
            die()

    event.listen(Engine, "after_cursor_execute", ran)
    event.listen(Engine, "commit", commits)
    open_device(Path(folder), bytes.fromhex(key)).close()
    print("ended", flush=True)  # noqa: T201 - the test reads it


def die() -> None:
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


if __name__ == "__main__":
    main(*sys.argv[1:])
