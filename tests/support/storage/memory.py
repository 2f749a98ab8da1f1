"""A folder in memory for what tests write, where the machine has one with room.

A database waits for the disk three times a change; in tests, which end no machine's power, that
proves nothing and takes longer than the change. Long tests and benchmarks write to the disk.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

_IN_MEMORY = Path("/dev/shm")
ROOM = 1 << 30
"""Bytes that must be free there. A cluster with a few databases takes a tenth of them."""


def memory(room: int = ROOM) -> Path | None:
    """The folder; None where there is none with so many bytes free."""
    if not os.access(_IN_MEMORY, os.W_OK) or not _IN_MEMORY.is_mount():
        return None
    return _IN_MEMORY if shutil.disk_usage(_IN_MEMORY).free >= room else None


def write_to_memory() -> None:
    """Make temporary folders in memory, in this process and in those that it starts."""
    folder = memory(4 * ROOM)
    if folder is not None:
        tempfile.tempdir = os.environ["TMPDIR"] = str(folder)
