"""A file that is there whole or not at all."""

from __future__ import annotations

import secrets
from pathlib import Path

from visitapp.errors import Code, EnvironmentProblem
from visitapp.language import message
from visitapp.storage.whole_file import NO_ROOM, whole_file


def write_whole(out: Path, content: bytes) -> Path:
    """Write `content` to `out` in one step: whoever looks sees the old file or the new one.

    Makes the folder when it is missing. Raises EnvironmentProblem (DISK_FULL, FOLDER_UNUSABLE);
    a file that stood at `out` is then as it was.
    """
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        part = out.parent / f".{out.stem[:40]}-{secrets.token_hex(4)}.part"
        with whole_file(out, part=part) as file:
            file.write(content)
    except OSError as error:
        raise _problem(out, error) from error
    return out


def _problem(out: Path, error: OSError) -> EnvironmentProblem:
    if error.errno in NO_ROOM:
        return EnvironmentProblem(
            Code.DISK_FULL,
            message("There is not enough space on the disk for {file}.", file=out.name),
            message("Free some space or choose another disk, then save it again."),
        )
    return EnvironmentProblem(
        Code.FOLDER_UNUSABLE,
        message("{file} could not be written in {folder}.", file=out.name, folder=out.parent),
        message("Close the file if it is open, or choose a folder you may write to."),
    )
