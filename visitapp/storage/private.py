"""Files and folders for their owner alone: modes 0600 and 0700, whatever the umask is.

Windows keeps a user's data folder from others by itself; there these change nothing.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

FILE, FOLDER = 0o600, 0o700
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def private_folder(folder: Path) -> None:
    """Make a folder for its owner alone, its parents with it; one that is there stays as it is.

    Raises OSError."""
    folder.mkdir(FOLDER, parents=True, exist_ok=True)


def private_file(path: Path) -> None:
    """Make an empty file for its owner alone, or take the access of others from one that is there.

    For files that a library opens by name. Where neither is possible the library says so."""
    with suppress(OSError):
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, FILE))
        narrow(path)


def private_opener(path: str, flags: int) -> int:
    """The `opener` for `open` that makes new files for their owner alone."""
    return os.open(path, flags, FILE)


def narrow_profile(folder: Path) -> None:
    """Take the access of others from a data folder and what is directly in it: earlier versions
    left both open to every user of the computer."""
    if not folder.is_dir():
        return
    with suppress(OSError):
        for path in (folder, *folder.iterdir()):
            narrow(path)


def narrow(path: Path) -> None:
    """Take the access of others from a file or folder. Raises OSError."""
    mode = stat.S_IMODE(path.lstat().st_mode)
    is_shared = mode & stat.S_ISVTX or path.is_symlink()
    if mode & _OTHERS and not is_shared:
        path.chmod(mode & ~_OTHERS)
