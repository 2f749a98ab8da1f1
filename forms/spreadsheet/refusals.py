"""The refusals of files from outside."""

from __future__ import annotations

from forms.spreadsheet.limits import Limits
from visitapp.errors import BadFile, Code

PROTECTED = "The file is protected by a password."
SAVE_OPEN = "Open it, remove the password, save it and import it again."


def refused(
    file: str, row: int | None, what: str, next_step: str = "", code: Code = Code.FILE_UNREADABLE
) -> BadFile:
    """The error that says why `file` was refused, and at which row."""
    return BadFile(code, what, next_step, file=file, row=row)


def too_many_cells(file: str, limits: Limits, sheet: str = "") -> BadFile:
    """The refusal of a sheet whose content spreads over more cells than the reader takes."""
    name = f"The sheet “{sheet}”" if sheet else "A sheet"
    return refused(
        file,
        None,
        f"{name} is far too large for {limits.holds}.",
        "Delete the rows and columns beyond the content, save the file and import it again.",
        Code.FILE_TOO_LARGE,
    )
