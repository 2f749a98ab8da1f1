"""Files that are there whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from visitapp.storage.private import FILE

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""The numbers of an OSError that say that the disk is full, or that one may not have more of it."""

_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


@contextmanager
def whole_file(
    path: Path, *, part: Path | None = None, lasting: bool = False
) -> Iterator[BinaryIO]:
    """Write a file in one step: whoever looks sees what stood at `path` before, or the new file
    with its bytes on the disk. It is for its owner alone from its first byte on. Its folder must be
    there.

    part: where it grows, in the same folder; `path` with `.part` after it when nobody says.
    lasting: its name, too, is on the disk at the end. Raises OSError. Whatever goes wrong, what
    grew is taken away and what stood at `path` is as it was; after a crash the part may be left.
    """
    part = part or path.with_name(path.name + ".part")
    handle = os.open(part, _NEW, FILE)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        if lasting:
            _settle(path.parent)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise


def _settle(folder: Path) -> None:
    """Make a new name in a folder last. Windows keeps names without being asked."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
