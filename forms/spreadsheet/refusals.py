"""The refusals of files from outside."""

from __future__ import annotations

from forms.spreadsheet.limits import Limits
from visitapp.errors import BadFile, Code
from visitapp.language import Message, message

PROTECTED = message("The file is protected by a password.")
SAVE_OPEN = message("Open it, remove the password, save it and import it again.")


def refused(
    file: str,
    row: int | None,
    what: Message,
    next_step: Message | None = None,
    code: Code = Code.FILE_UNREADABLE,
) -> BadFile:
    """The error that says why `file` was refused, and at which row."""
    return BadFile(code, what, next_step, file=file, row=row)


def damaged(file: str) -> BadFile:
    """The refusal of a package that cannot be unpacked."""
    return refused(
        file,
        None,
        message("The file is damaged: it cannot be unpacked."),
        message("Save or download it again."),
    )


def unpacked_too_large(file: str, limits: Limits) -> BadFile:
    """The refusal of a package that unpacks to more than the reader takes."""
    return refused(
        file,
        None,
        message("Unpacked, the file is far too large for {content}.", content=limits.holds),
        message("Check that it is the right file."),
        Code.FILE_TOO_LARGE,
    )


def too_many_cells(file: str, limits: Limits, sheet: str = "") -> BadFile:
    """The refusal of a sheet whose content spreads over more cells than the reader takes."""
    what = message("A sheet is far too large for {content}.", content=limits.holds)
    if sheet:
        what = message(
            "The sheet “{sheet}” is far too large for {content}.", sheet=sheet, content=limits.holds
        )
    return refused(
        file,
        None,
        what,
        message(
            "Delete the rows and columns beyond the content, save the file and import it again."
        ),
        Code.FILE_TOO_LARGE,
    )
