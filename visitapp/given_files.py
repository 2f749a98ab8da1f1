"""Files that a person names: opened for reading only when they are regular files.

A pipe would keep the program waiting for ever, and a device may have no end.
"""

from __future__ import annotations

import errno
import os
import stat
from io import BufferedReader
from pathlib import Path

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def open_given(path: Path) -> BufferedReader:
    """Open a regular file, or a link to one, for reading. Waits for nothing.

    Raises OSError, also for a folder, a pipe or a device, and ValueError for a name with a NUL.
    """
    handle = os.open(path, _FLAGS)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(
                errno.EINVAL, "it is not a file, but a folder, a pipe or a device", str(path)
            )
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


def read_given(path: Path, most: int) -> bytes:
    """The content of a file, at most `most` bytes and one more, which says that it is too large.

    Raises as `open_given` does.
    """
    with open_given(path) as file:
        # as much as is asked for is allocated at once, so no more than the file holds
        return file.read(min(most, os.fstat(file.fileno()).st_size) + 1)
