"""A file that is there whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

from visitapp.errors import Code, EnvironmentProblem

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def write_whole(out: Path, content: bytes) -> Path:
    """Write `content` to `out` in one step: whoever looks sees the old file or the new one.

    Makes the folder when it is missing. Raises EnvironmentProblem (DISK_FULL, FOLDER_UNUSABLE);
    a file that stood at `out` is then as it was.
    """
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.stem[:40]}-", suffix=".part")
    except OSError as error:
        raise _problem(out, error) from error
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(0o644)
        part.replace(out)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise _problem(out, error) from error
    return out


def _problem(out: Path, error: OSError) -> EnvironmentProblem:
    if error.errno in _NO_ROOM:
        return EnvironmentProblem(
            Code.DISK_FULL,
            f"There is no room on the disk for {out.name}.",
            "Free some space or choose another disk, then save the report again.",
        )
    return EnvironmentProblem(
        Code.FOLDER_UNUSABLE,
        f"{out.name} could not be written in {out.parent}.",
        "Close the file if it is open, or choose a folder you may write to.",
    )
