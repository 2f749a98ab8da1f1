"""The columns of a list of actions in a file that is read back: the same words write and read."""

from __future__ import annotations

from forms.spreadsheet.limits import Limits
from visitapp.language import message
from visitapp.services.sheets.reading import Expected, by_title

DUE = message("Due")
OWNER = message("Owner")
REASON = message("Reason for a later due date")
ACTION_ID = message("Action id")
DUE_THEN = message("Due when exported")
OWNER_THEN = message("Owner when exported")
"""What a cell held when it was written tells whether somebody changed it in the file."""

COLUMNS = {
    "id": ACTION_ID,
    "due": DUE,
    "owner": OWNER,
    "reason": REASON,
    "due_then": DUE_THEN,
    "owner_then": OWNER_THEN,
}


def _places(cells: list[object]) -> dict[str, int] | None:
    """The columns by their titles, in the program's language or in English."""
    named = by_title(cells)
    found = {}
    for name, title in COLUMNS.items():
        for spelling in (str(title), title.template):
            if spelling.casefold() in named:
                found[name] = named[spelling.casefold()]
                break
    return found if "id" in found and {"due", "owner"} & found.keys() else None


ACTIONS = Expected(
    limits=Limits(
        holds=message("a list of actions"),
        file_bytes=20_000_000,
        unpacked_bytes=200_000_000,
        parts=2_000,
        cells=2_000_000,
    ),
    places=_places,
    too_large=message("The file is too large to be a list of actions."),
    unknown=(
        message(
            "This is not a list of actions: no row has the column titles “{id}” and “{due}” or "
            "“{owner}”.",
            id=ACTION_ID,
            due=DUE,
            owner=OWNER,
        ),
        message("Export the actions, change the due dates and owners there, and import that file."),
    ),
)
