"""Finding the wanted columns of a table under any of their names, in any order."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from visitapp.language import translate
from visitapp.storage.directory.content import cut_short
from visitapp.storage.directory.places import Edition
from visitapp.storage.directory.staging import Staged
from visitapp.storage.directory.tables import Row, Table

Names = Mapping[str, tuple[str, ...]]
"""For each field, the normalised names that its column may have, the usual one first."""

Progress = Callable[[int], None]
"""Called now and then with the number of rows read. May raise to stop: nothing is kept then."""

Cells = dict[str, str]
"""One row's fields, stripped; a field without a column is ""."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of table that can be imported.

    id: as reports name it; title: as a person would. needed: the fields without which it is not
    this kind, each with the usual header of its column. starts_row: whether the first cell of a
    short last row could be the beginning of one of its rows, so that the file was cut there.
    """

    id: str
    title: str
    names: Names
    needed: Mapping[str, str]
    starts_row: Callable[[str], bool]
    read: Callable[[Table, Staged[Cells], Progress | None, date], Edition]

    def missing(self, columns: Collection[str]) -> list[str]:
        """The usual headers of the needed columns that are not among these."""
        return [
            header
            for field, header in self.needed.items()
            if not any(name in columns for name in self.names[field])
        ]


_TELL_EVERY = 1000
_NO_BEDS = ("", "-", "n/a", "not applicable")
_POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})")


def rows_of(
    table: Table,
    names: Names,
    edition: Edition,
    progress: Progress | None,
    starts_row: Callable[[str], bool],
) -> Iterator[tuple[int, Cells]]:
    """The rows of a table by field, with their numbers; blank rows are left out.

    Counts rows into `edition` and notes short ones, and cells without a value, as problems. Raises
    BadFile when the last row begins like a row and ends too soon: the file was cut.
    """
    places = _places(table, names)
    wanted = {at for at in places.values() if at is not None}
    width = len(table.columns)
    short: Row | None = None
    last = 0
    for row in table.rows:
        if row.number not in table.unvalued and not any(cell.strip() for cell in row.cells):
            continue
        edition.rows += 1
        if progress is not None and edition.rows % _TELL_EVERY == 0:
            progress(edition.rows)
        if short is not None:
            _note_short(short, edition, starts_row)
        short = row if len(row.cells) < width and not table.padded else None
        lost = [what for at, what in table.unvalued.get(row.number, []) if at in wanted]
        if lost:
            edition.add_problem(row.number, translate("{why} The row was not taken.", why=lost[0]))
        elif short is None:
            yield row.number, _by_field(row, places)
        last = row.number
    # Rows of nothing but formulas may stand below those that the sheet reader gives.
    for number in sorted(below for below in table.unvalued if below > last):
        edition.rows += 1
        why = table.unvalued[number][0][1]
        edition.add_problem(number, translate("{why} The row was not taken.", why=why))
    if short is not None:
        if starts_row(_first(short)):
            raise cut_short(table.path, short.number)
        _note_short(short, edition, starts_row)


def _places(table: Table, names: Names) -> dict[str, int | None]:
    """For each field the place of its column, from 0; None when it has none."""
    return {
        field: next((table.columns.index(n) for n in spellings if n in table.columns), None)
        for field, spellings in names.items()
    }


def _by_field(row: Row, places: Mapping[str, int | None]) -> Cells:
    return {
        field: "" if at is None or at >= len(row.cells) else row.cells[at].strip()
        for field, at in places.items()
    }


def _first(row: Row) -> str:
    return next((cell.strip() for cell in row.cells if cell.strip()), "")


def _note_short(row: Row, edition: Edition, starts_row: Callable[[str], bool]) -> None:
    if starts_row(_first(row)):
        edition.add_problem(row.number, translate("The row has too few cells."))
    else:
        edition.rows -= 1
        note = repr(_first(row)[:60])
        edition.add_problem(row.number, translate("This is a note, not a row: {note}.", note=note))


def postcode(text: str) -> str:
    """A postcode in capitals with its space; anything else as it was written."""
    match = _POSTCODE.fullmatch(text.strip().upper())
    return f"{match[1]} {match[2]}" if match else text.strip()


def address(*lines: str) -> str:
    """The lines of an address that have text, joined by commas."""
    return ", ".join(line for line in lines if line and line != "-")


def link(cells: Cells) -> str:
    """The address of the regulator's page about a location; "" for anything else."""
    text = cells.get("link", "")
    return text if re.fullmatch(r"https?://[!-~]{1,290}", text) else ""


def note_beds(row: int, cells: Cells, edition: Edition) -> None:
    """Note a number of beds that is not understood; the rest of its row is taken."""
    text = cells["beds"]
    if text.casefold() not in _NO_BEDS and whole_number(text) is None:
        what = translate(
            "The number of beds {value} is not a whole number, and was not taken.",
            value=repr(text),
        )
        edition.add_problem(row, what)


def whole_number(text: str) -> int | None:
    """A count such as `24` or `24.0`; None when there is none."""
    match = re.fullmatch(r"(\d{1,6})(?:\.0+)?", text)
    return int(match[1]) if match else None
