"""The columns of the file for the provider, and its checks: the same words write and read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from forms.spreadsheet.limits import Limits
from visitapp.language import Message, message
from visitapp.services.sheets.cells import day_of, text_of
from visitapp.services.sheets.reading import FORMULA, Expected, by_title

OURS = {
    "number": message("No."),
    "title": message("Action"),
    "measure": message("How we will know"),
    "who": message("Who"),
    "due": message("Due"),
    "state": message("State"),
    "so_far": message("Done so far"),
}
"""What the council wrote, which the check of the row covers."""

THEIRS = {
    "progress": message("Number done now"),
    "done_on": message("Done on"),
    "words": message("What was done"),
    "evidence": message("What shows it"),
}
"""The marked cells, which the provider fills in."""

ACTION_ID, ROW_CHECK = message("Action id"), message("Row check")
COLUMNS = {**OURS, **THEIRS, "id": ACTION_ID, "check": ROW_CHECK}

HEAD = {
    "council": message("Council"),
    "plan": message("Plan"),
    "version": message("Version"),
    "check": message("Check"),
}
"""The lines above the table, by which the file is recognised."""

NOT_CONNECTED = "-"
"""Stands for the council in a file of a device that belongs to none yet."""


def head_check(council: str, plan_id: str, version: int, action_ids: Iterable[str]) -> str:
    """Tells whether the lines that say which plan and version a file is of are as they were."""
    return _digest([council, plan_id, str(version), *action_ids], 16)


def row_check(head: str, action_id: str, cells: Mapping[str, object]) -> str:
    """Tells whether the council's cells of a row are as they were. `head`: the check above."""
    return _digest([head, action_id, *(comparable(name, cells.get(name)) for name in OURS)], 8)


def _digest(parts: list[str], length: int) -> str:
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()[:length]


def comparable(name: str, cell: object) -> str:
    """A cell of ours as it is compared, whichever program saved the file: a day as ISO, texts
    without what no spreadsheet keeps."""
    if cell is FORMULA:
        return "="
    if name == "due":
        try:
            day = day_of(cell)
        except ValueError:
            day = None
        if isinstance(day, date):
            return day.isoformat()
    words = " ".join(text_of(cell).split())
    return "".join(sign for sign in words if sign.isprintable() and sign != "\ufffd")


def _places(cells: list[object]) -> dict[str, int] | None:
    """The columns by their titles, in the program's language or in English."""
    named = by_title(cells)
    found = {}
    for name, title in COLUMNS.items():
        place = named.get(str(title).casefold(), named.get(title.template.casefold()))
        if place is not None:
            found[name] = place
    return found if "id" in found and THEIRS.keys() & found.keys() else None


def head_of(above: Iterable[list[object]]) -> dict[str, str]:
    """The lines above the table, by their names in `HEAD`."""
    names = {str(title).casefold(): name for name, title in HEAD.items()}
    names |= {title.template.casefold(): name for name, title in HEAD.items()}
    found: dict[str, str] = {}
    for row in above:
        filled = [text_of(cell) for cell in row if cell is not FORMULA and text_of(cell)]
        if len(filled) > 1 and (name := names.get(filled[0].casefold())):
            found.setdefault(name, filled[1])
    return found


UNKNOWN: tuple[Message, Message] = (
    message("This is not the file of an improvement plan: its table has other column titles."),
    message("Choose the spreadsheet that was sent to the provider, filled in."),
)

PROVIDER_FILE = Expected(
    limits=Limits(
        holds=message("an improvement plan"),
        file_bytes=10_000_000,
        unpacked_bytes=50_000_000,
        parts=500,
        cells=200_000,
    ),
    places=_places,
    too_large=message("The file is too large to be an improvement plan."),
    unknown=UNKNOWN,
)
