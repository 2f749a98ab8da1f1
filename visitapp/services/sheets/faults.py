"""Refusing a table that has a faulty cell: all of it, or none."""

from __future__ import annotations

from collections.abc import Sequence

from visitapp.errors import BadFile, Code
from visitapp.language import message
from visitapp.services.views.action_sheets import SheetFault


def require_faultless(file: str, faults: Sequence[SheetFault]) -> None:
    """Raise BadFile FILE_UNREADABLE with the row and the column of the first fault, if any."""
    if not faults:
        return
    first = faults[0]
    raise BadFile(
        Code.FILE_UNREADABLE,
        message(
            "Column “{column}”: {what} Nothing was imported.",
            column=first.column,
            what=first.what,
        ),
        message("Correct the file and import it again."),
        file=file,
        row=first.row,
    )
