"""A renewal of the key that is killed on its way: a process of its own.

Arguments: the data folder, the folder of its keyring, and how many changes to files it makes before
it dies. It prints `ended` when it came to its end first.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

from tests.support.desk.keyrings import FolderKeyring
from visitapp.storage.keys.device_key import DeviceKey
from visitapp.storage.keys.renewal import renew_key

_CHANGES = ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "shutil.rmtree")


def main(folder: str, keyring: str, changes: str) -> None:
    left = int(changes)

    def count(happens: str, given: tuple[Any, ...]) -> None:
        nonlocal left
        if happens in _CHANGES and folder in str(given[0]):
            step(happens)

    def step(name: str) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    key = DeviceKey(Path(folder), None, FolderKeyring(Path(keyring)))
    renew_key(Path(folder), key, step)
    print("ended", flush=True)  # noqa: T201 - the test reads it


if __name__ == "__main__":
    main(*sys.argv[1:])
