"""The data folder of one profile: made when needed, set up by one process at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from visitapp.errors import Code, EnvironmentProblem
from visitapp.language import message
from visitapp.storage.private import FILE, private_folder
from visitapp.storage.whole_file import NO_ROOM

_WAIT_SECONDS = 30.0


def usable(folder: Path) -> Path:
    """The folder, made when it was not there. Raises EnvironmentProblem FOLDER_UNUSABLE."""
    try:
        private_folder(folder)
    except OSError as error:
        raise unusable(folder) from error
    return folder


@contextmanager
def only_process(folder: Path) -> Iterator[None]:
    """Hold the folder while its key or its tables are made; another process waits for its turn.

    Raises EnvironmentProblem DATABASE_IN_USE after half a minute, or FOLDER_UNUSABLE.
    """
    from filelock import FileLock, Timeout  # here, for the start

    lock = FileLock(folder / "visitapp.lock", timeout=_WAIT_SECONDS, mode=FILE)
    try:
        lock.acquire()
    except Timeout as error:
        raise EnvironmentProblem(
            Code.DATABASE_IN_USE,
            message("Another window or command is still setting up this data folder."),
            message("Wait a moment and try again."),
        ) from error
    except OSError as error:
        raise unusable(folder) from error
    try:
        yield
    finally:
        lock.release()


def not_written(folder: Path, error: OSError) -> EnvironmentProblem:
    """The problem of a file in the folder that could not be written: DISK_FULL or
    FOLDER_UNUSABLE."""
    if error.errno not in NO_ROOM:
        return unusable(folder)
    return EnvironmentProblem(
        Code.DISK_FULL,
        message("The disk is full, so this was not saved. Everything saved before it is safe."),
        message("Free some space and try again."),
    )


def unusable(folder: Path) -> EnvironmentProblem:
    """The problem of a folder that cannot be made, read or written."""
    return EnvironmentProblem(
        Code.FOLDER_UNUSABLE,
        message("The data folder {folder} cannot be used.", folder=folder),
        message("Check that it is a folder and that you may write to it, or choose another one."),
    )
